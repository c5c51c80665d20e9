"""Hold both engines against onnx.reference on every file that MATLAB wrote.

    python scripts/engine_table.py FOLDER            prints the table of FOLDER's ONNX files
    python scripts/engine_table.py FOLDER --write    and rewrites it in docs/networks.md

Needs the extra test. The test compat_tests/nets/test_engine_table.py does the same.
"""

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "networks.md"
sys.path.insert(0, str(ROOT / "compat_tests"))

import engine_comparison as comparison  # noqa: E402


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true", help=f"rewrite the table in {PAGE.name}")
    arguments = parser.parse_args()
    files = sorted(arguments.folder.glob("*.onnx"))
    if not files:
        parser.error(f"there is no ONNX file in {str(arguments.folder)!r}")
    rows = [row for file in files for row in comparison.compare(file)]
    print(comparison.table(rows))
    if arguments.write:
        page = PAGE.read_text(encoding="utf-8")
        PAGE.write_text(comparison.with_table(page, rows), encoding="utf-8")


if __name__ == "__main__":
    main()
