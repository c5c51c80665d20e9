"""What there is to say about ported files, for people and as JSON."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from .fidelity_links import FIDELITY
from .notes import Note
from .units import PortedFile

__all__ = ["report_data", "report_text"]

_PAGE = "docs/fidelity.md"


def report_text(files: Sequence[PortedFile], written: bool = True) -> str:
    """Say what was ported and what was left.

    Parameters
    ----------
    files : sequence of PortedFile
        The files.
    written : bool
        Whether the Python files were written.

    Returns
    -------
    str
        Some lines for each file, and a summary.
    """
    lines = [line for file in files for line in _file_lines(file, written)]
    if len(files) > 1:
        lines += ["", *_summary_lines(files)]
    lines += _missing_lines(files) + _fidelity_lines(files)
    return "\n".join(lines)


def report_data(files: Sequence[PortedFile], written: bool = True) -> dict[str, Any]:
    """Say the same as a dictionary for JSON."""
    from matxai import __version__

    return {
        "matxai": __version__,
        "summary": _counts(files),
        "missing": {name: list(map(str, found)) for name, found in _missing(files).items()},
        "fidelity": _links(files),
        "files": [_file_data(file, written) for file in files],
    }


def _file_data(file: PortedFile, written: bool) -> dict[str, Any]:
    data = {
        "source": str(file.source),
        "target": str(file.target),
        "written": written and file.ported is not None,
        "complete": file.complete,
        "problem": file.problem or None,
        "needs": [str(path) for path in file.needs],
    }
    if file.ported is None:
        return data
    return data | {
        "ported": file.ported.ported,
        "left": file.ported.left,
        "functions": list(file.ported.functions),
        "missing": list(file.ported.missing),
        "notes": [
            {"line": note.line, "kind": note.kind, "what": note.what, "why": note.why}
            for note in file.ported.notes
        ],
    }


def _file_lines(file: PortedFile, written: bool) -> Iterator[str]:
    if file.ported is None:
        yield f"{file.source}: not ported: {file.problem}"
        return
    target = f" → {file.target}" if written else ""
    yield f"{file.source}{target}: {_ported_of(file.ported.ported, file.ported.left)}"
    for note in _merged(file.ported.notes):
        yield from _note_lines(note)
    for path in file.needs:
        yield f"  imports {path.stem}: port {path.name} as well"


def _merged(notes: Sequence[Note]) -> list[Note]:
    """Return the notes in the order of lines, those that say the same of one line as one."""
    found: dict[tuple[int, str, str], list[str]] = {}
    for note in sorted(notes, key=lambda note: note.line):
        if note.kind != "missing":
            same = note.why.removeprefix(f"{note.what} is taken to be ")
            why = note.why if same == note.why else f"taken to be {same}"
            found.setdefault((note.line, note.kind, why), []).append(note.what)
    return [Note(line, kind, ", ".join(what), why) for (line, kind, why), what in found.items()]


def _note_lines(note: Note) -> Iterator[str]:
    what = " ".join(note.what.split())
    what = what if len(what) <= 80 else what[:79] + "…"
    yield f"  line {note.line} {note.kind}: {what}"
    yield f"      {note.why}"


def _ported_of(ported: int, left: int) -> str:
    lines = f"{ported} of {ported + left} lines ported"
    return f"{lines}, {left} left" if left else lines


def _counts(files: Sequence[PortedFile]) -> dict[str, int]:
    read = [file.ported for file in files if file.ported is not None]
    return {
        "files": len(files),
        "complete": sum(file.complete for file in files),
        "unreadable": len(files) - len(read),
        "ported": sum(ported.ported for ported in read),
        "left": sum(ported.left for ported in read),
    }


def _summary_lines(files: Sequence[PortedFile]) -> Iterator[str]:
    counts = _counts(files)
    yield (
        f"{counts['complete']} of {counts['files']} files ported whole; "
        f"{_ported_of(counts['ported'], counts['left'])}."
    )


def _missing(files: Sequence[PortedFile]) -> dict[str, list[Path]]:
    """Functions that matxai lacks and the files that need them, the most needed first."""
    found: dict[str, list[Path]] = defaultdict(list)
    for file in files:
        for name in file.ported.missing if file.ported else ():
            found[name].append(file.source)
    return dict(sorted(found.items(), key=lambda item: (-len(item[1]), item[0])))


def _missing_lines(files: Sequence[PortedFile]) -> list[str]:
    found = _missing(files)
    if not found:
        return []
    counted = [
        f"{name} ({len(places)} files)" if len(places) > 1 else name
        for name, places in found.items()
    ]
    return [f"Not in matxai: {', '.join(counted)}."]


def _links(files: Sequence[PortedFile]) -> dict[str, str]:
    """Where docs/fidelity.md says how far each function that is used is MATLAB's."""
    used = {name for file in files if file.ported for name in file.ported.functions}
    return {name: f"{_PAGE}#{FIDELITY[name]}" for name in sorted(used & FIDELITY.keys())}


def _fidelity_lines(files: Sequence[PortedFile]) -> list[str]:
    named: dict[str, list[str]] = defaultdict(list)
    for name, link in _links(files).items():
        named[link].append(name)
    if not named:
        return []
    return ["How far these are MATLAB's, option by option:"] + [
        f"  {link}: {', '.join(names)}" for link, names in sorted(named.items())
    ]
