"""Files and folders of MATLAB code, ported: what of each becomes which Python file."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from .errors import PortError
from .notes import Ported
from .parsing import parse
from .sources import read_source
from .syntax import Program

__all__ = ["PortedFile", "port_unit"]

_ENDINGS = (".m", ".mlx")
# A file of one of these names beside a script hides what matxai itself imports.
_TAKEN = frozenset(sys.stdlib_module_names) | {
    "h5py", "matplotlib", "matxai", "numpy", "onnx", "onnxruntime", "pandas", "PIL", "scipy",
    "skimage", "sklearn", "torch", "tqdm",
}  # fmt: skip


@dataclass(frozen=True)
class PortedFile:
    """A MATLAB file and what became of it.

    Attributes
    ----------
    source, target : Path
        The MATLAB file, and the Python file that it becomes.
    ported : Ported or None
        The Python text and its notes; None if the file cannot be ported at all.
    problem : str
        Why it cannot; empty if it can.
    needs : tuple of Path
        MATLAB files whose Python files it imports.
    """

    source: Path
    target: Path
    ported: Ported | None
    problem: str = ""
    needs: tuple[Path, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether nothing of it is left to do."""
        return self.ported is not None and self.ported.complete


def port_unit(given: Path, out: Path | None = None, *, modernize: bool = False) -> list[PortedFile]:
    """Port a file, or all files of a folder and the folders in it.

    Parameters
    ----------
    given : Path
        A ``.m`` or ``.mlx`` file, or a folder. Functions are looked for in the other files of
        the folder in which a file lies, as MATLAB does.
    out : Path, optional
        The Python file, or the folder for Python files; by default they lie beside the MATLAB
        files.
    modernize : bool
        Replace MATLAB's older functions by what MathWorks advises.

    Returns
    -------
    list of PortedFile
        Nothing is written.

    Raises
    ------
    FileNotFoundError
        There is no such file or folder.
    PortError
        The file is no MATLAB code, or there is no MATLAB file in the folder.
    """
    if not given.is_dir():
        target = _target(given, given.parent, out if out is None or out.is_dir() else out.parent)
        if out is not None and not out.is_dir():
            target = out
        return [_Unit([given], modernize).port(given, target, read_source(given))]
    files = sorted(
        file
        for file in given.rglob("*")
        if file.suffix.lower() in _ENDINGS and file.is_file() and not _hidden(file, given)
    )
    if not files:
        raise PortError(f"there is no .m or .mlx file in {str(given)!r}.")
    unit = _Unit(files, modernize)
    return [unit.port_if_readable(file, _target(file, given, out)) for file in files]


def _hidden(file: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in file.relative_to(folder).parts)


def _target(file: Path, folder: Path, out: Path | None) -> Path:
    place = file if out is None else out / file.relative_to(folder)
    return place.with_suffix(".py")


class _Unit:
    """Files that are ported together; what was read of one is kept for the others."""

    def __init__(self, files: Sequence[Path], modernize: bool) -> None:
        self._files = frozenset(files)
        self._programs: dict[Path, Program | None] = {}
        self._modernize = modernize

    def port_if_readable(self, file: Path, target: Path) -> PortedFile:
        """Port one of several files; a problem with it is told in the result."""
        twin = file.with_suffix(".m")
        if file != twin and twin in self._files:
            return PortedFile(file, target, None, f"{twin.name} has the same name")
        try:
            return self.port(file, target, read_source(file))
        except (PortError, OSError) as error:
            return PortedFile(file, target, None, str(error))

    def port(self, file: Path, target: Path, text: str) -> PortedFile:
        """Port one file."""
        from .porting import port

        if target.stem in _TAKEN:
            problem = (
                f"{target.name} would hide Python's own {target.stem!r}; give the file another name"
            )
            return PortedFile(file, target, None, problem)
        others = self._others(file, text)
        try:
            ported = port(text, name=file.name, others=others, modernize=self._modernize)
        except PortError:
            raise
        except Exception as error:
            # A mistake in the porter must not cost the other files of a folder their ports.
            problem = f"matxai itself fails on it, with {type(error).__name__}: {error}"
            return PortedFile(file, target, None, problem)
        imported = set(re.findall(r"^from (\w+) import", ported.code, re.MULTILINE))
        neighbours = (_neighbour(file, name) for name in sorted(imported & others.keys()))
        needs = tuple(path for path in neighbours if path and path not in self._files)
        return PortedFile(file, target, ported, needs=needs)

    def _others(self, file: Path, text: str) -> Mapping[str, Program]:
        """Programs of the files beside this one whose names stand in its text."""
        found: dict[str, Program] = {}
        for name in sorted(set(re.findall(r"[A-Za-z]\w*", text)) - {file.stem}):
            path = _neighbour(file, name)
            program = None if path is None else self._program(path)
            if program is not None:
                found[name] = program
        return found

    def _program(self, path: Path) -> Program | None:
        if path not in self._programs:
            try:
                self._programs[path] = parse(read_source(path))
            except (PortError, OSError):
                self._programs[path] = None
        return self._programs[path]


def _neighbour(file: Path, name: str) -> Path | None:
    paths = (file.with_name(name + ending) for ending in _ENDINGS)
    return next((path for path in paths if path.is_file()), None)
