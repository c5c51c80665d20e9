"""GNU Octave as an oracle: one process for all tests, and arrays there and back."""

import atexit
import functools
import shutil
import subprocess
import tempfile
from pathlib import Path

import numpy as np
import pytest
import scipy.io

from matxai import class_
from matxai.lang.values import matlab_size

__all__ = ["agree", "evaluate", "needs_octave"]


def needs_octave(test):
    """Mark a test that asks Octave; it is skipped without it."""
    return pytest.mark.octave(test)


class _Octave:
    """One running octave-cli, which reads its work from a pipe."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="octave"))
        self.process = subprocess.Popen(
            ["octave-cli", "--quiet", "--no-init-file", "--no-history"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        atexit.register(self.close)

    def close(self):
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait(timeout=10)
        shutil.rmtree(self.folder, ignore_errors=True)

    def run(self, code):
        caught = "catch e__, disp(['ERROR ' e__.message]), end"
        self.process.stdin.write(f"try, {code}\n{caught}\ndisp('DONE'), fflush(stdout);\n")
        self.process.stdin.flush()
        lines = []
        for line in self.process.stdout:
            if line.strip() == "DONE":
                return lines
            if line.startswith("ERROR"):
                lines.append(line.strip())
        raise RuntimeError(f"Octave has ended at {code!r}")


@functools.cache
def _octave():
    return _Octave()


def evaluate(code, nargout=None, **inputs):
    """Return what Octave computes: (class, array), or a list of them if nargout is given.

    1-D arrays go there as columns.
    """
    if shutil.which("octave-cli") is None:
        pytest.skip("GNU Octave is not installed")
    octave = _octave()
    given, made = octave.folder / "given.mat", octave.folder / "made.mat"
    outputs = [f"r{i}" for i in range(nargout or 1)]
    names, saved = ", ".join(outputs), "".join(f", '{r}'" for r in outputs)
    classes = ", ".join(f"class({r})" for r in outputs)
    load = ""
    if inputs:
        scipy.io.savemat(given, inputs, oned_as="column")
        load = f"load('{given}');"
    said = octave.run(
        f"{load} [{names}] = {code}; c = {{{classes}}}; save('-v6', '{made}', 'c'{saved});"
    )
    if said:
        raise RuntimeError(f"{code}: {said[0]}")
    loaded = scipy.io.loadmat(made)
    kinds = [str(kind[0]) for kind in loaded["c"].reshape(-1)]
    results = [(kind, loaded[r]) for kind, r in zip(kinds, outputs, strict=True)]
    return results if nargout else results[0]


def agree(ours, theirs, rtol=0.0):
    """Hold a result against Octave's: class, size and values.

    Numbers stand for 1×1 arrays, 1-D arrays for rows or columns, int64 for double, as documented.
    """
    kind, array = theirs
    mine = class_(ours)
    assert mine == kind or (mine == "int64" and kind == "double"), (mine, kind)
    data = np.asarray(ours)
    if data.ndim == 1:
        assert data.size == array.size, (data.shape, array.shape)
        assert array.size in (0, max(array.shape)), array.shape
    else:
        assert matlab_size(data.shape) == matlab_size(array.shape), (data.shape, array.shape)
    mine, other = data.reshape(-1, order="F"), array.reshape(-1, order="F")
    np.testing.assert_allclose(
        mine.astype(np.float64), other.astype(np.float64), rtol=rtol, atol=rtol
    )
