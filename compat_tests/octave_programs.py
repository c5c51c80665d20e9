"""Programs run by GNU Octave: what their variables are afterwards, and what they print."""

from __future__ import annotations

import functools
import shutil
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import scipy.io

__all__ = ["Outcome", "run_in_octave"]

_RUNNER = """1;
function zz_out = zz_run(zz_code)
  zz_out = struct('error', '', 'printed', '', 'names', {{}}, 'values', {{}});
  try
    zz_out.printed = evalc(zz_code);
  catch zz_err
    zz_out.error = ['error: ' zz_err.message];
    return
  end
  zz_names = setdiff(who, {'zz_out', 'zz_code', 'ans'});
  for zz_k = 1:numel(zz_names)
    zz_value = eval(zz_names{zz_k});
    if isa(zz_value, 'function_handle') || isobject(zz_value) || isfield(zz_value, 'identifier')
      continue
    end
    zz_out.names{end+1} = zz_names{zz_k};
    zz_out.values{end+1} = zz_marked(zz_value);
  end
end

function zz_value = zz_marked(zz_value)
  % Octave writes a struct without fields as a cell: it gets one that tells.
  if iscell(zz_value)
    zz_value = cellfun(@zz_marked, zz_value, 'UniformOutput', false);
  elseif isstruct(zz_value) && isempty(fieldnames(zz_value))
    [zz_value.zz_no_fields] = deal([]);
  elseif isstruct(zz_value) && ! isempty(zz_value)
    zz_value = arrayfun(@(zz_one) structfun(@zz_marked, zz_one, 'UniformOutput', false), zz_value);
  end
end

warning('off', 'all');
zz_given = load('programs.mat');
zz_results = cell(1, numel(zz_given.bodies));
for zz_i = 1:numel(zz_given.bodies)
  try
    for zz_j = 1:numel(zz_given.functions{zz_i})
      eval(zz_given.functions{zz_i}{zz_j});
    end
    zz_results{zz_i} = zz_run(zz_given.bodies{zz_i});
  catch zz_err
    zz_results{zz_i} = struct('error', ['error: ' zz_err.message], 'printed', '');
  end
end
save('-v6', 'results.mat', 'zz_results');
"""


@dataclass(frozen=True)
class Outcome:
    """What a program did: its error (empty if none), what it printed, and its variables."""

    error: str
    printed: str = ""
    variables: dict[str, Any] = field(default_factory=dict)


def _cells(items):
    cells = np.empty((1, len(items)), dtype=object)
    for index, item in enumerate(items):
        cells[0, index] = item if isinstance(item, str) else _cells(item)
    return cells


def run_in_octave(programs, timeout=600):
    """Run programs, one after the other in one Octave, each in a workspace of its own.

    Parameters
    ----------
    programs : list of Program
        Their bodies and functions.
    timeout : float
        Seconds for all of them.
    """
    if shutil.which("octave-cli") is None:
        pytest.skip("GNU Octave is not installed")
    with tempfile.TemporaryDirectory(prefix="octave") as folder:
        given = {
            "bodies": _cells([program.body for program in programs]),
            "functions": _cells([list(program.functions) for program in programs]),
        }
        scipy.io.savemat(Path(folder, "programs.mat"), given)
        Path(folder, "runner.m").write_text(_RUNNER)
        done = subprocess.run(
            ["octave-cli", "--quiet", "--no-init-file", "--no-history", "runner.m"],
            cwd=folder, timeout=timeout, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"Octave ended: {done.stderr[-2000:]}")
        loaded = scipy.io.loadmat(Path(folder, "results.mat"), mat_dtype=True)
    return [_outcome(result) for result in loaded["zz_results"].reshape(-1)]


def _outcome(result):
    values = functools.partial(_value, result)
    error = values("error")
    if error:
        return Outcome(error)
    found = result[0, 0]
    names = [str(name[0]) for name in found["names"].reshape(-1)]
    variables = dict(zip(names, found["values"].reshape(-1), strict=True))
    return Outcome("", values("printed"), variables)


def _value(result, name):
    text = result[0, 0][name].reshape(-1)
    return str(text[0]) if text.size else ""
