"""The ONNX operators that onnx2torch lacks or computes otherwise than ONNX Runtime.

The package itself is free of torch; its modules are not, and load only with a torch engine.
"""
