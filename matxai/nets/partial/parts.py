"""Parts of a network that are computed by themselves, made when they are first used and kept."""

from __future__ import annotations

from collections.abc import Sequence

import onnx

from matxai.nets.partial.cuts import CutNetwork
from matxai.nets.partial.sessions import Session
from matxai.nets.partial.trail import Trail

__all__ = ["Parts"]

# Sessions that are kept before others are made: other masks are cut elsewhere, and each session
# has its weights.
_KEPT = 40
# From this opset on, softmax is along one axis.
_ONE_SOFTMAX = 13


class Parts:
    """A network's parts.

    Parameters
    ----------
    model : onnx.ModelProto
        A network of one input N×C×H×W, for ONNX Runtime.
    """

    def __init__(self, model: onnx.ModelProto):
        self.model = model
        self._sessions: dict[tuple[str | bool, ...], Session] = {}
        self._trails: dict[tuple[str | int, ...], Trail | None] = {}

    def trail(self, output: str, size: Sequence[int]) -> Trail | None:
        """Find the places where the network can be cut, for images of a size; None for none."""
        key = (output, *size)
        if key not in self._trails:
            self._trails[key] = self._trail(output, size)
        return self._trails[key]

    def _trail(self, output: str, size: Sequence[int]) -> Trail | None:
        opset = next((o.version for o in self.model.opset_import if o.domain in ("", "ai.onnx")), 0)
        if opset < _ONE_SOFTMAX or _is_not_flat(self.model):
            return None
        network = CutNetwork(self.model, output, size)
        start = network.start()
        return None if start is None else Trail(network, start)

    def tidy(self) -> None:
        """Forget sessions if there are many."""
        if len(self._sessions) > _KEPT:
            self._sessions.clear()

    def session(
        self, size: Sequence[int], source: str, *targets: str, mean: bool = False
    ) -> Session:
        """Return what computes some tensors, or the mean of one, of another of a size."""
        key = (mean, source, *targets)
        if key not in self._sessions:
            self._sessions[key] = Session(self.model, source, size, targets, mean)
        return self._sessions[key]


def _is_not_flat(model: onnx.ModelProto) -> bool:
    """Tell whether more than nodes and plain weights has to be cut: graphs in nodes, functions."""
    inner = any(a.HasField("g") or a.graphs for n in model.graph.node for a in n.attribute)
    return inner or bool(model.functions or model.graph.sparse_initializer)
