"""What all tests share."""

import os
import sys
from pathlib import Path

import hypothesis
import onnxruntime
import pytest

# Networks of tests are small: threads would cost them more than they save, waiting for work at the
# expense of the other workers. Before torch is imported.
os.environ.setdefault("OMP_NUM_THREADS", "1")


class OneThread(onnxruntime.SessionOptions):
    """ONNX Runtime's options, for which there is no variable."""

    def __init__(self):
        super().__init__()
        self.intra_op_num_threads = 1
        self.add_session_config_entry("session.intra_op.allow_spinning", "0")


onnxruntime.SessionOptions = OneThread

# A person who runs the tests waits for them; CI, which sets the variable, looks closer; and
# MATXAI_EXPLORE=200 looks where nobody has looked yet: with other examples in every run.
EXPLORE = int(os.environ.get("MATXAI_EXPLORE", "0"))
for name, examples in (("quick", 7), ("thorough", 30), ("explore", max(EXPLORE, 1))):
    hypothesis.settings.register_profile(
        name, deadline=None, max_examples=examples, derandomize=not EXPLORE, print_blob=True
    )
PROFILE = "thorough" if os.environ.get("CI") else "quick"
hypothesis.settings.load_profile("explore" if EXPLORE else PROFILE)


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(file_path, parent):
    """Look for no examples in the docstrings of tests: there are none, and it takes seconds."""
    return [each for each in (yield) if type(each) is pytest.Module]


@pytest.fixture(autouse=True)
def warnings_stay_on():
    """Undo ``warning("off")``, which ported scripts say: it holds for the whole process."""
    yield
    messages = sys.modules.get("matxai.lang.messages")
    if messages is not None:
        messages._SILENT.clear()


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
