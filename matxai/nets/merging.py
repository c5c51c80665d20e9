"""Pieces of different graphs in one: opsets, producers, and the order of nodes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import onnx
from onnx import defs

from matxai.nets.custom_nodes import DOMAIN
from matxai.nets.fragments import Fragment
from matxai.nets.layer_values import making_of
from matxai.nets.ports import reads

__all__ = ["merged_opsets", "producer_of", "sorted_nodes"]

_OPSET = 17
# What recipes write has one meaning in this opset and all later ones.
_OLDEST_FOR_RECIPES = 13


def merged_opsets(layers: Sequence[Any]) -> dict[str, int]:
    """Find the versions of operators that all layers can be written in.

    Raises
    ------
    ValueError
        If an operator changed between the versions of two layers.
    """
    makings = [(layer.Name, making_of(layer)) for layer in layers]
    fragments = [(name, m) for name, m in makings if isinstance(m, Fragment)]
    merged: dict[str, int] = {}
    for _, fragment in fragments:
        for domain, version in fragment.origin.opsets.items():
            if domain != DOMAIN:
                merged[domain] = max(merged.get(domain, 0), version)
    merged.setdefault("", _OPSET)
    for name, fragment in fragments:
        _refuse_changed_operators(name, fragment, merged)
    recipes = [name for name, m in makings if not isinstance(m, Fragment)]
    if recipes and merged[""] < _OLDEST_FOR_RECIPES:
        raise ValueError(
            f"The layer {recipes[0]!r} cannot be put into this network, whose ONNX file is of "
            f"opset {merged['']}: export it again in opset {_OLDEST_FOR_RECIPES} or newer."
        )
    return merged


def _refuse_changed_operators(name: str, fragment: Fragment, merged: dict[str, int]) -> None:
    for domain, version in fragment.origin.opsets.items():
        if merged.get(domain, version) == version:
            continue
        for node in fragment.nodes:
            op = node.op_type
            if node.domain == domain and _since(op, version, domain) != _since(
                op, merged[domain], domain
            ):
                raise ValueError(
                    f"The layer {name!r} comes from a network of opset {version}, others from one "
                    f"of opset {merged[domain]}, between which {op} changed: export both networks "
                    f"in the same OpsetVersion."
                )


def _since(op: str, version: int, domain: str) -> int:
    try:
        return defs.get_schema(op, version, domain).since_version
    except defs.SchemaError:
        return version


def producer_of(layers: Sequence[Any], fragments: Sequence[Fragment]) -> tuple[str, str]:
    """Name what wrote the graph: MATLAB, where it wrote all layers that were in a file.

    Readers tell by it which nodes are one layer.
    """
    found = {f.origin.producer for f in fragments if f.origin.opsets}
    only = next(iter(found)) if len(found) == 1 else None
    return only or ("matxai", "")


def sorted_nodes(nodes: Sequence[onnx.NodeProto]) -> list[onnx.NodeProto]:
    """Order nodes such that each comes after those that it reads from, else as they are.

    Raises
    ------
    ValueError
        If they go round in a circle.
    """
    maker = {t: i for i, node in enumerate(nodes) for t in node.output if t}
    state: dict[int, bool] = {}
    order: list[onnx.NodeProto] = []
    for start in range(len(nodes)):
        waiting = [start]
        while waiting:
            i = waiting[-1]
            before = [maker[t] for t in reads(nodes[i]) if t in maker]
            missing = [j for j in before if not state.get(j)]
            if state.get(i) or not missing:
                if not state.get(i):
                    order.append(nodes[i])
                state[i] = True
                waiting.pop()
            else:
                if any(j in waiting for j in missing):
                    names = ", ".join(repr(nodes[j].name) for j in waiting[-6:])
                    raise ValueError(
                        f"The connections go round in a circle, through {names}: "
                        f"disconnectLayers opens it."
                    )
                waiting.append(missing[0])
    return order
