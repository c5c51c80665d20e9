"""The page lists the classes that are known, and names tests that are there."""

import re
from pathlib import Path

from matxai.nets.mat_files.building import known_classes

PAGE = Path(__file__).parents[3] / "docs" / "mat-files.md"
ROWS = [
    line.split("|") for line in PAGE.read_text(encoding="utf-8").splitlines() if "Layer`" in line
]
TABLE = [row for row in ROWS if len(row) == 6]


def test_the_table_lists_all_classes_and_no_others():
    listed = [name for row in TABLE for name in re.findall(r"`(\w+Layer)`", row[1])]
    assert sorted(listed) == known_classes()


def test_each_row_names_tests_that_build_its_classes():
    for row in TABLE:
        files = re.findall(r"`(test_\w+\.py)`", row[3])
        assert files, row[1]
        tests = "".join(
            (Path(__file__).parent / name).read_text(encoding="utf-8") for name in files
        )
        for name in re.findall(r"`(\w+Layer)`", row[1]):
            # Tests that go through dimensions or kinds write names with a gap.
            pattern = re.sub(r"\dD|Average|Max", r"(\g<0>|\\{.*?\\}D?)", name)
            assert re.search(pattern, tests) or "test_real_files.py" in files, name
