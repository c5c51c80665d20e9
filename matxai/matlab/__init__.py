"""MATLAB's name space ``matlab``: ``matlab.lang.makeValidName`` and ``makeUniqueStrings``."""

from matxai.matlab import lang

__all__ = ["lang"]
