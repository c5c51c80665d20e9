"""Layers that users write."""

from matxai.nets.custom_layers import CustomLayer as Layer

__all__ = ["Layer"]
