"""How an operator enters onnx2torch's registry: as a Python function of tensors and attributes."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, partial
from typing import Any

from onnx import defs
from onnx2torch.node_converters import registry
from onnx2torch.onnx_graph import OnnxGraph
from onnx2torch.onnx_node import OnnxNode
from onnx2torch.utils.common import OnnxMapping, OnnxToTorchModule, OperationConverterResult
from torch import nn

__all__ = ["NEWEST", "Operator", "operator", "unchanged"]

NEWEST = 25
"""The newest opset whose operators were held against ONNX Runtime's."""

Compute = Callable[..., Any]


class Operator(nn.Module, OnnxToTorchModule):
    """A module that computes one ONNX node.

    Parameters
    ----------
    compute : callable
        Takes the node's inputs, None for one left out, and gives its output or a tuple of them.
    given : sequence of bool
        For each input of the node, whether it has one.
    outputs : int
        Number of outputs that the node names.
    """

    def __init__(self, compute: Compute, given: Sequence[bool], outputs: int):
        super().__init__()
        self._compute = compute
        self._given = tuple(given)
        self._outputs = outputs

    def forward(self, *tensors: Any) -> Any:
        """Compute the node."""
        rest = iter(tensors)
        result = self._compute(*(next(rest) if given else None for given in self._given))
        results = result if isinstance(result, tuple) else (result,)
        return results[: self._outputs] if self._outputs > 1 else results[0]


def operator(
    name: str,
    since: int,
    until: int = NEWEST,
    only: Mapping[str, Iterable[Any]] | None = None,
) -> Callable[[Compute], Compute]:
    """Register a function as an ONNX operator, in place of onnx2torch's own if it has one.

    The function's positional parameters are the operator's inputs and its keywords the attributes,
    by their ONNX names and with their ONNX defaults; a keyword ``outputs`` is the number of outputs
    that the node names. A node with an attribute that the function does not know is refused.

    Parameters
    ----------
    name : str
        ONNX's name of the operator.
    since, until : int
        The versions of the operator that the function computes.
    only : mapping, optional
        For an attribute or input, the values that the function takes, each element's where it is a
        list; a node with another is refused. What is left out has the value None.
    """

    def register(compute: Compute) -> Compute:
        converter = partial(_convert, compute, dict(only or {}))
        for version in _versions(name):
            if since <= version <= until:
                _put(name, version, converter)
        return compute

    return register


def unchanged(*names: str) -> None:
    """Extend onnx2torch's converters to newer versions that only let in more types."""
    for name in names:
        converter = None
        for version in _versions(name):
            known = registry._CONVERTER_REGISTRY.get(
                registry.OperationDescription("", name, version)
            )
            converter = known or converter
            if known is None and converter is not None:
                _put(name, version, converter)


def _versions(name: str) -> list[int]:
    return sorted(version for version in _all_versions().get(name, ()) if version <= NEWEST)


@cache
def _all_versions() -> dict[str, list[int]]:
    """List the versions of each of ONNX's operators."""
    versions: dict[str, list[int]] = {}
    for schema in defs.get_all_schemas_with_history():
        if schema.domain == defs.ONNX_DOMAIN:
            versions.setdefault(schema.name, []).append(schema.since_version)
    return versions


def _put(name: str, version: int, converter: Any) -> None:
    key = registry.OperationDescription(defs.ONNX_DOMAIN, name, version)
    registry._CONVERTER_REGISTRY.pop(key, None)
    registry.add_converter(name, version)(converter)


def _convert(
    compute: Compute, only: Mapping[str, Iterable[Any]], node: OnnxNode, graph: OnnxGraph
) -> OperationConverterResult:
    parameters = inspect.signature(compute).parameters
    attributes = dict(node.attributes)
    inputs = [
        name for name in parameters if parameters[name].kind != inspect.Parameter.KEYWORD_ONLY
    ]
    values = dict.fromkeys(inputs) | {
        k: v for k, v in zip(inputs, node.input_values, strict=False) if v
    }
    for name, allowed in only.items():
        value = attributes.get(name, values.get(name, parameters[name].default))
        if not all(v in allowed for v in (value if isinstance(value, list) else [value])):
            raise NotImplementedError(f"the operator {node.operation_type} with {name} {value!r}")
    unknown = [name for name in attributes if name not in parameters]
    if unknown:
        raise NotImplementedError(f"the operator {node.operation_type} with {', '.join(unknown)}")
    if "outputs" in parameters:
        attributes["outputs"] = len(node.output_values)
    given = [bool(name) for name in node.input_values]
    return OperationConverterResult(
        Operator(partial(compute, **attributes), given, len(node.output_values)),
        OnnxMapping(tuple(name for name in node.input_values if name), node.output_values),
    )
