"""``matxai import``: a network of a .mat file as ONNX, or what is in the file."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from matxai.files import write_whole

__all__ = ["run_import"]

_SIZES = ("InputSize", "FilterSize", "PoolSize", "NumFilters", "OutputSize", "NumHiddenUnits")


def run_import(given: argparse.Namespace) -> int:
    """Print what is in a file, or write its network as ONNX."""
    if given.inspect:
        print("\n".join(_contents(given.matfile)))
        return 0
    import matxai

    net = matxai.importNetworkFromMAT(given.matfile, Variable=given.variable)
    classes = getattr(net.Layers[-1], "Classes", None)
    if given.classes is not None and classes is None:
        raise ValueError(f"--classes: the network of {str(given.matfile)!r} has no class names.")
    out = given.out or given.matfile.with_suffix(".onnx")
    matxai.exportONNXNetwork(net, str(out))
    print(f"Wrote {out}: {type(net).__name__}, {len(net.Layers)} layers.")
    if given.classes is not None:
        lines = "".join(f"{name}\n" for name in classes.tolist())
        write_whole(given.classes, lambda file: file.write(lines.encode()))
        print(f"Wrote {given.classes}: {len(classes)} class names.")
    elif classes is not None:
        print("ONNX has no class names: --classes FILE writes them, one a line.")
    return 0


def _contents(path: Path) -> Iterator[str]:
    """Say what the variables are, and of networks the layers."""
    from matxai.lang.mat_objects import MatObject, checked_objects, plain
    from matxai.nets.mat_files.finding import networks_in

    if not path.is_file():
        raise FileNotFoundError(f"there is no file {str(path)!r}.")
    found = checked_objects(path, "inspecting")
    if not found:
        yield f"{path} has no variables."
    for name, value in found.items():
        seen = plain(value)
        kind = seen.kind if isinstance(seen, MatObject) else _described(value)
        records = list(networks_in(seen, name))
        whole = [r for r in records if r.place == name]
        count = f", {len(whole[0].layers)} layers" if whole else ""
        yield f"{name}: {kind}{count}"
        for record in records:
            yield from _described_network(record, name)


def _described(value: Any) -> str:
    """Say size and class as MATLAB's whos does."""
    import numpy as np

    if isinstance(value, np.ndarray):
        names = {"U": "char", "O": "cell", "T": "string", "V": "struct", "b": "logical"}
        kind = getattr(value, "classname", None) or names.get(value.dtype.kind, value.dtype.name)
        one_text = value.dtype.kind == "U" and value.size == 1
        shape = (1, len(str(value.reshape(-1)[0]))) if one_text else value.shape
        size = "×".join(map(str, shape))
        return f"{size} {kind.replace('float64', 'double').replace('float32', 'single')}"
    return {"DataFrame": "table", "Categorical": "categorical"}.get(
        type(value).__name__, type(value).__name__
    )


def _described_network(record: Any, variable: str) -> Iterator[str]:
    from matxai.nets.mat_files.building import is_known
    from matxai.nets.mat_files.building_ends import class_names

    if record.place != variable:
        yield f"  {record.place}: {record.kind}, {len(record.layers)} layers"
    width = max((len(layer.name) for layer in record), default=0)
    for i, layer in enumerate(record, 1):
        note = _details(layer) if is_known(layer) else "not known here: give CustomLayers"
        yield f"  {i:4}  {layer.name:<{width}}  {layer.short:<28}  {note}".rstrip()
        classes = class_names(layer)
        if classes:
            yield f"        {len(classes)} classes: {', '.join(classes)}"
    if record.connections is not None:
        yield f"        {len(record.connections)} connections"


def _details(layer: Any) -> str:
    """Say the sizes that a layer has, as analyzeNetwork does."""
    found = []
    for name in (
        "InputSize",
        "FilterSize",
        "PoolSize",
        "NumFilters",
        "OutputSize",
        "NumHiddenUnits",
    ):
        if layer.has(name):
            sizes = layer.sizes(name)
            found.append(f"{name} {'×'.join(map(str, sizes))}")
    return ", ".join(found)
