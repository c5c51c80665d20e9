"""What all tests share."""

from pathlib import Path

import hypothesis
import pytest

hypothesis.settings.register_profile(
    "matxai", deadline=None, max_examples=40, derandomize=True, print_blob=True
)
hypothesis.settings.load_profile("matxai")

REFERENCE = Path(__file__).resolve().parents[2] / "shared" / "reference"


@pytest.fixture(scope="session")
def reference():
    """Give the path of a reference file, or skip where the reference data is not at hand."""

    def path(*parts):
        file = REFERENCE.joinpath(*parts)
        if not file.exists():
            pytest.skip(f"reference data {'/'.join(parts)} is not beside this checkout")
        return file

    return path
