"""Into which stages a network is cut, so that least is computed for changes of rectangles."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from matxai.nets.graph import nodes_for, real_inputs
from matxai.nets.partial.cost import Costs
from matxai.nets.partial.reach import Part, Reaches, is_by_position, reaches_from
from matxai.nets.partial.windows import Windows, windows_for

__all__ = ["Plan", "Planner", "Stage", "planned", "planner_for"]

# Below this part of the cost of whole passes it is worth it.
_WORTH = 0.9
# Cuts further apart are not tried: windows grow with what lies between.
_FARTHEST = 8
# From this opset on, softmax is along one axis.
_ONE_SOFTMAX = 13
# Weights with more numbers hold no sizes.
_SMALL = 64


@dataclass(frozen=True)
class Stage:
    """From one cut to the next.

    Attributes
    ----------
    source, target : str
        The tensors.
    changed : Part
        What changes of the source.
    rows, cols : Windows
        What is computed of the source's rows and columns; `changed` of the target comes out right.
    """

    source: str
    target: str
    changed: Part
    rows: Windows
    cols: Windows


@dataclass(frozen=True)
class Plan:
    """What to compute for each of several changes.

    Attributes
    ----------
    start : str
        The tensor up to which each place depends on that place of the image only.
    stages : list of Stage
        What is computed in windows, one after the other.
    last : str
        The tensor behind them, of which the rest is computed whole.
    changed : Part
        What changes of it.
    sizes : dict of str to list of int
        Channels, height and width of the tensors at the cuts.
    gain : float
        The cost of whole passes, divided by the plan's; as estimated.
    """

    start: str
    stages: list[Stage]
    last: str
    changed: Part
    sizes: dict[str, list[int]]
    gain: float


def planned(model: onnx.ModelProto, output: str, size: Sequence[int], boxes: Part) -> Plan | None:
    """Plan how to compute what changes of rectangles of an image change.

    Parameters
    ----------
    model : onnx.ModelProto
        A network of one input.
    output : str
        The tensor that is wanted.
    size : sequence of int
        Channels, height and width of the image.
    boxes : Part
        The rectangles.

    Returns
    -------
    Plan or None
        None where whole passes cost about the same, or the network is not made for it.
    """
    planner = planner_for(model, output, size, boxes)
    return None if planner is None else planner.best()


def planner_for(
    model: onnx.ModelProto, output: str, size: Sequence[int], boxes: Part
) -> Planner | None:
    """Find the places where a network can be cut; None if there is none."""
    opset = next((o.version for o in model.opset_import if o.domain in ("", "ai.onnx")), 0)
    if opset < _ONE_SOFTMAX or _is_not_flat(model):
        return None
    network = _Network(model, output, size)
    start = network.start()
    return None if start is None else Planner(network, start, boxes)


def _is_not_flat(model: onnx.ModelProto) -> bool:
    """Tell whether more than nodes and plain weights has to be cut: graphs in nodes, functions."""
    inner = any(a.HasField("g") or a.graphs for n in model.graph.node for a in n.attribute)
    return inner or bool(model.functions or model.graph.sparse_initializer)


class _Network:
    """A network's nodes, and the sizes of its tensors for one image."""

    def __init__(self, model: onnx.ModelProto, output: str, size: Sequence[int]):
        weights = {w.name: w for w in model.graph.initializer}
        self.input = real_inputs(model.graph)[0].name
        self.output = output
        self.nodes = nodes_for(model.graph, [output], [self.input])
        self.shapes = self._sizes(model, size)
        self.shapes |= {name: list(w.dims) for name, w in weights.items()}
        small = {name: w for name, w in weights.items() if np.prod(w.dims) <= _SMALL}
        self.constants: dict[str, np.ndarray | None] = dict.fromkeys(weights)
        self.constants |= {name: numpy_helper.to_array(w) for name, w in small.items()}
        self._add_constant_nodes()
        self.cuts = self._cuts()

    def _sizes(self, model: onnx.ModelProto, size: Sequence[int]) -> dict[str, list[int]]:
        """Find the sizes of tensors for one image, without moving the weights about."""
        values = [helper.make_tensor_value_info(self.input, TensorProto.FLOAT, [1, *size])]
        small = []
        for w in model.graph.initializer:
            if np.prod(w.dims) <= _SMALL:
                small.append(w)
            else:
                values.append(helper.make_tensor_value_info(w.name, w.data_type, w.dims))
        outputs = [helper.make_empty_tensor_value_info(self.output)]
        graph = helper.make_graph(self.nodes, "sizes", values, outputs, small)
        light = helper.make_model(graph, opset_imports=model.opset_import)
        graph = onnx.shape_inference.infer_shapes(light, data_prop=True).graph
        return {
            value.name: [d.dim_value for d in value.type.tensor_type.shape.dim]
            for value in [*graph.input, *graph.value_info, *graph.output]
            if all(d.HasField("dim_value") for d in value.type.tensor_type.shape.dim)
        }

    def _add_constant_nodes(self) -> None:
        for node in self.nodes:
            if node.op_type == "Constant":
                value = next((a.t for a in node.attribute if a.name == "value"), None)
                if value is not None:
                    array = numpy_helper.to_array(value)
                    self.constants[node.output[0]] = array
                    self.shapes[node.output[0]] = list(array.shape)

    def _cuts(self) -> list[str]:
        """List the tensors through which all goes that the output depends on, in order."""
        reads = {}
        for i, node in enumerate(self.nodes):
            for name in node.input:
                reads[name] = i
        reads[self.output] = len(self.nodes)
        depends, live, cuts = {self.input}, {self.input}, [self.input]
        for i, node in enumerate(self.nodes):
            if depends.isdisjoint(node.input):
                continue
            outputs = [name for name in node.output if name in reads]
            depends.update(outputs)
            live.update(outputs)
            live = {name for name in live if reads.get(name, -1) > i}
            if len(live) == 1 and outputs and live == set(outputs):
                cuts.extend(outputs)
        return cuts

    def start(self) -> str | None:
        """Find the last cut up to which each place depends on that place of the image only."""
        shape = self.shapes.get(self.input)
        if shape is None or len(shape) != 4:
            return None
        behind, found = {self.input}, self.input
        for node in self.nodes:
            if behind.isdisjoint(node.input):
                continue
            if not is_by_position(node, self.shapes, behind, whole_constants=True):
                break
            behind.update(node.output)
            if node.output[0] in self.cuts:
                found = node.output[0]
        return found


class Planner:
    """Finds the cuts between which computing in windows costs least."""

    def __init__(self, network: _Network, start: str, boxes: Part):
        self.network = network
        self.cuts = [start]
        self.changed = {start: boxes}
        # From each cut to the next.
        self.steps: list[Reaches] = []
        self.costs = Costs(network.nodes, network.shapes, network.output)
        self._follow(start)

    def _follow(self, start: str) -> None:
        """Go on from cut to cut as long as it is known what changes."""
        network, last = self.network, start
        made_by = {name: i for i, node in enumerate(network.nodes) for name in node.output}
        for cut in network.cuts[network.cuts.index(start) + 1 :]:
            between = network.nodes[made_by.get(last, -1) + 1 : made_by[cut] + 1]
            found = reaches_from(between, last, network.shapes, network.constants).get(cut)
            if found is None:
                return
            top, bottom, left, right = self.changed[last]
            height, width = network.shapes[cut][2:]
            rows = found.rows.changed(top, bottom, height)
            self.changed[cut] = Part(*rows, *found.cols.changed(left, right, width))
            self.steps.append(found)
            self.cuts.append(cut)
            last = cut

    def best(self) -> Plan | None:
        """Choose the cuts of least cost; None where whole passes cost about the same."""
        cheapest: list[tuple[float, list[int]]] = [(0.0, [0])]
        for j in range(1, len(self.cuts)):
            reaches, choices = Reaches(), []
            for i in reversed(range(max(0, j - _FARTHEST), j)):
                reaches = self.steps[i].then(reaches)
                cost, chosen = cheapest[i]
                stage = self._stage(i, j, reaches)
                choices.append((cost + self.costs.of_window(stage), [*chosen, j]))
            cheapest.append(min(choices, key=lambda choice: choice[0]))
        totals = [
            cost + self.costs.rest(cut) for cut, (cost, _) in zip(self.cuts, cheapest, strict=True)
        ]
        best = int(np.argmin(totals))
        gain = self.costs.rest(self.network.input) / totals[best]
        return self.through(cheapest[best][1], gain) if best and gain * _WORTH > 1 else None

    def through(self, chosen: Sequence[int], gain: float = 1.0) -> Plan:
        """Plan to go through chosen cuts, by their numbers, the first among them."""
        stages = []
        for i, j in itertools.pairwise(chosen):
            reaches = Reaches()
            for step in self.steps[i:j]:
                reaches = reaches.then(step)
            stages.append(self._stage(i, j, reaches))
        last = self.cuts[chosen[-1]]
        sizes = {cut: list(self.network.shapes[cut][1:]) for cut in self.cuts}
        return Plan(self.cuts[0], stages, last, self.changed[last], sizes, gain)

    def _stage(self, i: int, j: int, reaches: Reaches) -> Stage:
        source, target = self.cuts[i], self.cuts[j]
        height, width = self.network.shapes[source][2:]
        top, bottom, left, right = self.changed[target]
        rows = windows_for(reaches.rows, top, bottom, height)
        cols = windows_for(reaches.cols, left, right, width)
        return Stage(source, target, self.changed[source], rows, cols)
