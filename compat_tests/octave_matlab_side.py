"""GNU Octave runs scripts/matlab, with stand-ins for what only MATLAB's toolboxes have."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

__all__ = ["MATLAB_SIDE", "STAND_INS", "octave"]

ROOT = Path(__file__).resolve().parents[1]
MATLAB_SIDE = ROOT / "scripts" / "matlab"
STAND_INS = Path(__file__).resolve().parent / "crosscheck" / "octave_stand_ins"


def octave(code, *paths, onnx="", timeout=600):
    """Run code in a fresh Octave and return what it prints; an error there is one here."""
    if shutil.which("octave-cli") is None:
        pytest.skip("GNU Octave is not installed")
    first = "warning('off', 'all'); missing_function_hook('');" + "".join(
        f"addpath('{path}');" for path in (MATLAB_SIDE, STAND_INS, *paths)
    )
    failed = "catch e, fprintf('FAILED: %s\\n', e.message); end"
    done = subprocess.run(
        ["octave-cli", "--quiet", "--no-init-file", "--no-history"],
        input=f"{first}\ntry\n{code}\n{failed}\n",
        capture_output=True,
        text=True,
        timeout=timeout,
        env=os.environ | {"MATXAI_STAND_IN_ONNX": str(onnx)},
        check=False,
    )
    if "FAILED: " in done.stdout:
        raise RuntimeError(done.stdout[done.stdout.index("FAILED: ") :])
    return done.stdout
