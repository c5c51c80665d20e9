"""A folder that MATLAB wrote, read and checked: what cannot be used is said, the rest is kept."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from matxai.arguments import describe
from matxai.crosscheck.arrays import arrays_in

__all__ = ["CrosscheckError", "Folder", "Run", "read_folder"]

FORMAT = "matxai-reference"
VERSION = 1
MANIFEST = "manifest.json"
_MOST_BYTES = 64 * 2**20
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,127}")
_ID = re.compile(r"[A-Za-z0-9-]{1,64}")
_WRITE_AGAIN = "write it again with matxaiReference in MATLAB"


class CrosscheckError(ValueError):
    """There is nothing in a folder that could be compared."""


@dataclass(frozen=True)
class Run:
    """One call of a method in MATLAB.

    Attributes
    ----------
    id, method : str
        Its id in the folder, and MATLAB's function.
    channels : tuple of int
        Channels, counted from 1.
    labels : tuple of str
        The classes of the channels, where MATLAB knew them.
    options, chosen : mapping of str to object
        Options as they were given, and what MATLAB chose for others.
    outputs : tuple of str
        Names of the outputs, in MATLAB's order.
    arrays : mapping of str to numpy.ndarray
        The outputs and stages by their names.
    seed : int, optional
        The seed that `rng` was given before.
    seconds : float, optional
        How long it took in MATLAB.
    problem : str
        Why there are no arrays, where there are none.
    """

    id: str
    method: str
    channels: tuple[int, ...] = ()
    labels: tuple[str, ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict)
    chosen: Mapping[str, Any] = field(default_factory=dict)
    outputs: tuple[str, ...] = ()
    arrays: Mapping[str, np.ndarray] = field(default_factory=dict)
    seed: int | None = None
    seconds: float | None = None
    problem: str = ""

    def output(self, name: str, position: int = 0) -> np.ndarray | None:
        """Return an output by its name, or else by its position."""
        if name in self.arrays:
            return self.arrays[name]
        named = self.outputs[position : position + 1]
        return self.arrays.get(named[0]) if named else None


@dataclass(frozen=True)
class Folder:
    """What is in a folder of reference outputs; what is missing is None or empty."""

    path: Path
    environment: Mapping[str, Any] = field(default_factory=dict)
    written: str = ""
    network: Mapping[str, Any] = field(default_factory=dict)
    onnx: Path | None = None
    mat: Path | None = None
    classes: tuple[str, ...] | None = None
    original: np.ndarray | None = None
    image: np.ndarray | None = None
    scores: Mapping[str, np.ndarray] = field(default_factory=dict)
    probes: Mapping[str, np.ndarray] = field(default_factory=dict)
    runs: tuple[Run, ...] = ()
    calls: tuple[Mapping[str, Any], ...] = ()
    notes: tuple[str, ...] = ()


def read_folder(path: str | os.PathLike[str]) -> Folder:
    """Read a folder of reference outputs.

    Parameters
    ----------
    path : str or path
        The folder, or the manifest.json in it.

    Returns
    -------
    Folder
        What is there; its `notes` say what is missing, refused or not understood.

    Raises
    ------
    CrosscheckError
        If there is nothing to compare: no folder, no manifest, or one that cannot be read. It is a
        ValueError.
    """
    path = Path(path)
    if path.name == MANIFEST and path.is_file():
        path = path.parent
    return _Reader(path, _manifest(path)).folder()


def _manifest(path: Path) -> dict[str, Any]:
    file = path / MANIFEST
    if not path.is_dir():
        raise CrosscheckError(f"there is no folder {str(path)!r}.")
    if not file.is_file():
        raise CrosscheckError(
            f"{str(path)!r} has no {MANIFEST}, so it is no folder of reference outputs: "
            f"{_WRITE_AGAIN}."
        )
    if file.stat().st_size > _MOST_BYTES:
        raise CrosscheckError(f"{str(file)!r} has more than {_MOST_BYTES >> 20} MiB.")
    try:
        found = json.loads(file.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise CrosscheckError(f"{str(file)!r} cannot be read: {error}. {_WRITE_AGAIN}.") from error
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        said = describe(found.get("format")) if isinstance(found, dict) else describe(found)
        raise CrosscheckError(
            f"{str(file)!r} must say that its format is {FORMAT!r}, but says {said}: "
            f"{_WRITE_AGAIN}."
        )
    return found


class _Reader:
    """Reads the parts of one folder and gathers what is to be said of them."""

    def __init__(self, path: Path, manifest: Mapping[str, Any]):
        self.path, self.manifest = path, manifest
        self.notes: list[str] = []

    def folder(self) -> Folder:
        self._check_version()
        network = _mapping(self.manifest.get("network"))
        if not network:
            self.notes.append("There is no network in the manifest.")
        read = self._arrays(_mapping(self.manifest.get("image")).get("file"), "the image")
        images = {name: array for name, array in read.items() if array.size}
        if "image" not in images:
            self.notes.append("There is no image: what needs one is not compared.")
        scores = self._arrays(_mapping(self.manifest.get("scores")).get("file"), "the scores")
        found = Folder(
            path=self.path,
            environment=_mapping(self.manifest.get("environment")),
            written=_text(self.manifest.get("written")),
            network=network,
            onnx=self._file(network.get("onnx"), "the network as ONNX"),
            mat=self._file(network.get("mat"), "the network as MATLAB saves it"),
            classes=self._classes(),
            original=_image(images.get("original")),
            image=_image(images.get("image")),
            scores=scores,
            probes=self._arrays(self.manifest.get("probes"), "the probes"),
            runs=tuple(self._run(i, run) for i, run in enumerate(_list(self.manifest.get("runs")))),
            calls=tuple(map(_mapping, _list(self.manifest.get("calls")))),
        )
        for skipped in map(_mapping, _list(self.manifest.get("skipped"))):
            what, why = _text(skipped.get("what")), _text(skipped.get("why"))
            self.notes.append(f"MATLAB left out {what or 'something'}: {why or 'no reason given'}")
        return Folder(**{**vars(found), "notes": tuple(self.notes)})

    def _check_version(self) -> None:
        version = self.manifest.get("version")
        if version == VERSION and not isinstance(version, bool):
            return
        self.notes.append(
            f"The folder has version {describe(version)} of the format, and this matxai knows "
            f"version {VERSION}: what it understands is compared. A newer matxai may understand "
            f"more."
        )

    def _file(self, name: Any, what: str) -> Path | None:
        """Find a file of the folder; names that lead elsewhere are refused."""
        if name is None or name == [] or name == "":
            return None
        if not isinstance(name, str) or not _NAME.fullmatch(name):
            self.notes.append(
                f"The name of {what}, {describe(name)}, is refused: it must be a file in the "
                f"folder, of letters, digits, '.', '-' and '_'."
            )
            return None
        file = self.path / name
        if not file.is_file():
            self.notes.append(f"{name}, {what}, is missing.")
            return None
        if file.resolve().parent != self.path.resolve():
            self.notes.append(f"{name}, {what}, is refused: it is a link out of the folder.")
            return None
        return file

    def _arrays(self, name: Any, what: str) -> dict[str, np.ndarray]:
        file = self._file(name, what)
        if file is None:
            return {}
        found, problems = arrays_in(file)
        self.notes += [f"{name}, {what}: {problem}" for problem in problems]
        return found

    def _classes(self) -> tuple[str, ...] | None:
        file = self._file(self.manifest.get("classes"), "the class names")
        if file is None:
            return None
        try:
            return tuple(file.read_text(encoding="utf-8-sig").splitlines())
        except UnicodeDecodeError as error:
            self.notes.append(f"{file.name}, the class names, is not UTF-8: {error}.")
            return None

    def _run(self, number: int, given: Any) -> Run:
        run = _mapping(given)
        name = run.get("id")
        if not isinstance(name, str) or not _ID.fullmatch(name):
            self.notes.append(
                f"Run {number + 1} has the id {describe(name)}, which must be of letters, digits "
                f"and '-': here it is run-{number + 1}."
            )
            name = f"run-{number + 1}"
        before = len(self.notes)
        arrays = self._arrays(run.get("file"), f"the outputs of {name}")
        error = _text(run.get("error"))
        problem = f"MATLAB said: {error}" if error else ""
        if not arrays and not problem:
            problem = " ".join(self.notes[before:]) or "it has no file of outputs"
        channels = [_number(c) for c in _list(run.get("channel"))]
        if any(c is None or c != int(c) for c in channels):
            self.notes.append(f"{name} has channels that are none: {describe(run.get('channel'))}.")
            problem = problem or "its channels are not understood"
            channels = []
        seed = _number(run.get("seed"))
        whole = seed is not None and seed == int(seed) and 0 <= seed < 2**32
        return Run(
            id=name,
            method=_text(run.get("method")),
            channels=tuple(map(int, channels)),
            labels=tuple(n for n in _list(run.get("label")) if isinstance(n, str)),
            options={
                option: _option(value, arrays)
                for option, value in _mapping(run.get("options")).items()
            },
            chosen=_mapping(run.get("options_chosen")),
            outputs=tuple(n for n in _list(run.get("outputs")) if isinstance(n, str)),
            arrays=arrays,
            seed=int(seed) if whole else None,
            seconds=_number(run.get("seconds")),
            problem=problem,
        )


def _option(value: Any, arrays: Mapping[str, np.ndarray]) -> Any:
    """Take large arrays from the run's file, where they stand under a name."""
    if isinstance(value, dict):
        return arrays.get(_text(value.get("variable")), value)
    return value


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    """Take MATLAB's JSON for a list: one element may stand without its brackets."""
    if value is None or value == "":
        return []
    return value if isinstance(value, list) else [value]


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not np.isfinite(value):
        return None
    return value


def _image(array: np.ndarray | None) -> np.ndarray | None:
    """Drop what MATLAB has no dimension for."""
    return array[:, :, 0] if array is not None and array.shape[2:] == (1,) else array
