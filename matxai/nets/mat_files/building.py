"""Layers made of what a .mat file says of them: one builder for each class of MATLAB's."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from matxai.nets.layers import Layer
from matxai.nets.mat_files.records import LayerRecord, RecordError

__all__ = ["Builder", "builds", "built", "is_known", "known_classes", "padding_of"]

Builder = Callable[[LayerRecord], Layer]

_PACKAGE = "matxai.nets.mat_files"
_MODULES = (
    "building_activation",
    "building_convolution",
    "building_ends",
    "building_joining",
    "building_normalization",
    "building_pooling",
    "building_sequence",
    "building_sizes",
)
_BUILDERS: dict[str, Builder] = {}


def builds(*classes: str) -> Callable[[Builder], Builder]:
    """Register what makes layers of some classes, named without their package."""

    def register(builder: Builder) -> Builder:
        for name in classes:
            _BUILDERS[name] = builder
        return builder

    return register


def _builders() -> dict[str, Builder]:
    for module in _MODULES:
        import_module(f"{_PACKAGE}.{module}")
    return _BUILDERS


def known_classes() -> list[str]:
    """Name the classes, without their package, of which layers can be made."""
    return sorted(_builders())


def is_known(record: LayerRecord) -> bool:
    """Tell whether a layer of this class can be made."""
    # Classes of the user's have no package of MATLAB's, also where they have a name of MATLAB's.
    is_of_matlab = record.kind.startswith(("nnet.", "images.", "vision.", "rl."))
    return is_of_matlab and record.short in _builders()


def built(record: LayerRecord) -> Layer | None:
    """Make the layer of a record; None if its class is not known.

    Raises
    ------
    RecordError
        If the record does not make a layer; the message names it.
    """
    if not is_known(record):
        return None
    try:
        return _BUILDERS[record.short](record)
    except (TypeError, ValueError) as error:
        raise RecordError(f"The layer {record.name!r} ({record.kind}): {error}") from error


def padding_of(record: LayerRecord, mode: str = "PaddingMode", size: str = "PaddingSize") -> Any:
    """Return a layer's padding (or cropping) as its constructor takes it.

    Before R2017b there was no mode, and the size was [vertical, horizontal] in ``Padding``.
    """
    if record.text(mode, default="manual").lower() == "same":
        return "same"
    return record.sizes(size, size.removesuffix("Size"), default=[0])
