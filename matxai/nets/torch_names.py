"""The layers of an exported PyTorch module, named after the module's parts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import onnx

if TYPE_CHECKING:
    import torch

__all__ = ["with_module_names"]


def with_module_names(model: onnx.ModelProto, module: torch.nn.Module) -> onnx.ModelProto:
    """Copy an exported module with its nodes, and their outputs, named after the module's parts.

    torch names a node after the way to it and its operator, ``/layer1/layer1.0/conv1/Conv``. Here
    it becomes ``layer1.0.conv1``, the name in PyTorch. Where a part without parts of its own is
    several nodes, the last one has its name; the others, and what a part with parts computes
    itself, have the operator behind it: ``layer1.0.Add``.

    Parameters
    ----------
    model : onnx.ModelProto
        What torch.onnx.export wrote; it is not changed.
    module : torch.nn.Module
        What was exported.
    """
    leaves = {name for name, part in module.named_modules() if name and not any(part.children())}
    names = _new_names([n for n in model.graph.node if n.op_type != "Constant"], leaves)
    named = onnx.ModelProto()
    named.CopyFrom(model)
    graph = named.graph
    taken = {t for n in graph.node for t in n.output if n.name not in names}
    taken |= {w.name for w in graph.initializer} | {value.name for value in graph.input}
    tensors: dict[str, str] = {}
    for node in graph.node:
        new = names.get(node.name)
        if new is None:
            continue
        node.name = new
        if new not in taken:
            tensors[node.output[0]] = new
            taken.add(new)
    _rename_tensors(graph, tensors)
    for value in [*graph.output, *graph.value_info]:
        value.name = tensors.get(value.name, value.name)
    return named


def _new_names(nodes: Sequence[onnx.NodeProto], leaves: set[str]) -> dict[str, str]:
    last: dict[str, str] = {}
    for node in nodes:
        if node.name.startswith("/"):
            last[_path(node.name)] = node.name
    names: dict[str, str] = {}
    for node in nodes:
        if not node.name.startswith("/"):
            continue
        path, operator = _path(node.name), node.name.rpartition("/")[2]
        # A part that is called again has a number behind its name.
        is_leaf = path in leaves or re.sub(r"_\d+$", "", path) in leaves
        alone = is_leaf and last[path] == node.name
        names[node.name] = path if alone else ".".join(filter(None, [path, operator]))
    return names if len(set(names.values())) == len(names) else {}


def _path(name: str) -> str:
    """Turn the way to a node, ``/layer1/layer1.0/conv1/Conv``, into ``layer1.0.conv1``."""
    path, before = "", None
    for part in name.split("/")[1:-1]:
        if before is not None and part.startswith(before + "."):
            path += part[len(before) :]
        else:
            path += f".{part}" if path else part
        before = part
    return path


def _rename_tensors(graph: onnx.GraphProto, new: Mapping[str, str]) -> None:
    for node in graph.node:
        for names in (node.input, node.output):
            for i, name in enumerate(names):
                names[i] = new.get(name, name)
        for attribute in node.attribute:
            for inner in [attribute.g, *attribute.graphs]:
                _rename_tensors(inner, new)
                for value in inner.output:
                    value.name = new.get(value.name, value.name)
