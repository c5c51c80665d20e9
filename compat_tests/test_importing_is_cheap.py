"""``import matxai`` loads nothing heavy, and its stub names only what there is."""

import subprocess
import sys

import pytest

import matxai


def run(code):
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()


HEAVY = ["torch", "matplotlib", "onnx", "onnxruntime", "sklearn", "scipy", "skimage", "PIL"]


@pytest.mark.parametrize("module", ["matxai", "matxai.cli"])
def test_importing_loads_nothing_heavy(module):
    loaded = run(f"import sys, {module}; print(*[m for m in {HEAVY} if m in sys.modules])")
    assert loaded == []


@pytest.mark.parametrize("arguments", [["--help"], ["explain", "--help"], ["--version"]])
def test_asking_the_command_for_help_computes_nothing(arguments):
    """Nor is NumPy loaded, which takes longer than all the rest."""
    code = f"""
import contextlib, io, sys
from matxai.cli import main
with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
    main({arguments})
print(*[m for m in {[*HEAVY, "numpy"]} if m in sys.modules])
"""
    assert run(code) == []


def test_no_module_of_ours_loads_torch_or_matplotlib():
    # A torch engine loads the former, a dlarray that is computed with the latter.
    code = """
import importlib, pkgutil, sys, matxai
torches = ("matxai.nets.torch_operators.", "matxai.nets.dlarray_functions")
for module in pkgutil.walk_packages(matxai.__path__, "matxai."):
    if not module.name.startswith(torches):
        importlib.import_module(module.name)
print(*[m for m in ("torch", "matplotlib", "sklearn") if m in sys.modules])
"""
    assert run(code) == []


def test_every_name_of_the_stub_is_there():
    assert len(matxai.__all__) > 15
    for name in matxai.__all__:
        assert getattr(matxai, name).__name__.removeprefix("matxai.") == name


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="imageLime"):
        matxai.imageLime  # noqa: B018
