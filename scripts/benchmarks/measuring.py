"""Times of contestants that run one after the other, round by round, and the ratios of them."""

import time
from dataclasses import dataclass

import numpy as np


@dataclass
class Target:
    """What a ratio is to be: at least or at most a value."""

    value: float
    at_most: bool = False

    def met(self, value):
        return value <= self.value if self.at_most else value >= self.value

    def __str__(self):
        return f"{'≤' if self.at_most else '≥'} {self.value:g}"


@dataclass
class Row:
    """One line of a table: a figure in each round, and what it is to be."""

    table: str
    what: str
    network: str
    values: np.ndarray
    target: Target | None = None
    unit: str = ""

    @property
    def median(self):
        return float(np.median(self.values))

    @property
    def met(self):
        return None if self.target is None else bool(self.target.met(self.median))

    def as_json(self):
        return {
            "table": self.table, "what": self.what, "network": self.network,
            "values": [round(float(v), 4) for v in self.values], "median": self.median,
            "unit": self.unit,
            "target": None if self.target is None else str(self.target), "met": self.met,
        }  # fmt: skip

    @classmethod
    def of_json(cls, row):
        """Make the row that `as_json` gave."""
        target = row["target"]
        if target is not None:
            sign, value = target.split()
            target = Target(float(value), at_most=sign == "≤")
        values = np.array(row["values"])
        unit = row.get("unit", "")
        return cls(row["table"], row["what"], row["network"], values, target, unit)


def seconds_of(run):
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def rounds_of(contestants, rounds):
    """Time contestants; in each round all run one after the other, so that a slow minute slows all.

    Parameters
    ----------
    contestants : dict of str to (callable, float)
        What runs, and how many times as much the whole would be: linear cost is measured on a part.
    rounds : int
        Number of rounds. One before them is not counted: it makes what is kept.

    Returns
    -------
    dict of str to array of float
        Seconds of each round.
    """
    times = {name: [] for name in contestants}
    for i in range(rounds + 1):
        for name, (run, scale) in contestants.items():
            seconds = seconds_of(run) * scale
            if i:
                times[name].append(seconds)
    return {name: np.array(values) for name, values in times.items()}


def best_batch(score, image, sizes=(1, 2, 4, 8, 16), tries=5):
    """Return the batch size at which scoring is fastest, an image."""
    times = {}
    for size in sizes:
        batch = np.repeat(image[np.newaxis], size, axis=0)
        score(batch)
        times[size] = min(seconds_of(lambda batch=batch: score(batch)) for _ in range(tries)) / size
    return min(times, key=times.get)
