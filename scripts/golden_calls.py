"""Hold the calls of a golden folder against matxai.

    python scripts/golden_calls.py FOLDER

makeGoldens.m evaluates the short statements of goldenCalls.m and writes what becomes of them into
the folder "calls". Here the same statements are ported to Python, run, and compared one by one.
Only numbers and texts are taken from the folder: what is run is our own list, and a call whose
code is another there is not compared. Exit status 1 if something differs, 2 if there is nothing to
compare.
"""

import argparse
import sys
from collections import Counter
from typing import NamedTuple

import golden_code
from golden_values import Verdict, theirs_in, verdict

from matxai.crosscheck.reading import CrosscheckError
from matxai.crosscheck.results import DIFFERS, NOT_COMPARABLE, VERDICTS


class Row(NamedTuple):
    """The verdict on one call."""

    name: str
    verdict: str
    why: str


def compared_calls(folder):
    """Compare the calls of a folder, in the order of our list: (description, [Row])."""
    read, given = theirs_in(folder)
    listed = golden_code.calls()
    theirs = {each.name: each for each in given}
    known = [name for name in listed if name in theirs]
    rows = [Row(name, *_verdict(theirs[name], listed[name])) for name in known]
    unknown = [name for name in theirs if name not in listed]
    rows += [Row(name, NOT_COMPARABLE, "goldenCalls.m has no such call") for name in unknown]
    return read, rows


def _verdict(theirs, code):
    if theirs.code != code:
        return Verdict(NOT_COMPARABLE, "another version of the call")
    return verdict(theirs, golden_code.outcome(theirs.name))


def verdicts_on(folder):
    """Return the verdicts on the calls of a folder for the ledger: {id: text}; {} without calls."""
    read, rows = compared_calls(folder)
    told = read.environment
    release = f"{told.get('program', 'MATLAB')} {told.get('release', '')}".strip()
    return {row.name: f"{row.verdict} ({release})" for row in rows}


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", help='the folder "calls" that makeGoldens wrote')
    try:
        _, rows = compared_calls(parser.parse_args(arguments).folder)
    except CrosscheckError as error:
        rows, why = [], f": {error}"
    else:
        why = "."
    if not rows:
        print(f"There are no calls to compare{why}", file=sys.stderr)
        return 2
    width = max(len(row.name) for row in rows)
    for row in rows:
        print(f"{row.name:{width}}  {row.verdict:14}  {row.why}".rstrip())
    counts = Counter(row.verdict for row in rows)
    said = ", ".join(f"{counts[each]} {each}" for each in VERDICTS if counts[each])
    print(f"\n{len(rows)} calls: {said}.")
    return int(bool(counts[DIFFERS]))


if __name__ == "__main__":
    sys.exit(main())
