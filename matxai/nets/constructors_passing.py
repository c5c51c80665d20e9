"""Layers that in prediction pass on what they get."""

from __future__ import annotations

from matxai.arguments import real_scalar, text
from matxai.calling import matlab_function
from matxai.nets.constructors import layer, simple
from matxai.nets.fragments import Recipe, Writer
from matxai.nets.layers import Layer

__all__ = ["identityLayer", "spatialDropoutLayer"]


@matlab_function("layer", accepts={"Name": text})
def identityLayer(*, Name: str = "") -> Layer:
    """Make a layer that changes nothing.

    Parameters
    ----------
    Name : str, optional
        Name of the layer.

    Returns
    -------
    Layer
        The layer.
    """
    return layer("IdentityLayer", Name, simple("Identity"))


@matlab_function("layer", accepts={"Probability": real_scalar, "Name": text})
def spatialDropoutLayer(*, Probability: float = 0.5, Name: str = "") -> Layer:
    """Make a dropout layer of whole channels, which changes nothing in prediction.

    Parameters
    ----------
    Probability : float, default 0.5
        How likely a channel is dropped in training, from 0 to less than 1.
    Name : str, optional
        Name of the layer.

    Returns
    -------
    Layer
        The layer, with ``Probability``.

    Raises
    ------
    ValueError
        If it is no such probability.
    """
    if not 0 <= Probability < 1:
        raise ValueError(
            f"spatialDropoutLayer: Probability must be from 0 to less than 1, but is "
            f"{Probability:g}."
        )

    def write(w: Writer, x: str) -> str:
        return w.node("Dropout", [x, w.weight("ratio", Probability)])

    return layer("SpatialDropoutLayer", Name, Recipe(write), {"Probability": Probability})
