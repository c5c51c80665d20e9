"""List the layers that gradCAM chooses by itself, for networks whose architecture is known.

    python scripts/feature_layer_table.py FOLDER            prints the table
    python scripts/feature_layer_table.py FOLDER --write    and rewrites it in docs/networks.md

FOLDER holds the ONNX files that MATLAB wrote. Needs the extra test. The test
compat_tests/explain/test_feature_layers.py does the same.
"""

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "networks.md"
sys.path.insert(0, str(ROOT / "compat_tests"))

import feature_layer_table as feature_layers  # noqa: E402


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true", help=f"rewrite the table in {PAGE.name}")
    arguments = parser.parse_args()
    missing = [
        n for n in feature_layers.FROM_MATLAB if not (arguments.folder / f"{n}.onnx").exists()
    ]
    if missing:
        parser.error(f"there is no {missing[0]}.onnx in {str(arguments.folder)!r}")
    rows = feature_layers.all_rows(arguments.folder)
    print(feature_layers.table(rows))
    if arguments.write:
        page = PAGE.read_text(encoding="utf-8")
        PAGE.write_text(feature_layers.with_table(page, rows), encoding="utf-8")


if __name__ == "__main__":
    main()
