"""MATLAB's name space ``nnet``: ``nnet.layer.Layer``, the base class of layers that users write."""

from matxai.nnet import layer

__all__ = ["layer"]
