"""A cross-check as a page that needs nothing beside it: for a reviewer, on paper or on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from matxai.crosscheck.pictures import MapPictures, map_pictures, photograph
from matxai.crosscheck.results import DIFFERS, EXACT, NUMERIC, STATISTICAL, VERDICTS, Result, Row
from matxai.files import write_whole

__all__ = ["page", "write_page"]

_HEADS = ("Stage", "What", "Verdict", "Largest difference", "Equal digits", "Why")


class _MapOnPage(NamedTuple):
    title: str
    verdict: str
    style: str
    pictures: MapPictures
    low: str
    high: str
    least: str
    most: str
    note: str
    smooth: bool
    differ: bool


def write_page(result: Result, file: str | Path) -> None:
    """Write a cross-check as one HTML file.

    Parameters
    ----------
    result : Result
        What the cross-check found.
    file : path
        Where to write. A file that is there stays as it is until the new one is whole.
    """
    text = page(result)
    write_whole(Path(file), lambda stream: stream.write(text.encode()))


def page(result: Result) -> str:
    """Make the text of the page.

    Parameters
    ----------
    result : Result
        What the cross-check found.

    Returns
    -------
    str
        HTML with its pictures inside; it asks the network for nothing.
    """
    import jinja2

    # What a folder says is foreign text: autoescape keeps it text.
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("matxai.crosscheck", "."), autoescape=True, trim_blocks=True
    )
    program = _words(result.environment.get("program")) or "MATLAB"
    return environment.get_template("page.html").render(
        title=f"Python against {program}: {_words(result.folder) or 'a folder of outputs'}",
        program=program,
        agrees=not result.status,
        answer=_answer(result, program),
        explanation=_explanation(program),
        heads=_HEADS,
        rows=[_row_on_page(row) for row in result.rows],
        notes=result.notes,
        image=None if result.image is None else photograph(result.image),
        maps=list(_maps(result)),
        verdicts=VERDICTS.items(),
        versions=list(_versions(result, program)),
    )


def _answer(result: Result, program: str) -> str:
    differing = result.count(DIFFERS)
    compared = sum(result.count(v) for v in (EXACT, NUMERIC, STATISTICAL)) + differing
    if not compared:
        return "Nothing could be compared."
    if differing:
        differ = "differs" if differing == 1 else "differ"
        return f"{differing} of {compared} comparisons {differ}: {'; '.join(_differing(result))}."
    parts = [f"{result.count(v)} {v}" for v in (EXACT, NUMERIC, STATISTICAL) if result.count(v)]
    what = "the one comparison agrees" if compared == 1 else f"all {compared} comparisons agree"
    return f"Python's numbers are {program}'s: {what} ({', '.join(parts)})."


def _differing(result: Result) -> list[str]:
    rows = [row for row in result.rows if row.verdict == DIFFERS]
    blamed = list(dict.fromkeys(row.blame for row in rows if row.blame))
    return blamed or list(dict.fromkeys(f"{row.run or row.stage} ({row.what})" for row in rows))


def _explanation(program: str) -> str:
    return (
        f"{program} computed these outputs of a network and saved them, with the network and the "
        f"image. matxai, in Python, computed the same from the same network and image. Where a "
        f"computation has several stages, each stage was also computed from {program}'s own result "
        f"of the stage before, so that a difference is found where it arises."
    )


def _row_on_page(row: Row) -> dict[str, str]:
    return {
        "stage": row.run or row.stage,
        "what": row.what,
        "verdict": row.verdict,
        "style": _style(row.verdict),
        "largest": _number(row.largest) + _relative(row),
        "digits": "" if row.digits is None else str(row.digits),
        "why": _why(row),
    }


def _style(verdict: str) -> str:
    return "differs-text" if verdict == DIFFERS else verdict.replace(" ", "-")


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.3g}"


def _relative(row: Row) -> str:
    return f" ({row.relative:.1g} of the largest)" if row.largest and row.relative else ""


def _why(row: Row) -> str:
    place = ""
    if row.place is not None and row.verdict == DIFFERS:
        place = f"The first difference is at ({', '.join(map(str, row.place))})"
    parts = [row.why, f"Blamed: {row.blame}" if row.blame else "", place]
    return " ".join(_sentence(part) for part in parts if part)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")


def _maps(result: Result) -> Iterator[_MapOnPage]:
    for row in result.rows:
        if row.kind == "values" or row.theirs is None or row.ours is None:
            continue
        pictures = map_pictures(np.squeeze(row.theirs), np.squeeze(row.ours))
        if pictures is None:
            continue
        if row.kind == "image":
            pictures = pictures._replace(theirs=photograph(row.theirs), ours=photograph(row.ours))
        yield _MapOnPage(
            title=f"{row.run or row.stage}: {row.what}",
            verdict=row.verdict,
            style=_style(row.verdict),
            pictures=pictures,
            low=_number(pictures.low),
            high=_number(pictures.high),
            least=_number(-pictures.reach),
            most=_number(pictures.reach),
            note=_which_channel(pictures, row.kind),
            smooth=row.kind == "image",
            differ=pictures.reach > 0,
        )


def _which_channel(pictures: MapPictures, kind: str) -> str:
    if pictures.plane is None or not pictures.reach:
        return ""
    drawn = "the difference is drawn of it" if kind == "image" else "it is drawn"
    return f"Channel {pictures.plane} differs most: {drawn}."


def _versions(result: Result, program: str) -> Iterator[tuple[str, str]]:
    told = result.environment
    names = [told.get("version"), told.get("release"), told.get("platform")]
    yield program, ", ".join(filter(None, map(_words, names))) or "not said"
    for toolbox in told.get("toolboxes") or ():
        if isinstance(toolbox, dict):
            yield _words(toolbox.get("name")), _words(toolbox.get("version"))
    if result.written:
        yield "Written", result.written
    if result.network.get("class"):
        yield "Network", _words(result.network["class"])
    yield from result.versions.items()


def _words(value: Any) -> str:
    return value if isinstance(value, str) else ""
