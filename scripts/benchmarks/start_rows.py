"""How long a person waits before anything happens."""

import subprocess
import sys

import numpy as np

from .measuring import Row, Target, seconds_of

TABLE = "start"
IMPORT = "import time; s = time.perf_counter(); import matxai; print(time.perf_counter() - s)"
HELP = "import sys; from matxai.cli import main; sys.argv = ['matxai', '--help']; main()"


def rows(given):
    def python(code):
        return subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout

    python(IMPORT)
    times = [float(python(IMPORT)) for _ in range(given.rounds)]
    yield Row(TABLE, "import matxai", "", np.array(times), Target(0.3, at_most=True), " s")
    times = [seconds_of(lambda: python(HELP)) for _ in range(given.rounds)]
    yield Row(TABLE, "matxai --help", "", np.array(times), Target(0.5, at_most=True), " s")
