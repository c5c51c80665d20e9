"""Measure matxai against bare scoring, whole passes and its peers, side by side in one run.

    python scripts/benchmark.py                      prints the tables
    python scripts/benchmark.py --write              and rewrites them in docs/performance.md
    python scripts/benchmark.py --rows occlusion --networks squeezenet1_1 vgg16
    python scripts/benchmark.py --json results.json  keeps the figures of all rounds
    python scripts/benchmark.py --tables a.json b.json --write
                                                     writes what was measured in several runs

Only ratios are worth reading: seconds are those of one machine at one time. Needs the extras demo
and test. Each figure is the median of several rounds; in each round all the contestants run one
after the other, so that a slow minute of the machine slows all of them. What costs the same for
each image is measured on a part of the images, and scaled.
"""

import argparse
import json
from pathlib import Path

from benchmarks import gradient_rows, lime_rows, occlusion_rows, start_rows
from benchmarks.measuring import Row
from benchmarks.networks import NETWORKS, subject
from benchmarks.tables import table, write

OF_NETWORK = {
    "lime": lime_rows.rows,
    "occlusion": occlusion_rows.rows,
    "gradcam": gradient_rows.gradcam_rows,
    "deepdream": gradient_rows.deepdream_rows,
}
# Captum's Occlusion is measured beside ours.
ROWS = (*OF_NETWORK, "captum", "start")


def rows_of(given):
    if given.tables:
        for path in given.tables:
            yield from map(Row.of_json, json.loads(path.read_text(encoding="utf-8")))
    else:
        yield from measured(given)


def measured(given):
    if "start" in given.rows:
        yield from start_rows.rows(given)
    for name in given.networks:
        about = subject(name)
        for kind, rows in OF_NETWORK.items():
            if kind in given.rows:
                yield from rows(about, given)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--networks", nargs="*", default=NETWORKS, choices=NETWORKS)
    parser.add_argument("--rows", nargs="*", default=ROWS, choices=ROWS)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--samples", type=int, default=2048, help="of imageLIME, for the smallest")
    parser.add_argument("--write", action="store_true", help="rewrite docs/performance.md")
    parser.add_argument("--json", type=Path, help="write the figures of all rounds to a file")
    parser.add_argument("--tables", type=Path, nargs="+", metavar="JSON",
                        help="measure nothing, but take what --json wrote")  # fmt: skip
    given = parser.parse_args()
    tables = {}
    for row in rows_of(given):
        met = {None: "", True: "met", False: "MISSED"}[row.met]
        target = f"(target {row.target}) {met}" if row.target else ""
        spread = f"[{row.values.min():.2f} to {row.values.max():.2f}]"
        print(f"{row.network:19} {row.what}: {row.median:.2f}{row.unit} {spread} {target}",
              flush=True)  # fmt: skip
        tables.setdefault(row.table, []).append(row)
        if given.json:  # a run that is broken off leaves what it has
            rows = [row.as_json() for rows in tables.values() for row in rows]
            given.json.write_text(json.dumps(rows, indent=1), encoding="utf-8")
    if given.write:
        for name, rows in tables.items():
            write(name, table(rows))


if __name__ == "__main__":
    main()
