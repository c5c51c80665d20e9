"""Into which stages a network is cut, so that least is computed for changes of rectangles."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from matxai.nets.partial.grouping import Grouping, Pairs
from matxai.nets.partial.reach import Reaches
from matxai.nets.partial.rectangles import Rectangles
from matxai.nets.partial.trail import Trail
from matxai.nets.partial.windows import Spans, Windows, windows_for

__all__ = ["Group", "Plan", "Planner", "Stage"]

# Below this part of the cost of whole passes it is worth it.
_WORTH = 0.9
# Most classes of spans along one axis that are tried.
_CLASSES = 5
# Most cuts at which groups go over to computing the rest whole.
_ENDS = 2

Sides = tuple[Spans, Spans]


@dataclass(frozen=True)
class Stage:
    """From one cut to the next.

    Attributes
    ----------
    source, target : str
        The tensors.
    changed : (Spans, Spans)
        What changes of the source, for each distinct span of rows and of columns.
    rows, cols : Windows
        What is computed of the source's; what changes of the target comes out right.
    mean : bool
        Whether only the mean of what comes out is wanted; all of it is right then.
    """

    source: str
    target: str
    changed: Sides
    rows: Windows
    cols: Windows
    mean: bool = False


@dataclass(frozen=True)
class Group:
    """What to compute for changes that are computed together.

    Attributes
    ----------
    numbers : numpy.ndarray of int
        The changes.
    stages : list of Stage
        What is computed in windows, one after the other.
    last : str
        The tensor behind them, of which the rest is computed whole.
    changed : (Spans, Spans)
        What changes of it; of means, all.
    """

    numbers: np.ndarray
    stages: list[Stage]
    last: str
    changed: Sides


@dataclass(frozen=True)
class Plan:
    """What to compute for each of several changes.

    Attributes
    ----------
    start : str
        The tensor up to which each place depends on that place of the image only.
    groups : list of Group
        The changes, in groups.
    rectangles : Rectangles
        The changes.
    sizes : dict of str to list of int
        Channels, height and width of the tensors at the cuts.
    gain : float
        The cost of whole passes, divided by the plan's; as estimated.
    """

    start: str
    groups: list[Group]
    rectangles: Rectangles
    sizes: dict[str, list[int]]
    gain: float


class Planner:
    """Finds the cuts between which computing in windows costs least.

    Parameters
    ----------
    trail : Trail
        Where the network can be cut.
    rectangles : Rectangles
        What changes of the image.
    """

    def __init__(self, trail: Trail, rectangles: Rectangles):
        self.trail = trail
        self.rectangles = rectangles
        # What changes of each cut.
        rows, cols = (side.spans for side in rectangles.sides)
        self.changed: list[Sides] = [(rows, cols)]
        for cut, step in zip(trail.cuts[1:], trail.steps, strict=True):
            along = zip(step, self.changed[-1], trail.sizes[cut][1:], strict=True)
            rows, cols = (Spans(*reach.changed(*spans, size)) for reach, spans, size in along)
            self.changed.append((rows, cols))
        self._windows: dict[tuple[int, ...], Windows] = {}

    def best(self) -> Plan | None:
        """Choose the cuts of least cost; None where whole passes cost about the same."""
        pairs = Pairs(self.trail, self.changed)
        choices = []
        for count in range(1, _CLASSES + 1):
            grouping = Grouping(self.trail, self.changed, self.rectangles, count)
            costs = pairs.costs(grouping)
            choices.append((*self._chain(costs.sum(axis=(1, 2)), pairs), grouping, costs))
        cost, chain, means, grouping, costs = min(choices, key=lambda choice: choice[0])
        costs_of = self.trail.costs
        gain = costs_of.rest(self.trail.input) * self.rectangles.count / cost
        if len(chain) == 1 or gain * _WORTH <= 1:
            return None
        steps = costs[[pairs.number[pair] for pair in itertools.pairwise(chain)]]
        return self._plan(chain, means, grouping, steps, gain)

    def _chain(self, costs: np.ndarray, pairs: Pairs) -> tuple[float, list[int], bool]:
        """Choose cuts, given the costs of pairs: cost, their numbers, whether means end them."""
        trail, count = self.trail, self.rectangles.count
        cheapest: list[tuple[float, list[int]]] = [(0.0, [0])]
        for j in range(1, len(trail.cuts)):
            choices = [(cheapest[i][0] + costs[p], [*cheapest[i][1], j]) for i, p in pairs.into(j)]
            cheapest.append(min(choices))
        ends = [
            (cost + trail.costs.rest(cut) * count, chain, False)
            for cut, (cost, chain) in zip(trail.cuts, cheapest, strict=True)
        ]
        if trail.mean is not None:
            j, behind = len(trail.cuts) - 1, trail.costs.rest(trail.mean) * count
            for i, p in pairs.into(j):
                # Where each place depends on that place only, all of a window is right.
                if trail.pairs[i, j] == Reaches():
                    cost, chain = cheapest[i]
                    ends.append((cost + costs[p] + behind, [*chain, j], True))
        return min(ends)

    def _plan(
        self, chain: list[int], means: bool, grouping: Grouping, steps: np.ndarray, gain: float
    ) -> Plan:
        """Let each group go as far through a chain of cuts as it pays."""
        trail = self.trail
        before = np.concatenate([np.zeros((1, *grouping.counts.shape)), np.cumsum(steps, axis=0)])
        ends = [trail.cuts[i] for i in chain[:-1]]
        ends.append(trail.mean if means else trail.cuts[chain[-1]])
        rests = np.array([trail.costs.rest(end) for end in ends])
        totals = before + rests[:, np.newaxis, np.newaxis] * grouping.counts
        stops = totals.argmin(axis=0)
        # Each end has a session with all weights behind it: two of them are enough.
        votes = np.bincount(stops.ravel(), grouping.counts.ravel(), len(chain))
        kept = np.sort(np.argsort(votes, kind="stable")[-_ENDS:])
        stops = kept[totals[kept].argmin(axis=0)]
        groups = [
            self._group(chain[: stop + 1], means and bool(stop == len(chain) - 1), grouping, place)
            for place, stop in np.ndenumerate(stops)
            if grouping.counts[place]
        ]
        return Plan(trail.cuts[0], groups, self.rectangles, trail.sizes, gain)

    def through(self, chain: Sequence[int], classes: int = 1, means: bool = False) -> Plan:
        """Plan to go through chosen cuts, by their numbers, the first among them.

        With `means`, what lies between the last two keeps to places.
        """
        trail = self.trail
        grouping = Grouping(trail, self.changed, self.rectangles, classes)
        places = np.argwhere(grouping.counts)
        groups = [self._group(list(chain), means, grouping, tuple(place)) for place in places]
        return Plan(trail.cuts[0], groups, self.rectangles, trail.sizes, 1.0)

    def _group(
        self, chain: list[int], means: bool, grouping: Grouping, place: tuple[int, ...]
    ) -> Group:
        cuts = self.trail.cuts
        stages = []
        for i, j in itertools.pairwise(chain):
            rows, cols = (self._windows_of(i, j, axis, grouping, place[axis]) for axis in (0, 1))
            mean = means and j == chain[-1]
            stages.append(Stage(cuts[i], cuts[j], self.changed[i], rows, cols, mean))
        last = self.trail.mean if means else cuts[chain[-1]]
        return Group(grouping.numbers(*place), stages, last, self.changed[chain[-1]])

    def _windows_of(self, i: int, j: int, axis: int, grouping: Grouping, number: int) -> Windows:
        """Place the windows of a class of spans; groups share them."""
        key = (i, j, axis, number)
        if key not in self._windows:
            size = self.trail.sizes[self.trail.cuts[i]][1 + axis]
            among = grouping.classes[axis] == number
            reach = self.trail.between(i, j)[axis]
            self._windows[key] = windows_for(reach, self.changed[j][axis], size, among)
        return self._windows[key]
