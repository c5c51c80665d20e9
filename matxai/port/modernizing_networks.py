"""Where networks come from: newer functions in place of those that return DAGNetworks."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import TYPE_CHECKING

from matxai.port import syntax
from matxai.port.modernizing_nodes import Unsure, apply, called, pairs
from matxai.port.scopes import walk

if TYPE_CHECKING:
    from matxai.port.modernizing_uses import Rewriter

__all__ = ["OLDER_NETWORKS", "dlnetworks", "new_network"]

_CONSTRUCTORS = frozenset(
    [
        "alexnet", "darknet19", "darknet53", "densenet201", "efficientnetb0", "googlenet",
        "inceptionresnetv2", "inceptionv3", "mobilenetv2", "nasnetlarge", "nasnetmobile",
        "resnet101", "resnet18", "resnet50", "shufflenet", "squeezenet", "vgg16", "vgg19",
        "xception",
    ]
)  # fmt: skip
OLDER_NETWORKS = _CONSTRUCTORS | {"importONNXNetwork"}


def new_network(rewriter: Rewriter, node: syntax.Assign) -> tuple[syntax.Statement, ...]:
    """Write ``net = squeezenet`` or ``net = importONNXNetwork(…)``.

    Raises
    ------
    Unsure
        If the network comes from anywhere else, or its classes do.
    """
    name = called(node.value) or ""
    if name not in OLDER_NETWORKS or rewriter.hidden(name):
        raise Unsure(node.line, f"{rewriter.net} comes from elsewhere, too")
    if node.printed:
        raise Unsure(node.line, "the network is printed, of whichever class it is")
    arguments = node.value.arguments if isinstance(node.value, syntax.Apply) else ()
    if name in _CONSTRUCTORS:
        return (_pretrained(rewriter, node, name, arguments),)
    return _imported(rewriter, node, arguments)


def _pretrained(
    rewriter: Rewriter, node: syntax.Assign, name: str, arguments: tuple[syntax.Expression, ...]
) -> syntax.Assign:
    given = pairs(arguments)
    weights = (given or {}).get("Weights", syntax.Text("imagenet", '"'))
    if given is None or set(given) - {"Weights"} or not isinstance(weights, syntax.Text):
        raise Unsure(node.line, f"these arguments of {name} have no newer form")
    if weights.value not in ("imagenet", "places365"):
        raise Unsure(node.line, f"the weights {weights.value!r} have no newer form")
    file = name if weights.value == "imagenet" else f"{name}-{weights.value}"
    made = apply("imagePretrainedNetwork", syntax.Text(file, '"', line=node.line), at=node)
    # Even where nothing asks for them, the names say what the channels are.
    targets = (*node.targets, syntax.Name(rewriter.classes))
    return dataclasses.replace(node, targets=targets, value=made, bracketed=True)


def _imported(
    rewriter: Rewriter, node: syntax.Assign, arguments: tuple[syntax.Expression, ...]
) -> tuple[syntax.Statement, ...]:
    given = pairs(arguments[1:])
    if not arguments or given is None or set(given) - {"OutputLayerType", "Classes"}:
        raise Unsure(node.line, "these arguments of importONNXNetwork have no newer form")
    kind = given.get("OutputLayerType", syntax.Text("classification", '"'))
    if not isinstance(kind, syntax.Text) or kind.value != "classification":
        raise Unsure(node.line, "the network does not surely classify")
    classes = given.get("Classes")
    if classes is None or (isinstance(classes, syntax.Text) and classes.value == "auto"):
        raise Unsure(node.line, "the names of its classes are not given")
    made = apply("importNetworkFromONNX", rewriter.expression(arguments[0]), at=node)
    names = syntax.Name(rewriter.classes)
    place = {"line": node.line, "last": node.last, "source": node.source}
    return (
        dataclasses.replace(node, value=made),
        syntax.Assign((names,), rewriter.expression(classes), False, **place),
    )


# dlnetworks of layer graphs


def dlnetworks(
    body: tuple[syntax.Statement, ...], net: str, hidden: Callable[[str], bool]
) -> tuple[syntax.Statement, ...]:
    """Write ``dag2dlnetwork(net)`` where the output layer is taken off a graph of its layers."""
    if any(hidden(name) for name in ("layerGraph", "removeLayers", "dlnetwork", "dag2dlnetwork")):
        return body
    for first in body:
        found = _steps(body, first, net)
        if found:
            last = found[-1]
            value = apply("dag2dlnetwork", syntax.Name(net), at=last)
            made = dataclasses.replace(last, value=value)
            kept = (made if s is last else s for s in body if not any(s is f for f in found[:-1]))
            return dlnetworks(tuple(kept), net, hidden)
    return body


def _steps(
    body: tuple[syntax.Statement, ...], first: syntax.Statement, net: str
) -> list[syntax.Assign]:
    """Find the three steps: the graph, without its output layer, and the dlnetwork of it."""
    whole = syntax.Apply(syntax.Name("layerGraph"), (syntax.Name(net),))
    if not isinstance(first, syntax.Assign) or first.value != whole:
        return []
    graph = first.targets[0]
    using = [s for s in body if graph in walk(s)]
    if len(using) != 3 or using[0] is not first:
        return []
    last_layers = [_name_of_last(graph), _name_of_last(syntax.Name(net))]
    shorter = [syntax.Apply(syntax.Name("removeLayers"), (graph, n)) for n in last_layers]
    made = syntax.Apply(syntax.Name("dlnetwork"), (graph,))
    _, second, third = using
    fits = (
        all(isinstance(s, syntax.Assign) and not s.printed for s in using)
        and second.targets == (graph,)
        and second.value in shorter
        and third.targets != (graph,)
        and third.value == made
    )
    return using if fits else []


def _name_of_last(network: syntax.Expression) -> syntax.Expression:
    last = syntax.Apply(syntax.Field(network, "Layers"), (syntax.End(),))
    return syntax.Field(last, "Name")
