"""How far what changes at one cut reaches at the next: a network's cuts, whatever the changes."""

from __future__ import annotations

from matxai.nets.partial.cost import Costs
from matxai.nets.partial.cuts import CutNetwork
from matxai.nets.partial.reach import Reaches, reaches_from

__all__ = ["Trail"]

# Cuts further apart are not tried: windows grow with what lies between.
FARTHEST = 8


class Trail:
    """The cuts of a network up to where changes can be followed.

    Parameters
    ----------
    network : CutNetwork
        The network.
    start : str
        The cut up to which each place depends on that place of the image only.

    Attributes
    ----------
    cuts : list of str
        The tensors.
    sizes : dict of str to list of int
        Their channels, rows and columns, and those of the mean.
    steps : list of Reaches
        From each cut to the next.
    pairs : dict of (int, int) to Reaches
        From cuts to later ones that are not too far.
    mean : str or None
        What averages the last cut: means of windows can take part in its means.
    costs : Costs
        What computing costs.
    input : str
        The network's input.
    """

    def __init__(self, network: CutNetwork, start: str):
        self.input = network.input
        self.cuts = [start]
        self.steps: list[Reaches] = []
        self._follow(network)
        self.mean = network.mean_of(self.cuts[-1])
        self.costs = Costs(network.nodes, network.shapes, network.output)
        names = self.cuts if self.mean is None else [*self.cuts, self.mean]
        self.sizes = {name: list(network.shapes[name][1:]) for name in names}
        self.pairs = self._pairs()

    def _follow(self, network: CutNetwork) -> None:
        """Go on from cut to cut as long as it is known what changes."""
        made_by = {name: i for i, node in enumerate(network.nodes) for name in node.output}
        last = self.cuts[0]
        for cut in network.cuts[network.cuts.index(last) + 1 :]:
            between = network.nodes[made_by.get(last, -1) + 1 : made_by[cut] + 1]
            found = reaches_from(between, last, network.shapes, network.constants).get(cut)
            if found is None:
                return
            self.steps.append(found)
            self.cuts.append(cut)
            last = cut

    def between(self, i: int, j: int) -> Reaches:
        """Say how a cut depends on an earlier one."""
        reaches = Reaches()
        for step in self.steps[i:j]:
            reaches = reaches.then(step)
        return reaches

    def _pairs(self) -> dict[tuple[int, int], Reaches]:
        found = {}
        for j in range(1, len(self.cuts)):
            reaches = Reaches()
            for i in reversed(range(max(0, j - FARTHEST), j)):
                reaches = found[i, j] = self.steps[i].then(reaches)
        return found
