"""MATLAB's functions that explain deep networks, in Python.

Every public name is found here, under its MATLAB name, and is loaded when it is first used; the
list is the file ``__init__.pyi`` beside this one.
"""

import lazy_loader

__version__ = "0.1.0"

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
