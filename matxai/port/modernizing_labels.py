"""Labels that networks gave, and the channels that they name."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from matxai.port import syntax
from matxai.port.modernizing_nodes import Unsure, apply, called
from matxai.port.scopes import walk

if TYPE_CHECKING:
    from matxai.port.modernizing_uses import Rewriter

__all__ = ["Labels"]

_EXPLAINERS = frozenset(["gradCAM", "imageLIME", "occlusionSensitivity"])


class Labels:
    """The labels of a network, and where their channels are needed.

    Parameters
    ----------
    rewriter : Rewriter
        The one that rewrites the network's uses.
    """

    def __init__(self, rewriter: Rewriter) -> None:
        self._rewriter = rewriter
        # Variables of labels, and the images that they are of; and of their channels.
        self._images: dict[str, syntax.Expression] = {}
        self._channels: dict[str, str] = {}
        # Labels that come with scores, of which the channel is that of the greatest.
        self._scored: set[str] = set()

    @property
    def names(self) -> frozenset[str]:
        """The variables of labels."""
        return frozenset(self._images)

    def find(self, body: tuple[syntax.Statement, ...]) -> None:
        """Look for variables of labels, and which of them name channels somewhere."""
        known = self._rewriter.known
        made = [n for n in walk(body) if isinstance(n, syntax.Assign)]
        for name in {n.targets[0].name for n in made if isinstance(n.targets[0], syntax.Name)}:
            values = known.values(name)
            images = {v.arguments[1] for v, p in values or () if self._is_classified(v, p)}
            if values and len(images) == 1 and all(self._is_classified(*v) for v in values):
                self._images[name] = images.pop()
                makers = [n for n in made if n.targets[0] == syntax.Name(name)]
                if all(map(_scores, makers)) and not self._rewriter.hidden("max"):
                    self._scored.add(name)
        once = len(known.values(self._rewriter.net) or ()) == 1
        fixed = self._rewriter.net not in known.looped or not self._rewriter.imported
        if once and fixed:
            self._name_channels(body)

    def _is_classified(self, value: syntax.Expression, place: int) -> bool:
        return (
            place == 0
            and isinstance(value, syntax.Apply)
            and called(value) == "classify"
            and not self._rewriter.hidden("classify")
            and len(value.arguments) > 1
            and value.arguments[0] == syntax.Name(self._rewriter.net)
        )

    def _name_channels(self, body: tuple[syntax.Statement, ...]) -> None:
        """Give those labels a variable of their channel that need one."""
        for node in walk(body):
            if not isinstance(node, syntax.Apply):
                continue
            explained = called(node) in _EXPLAINERS and len(node.arguments) > 2
            label = node.arguments[2] if explained else self._label_in(node)
            if (
                isinstance(label, syntax.Name)
                and label.name in self._images
                and label.name not in self._channels
                and self._one(label.name)
            ):
                self._channels[label.name] = self._rewriter.fresh("channelIdx")

    def _one(self, label: str) -> bool:
        """Tell whether a label is surely one."""
        return self._rewriter.known.image(self._images[label])

    def channel_of(self, node: syntax.Assign) -> tuple[syntax.Statement, ...]:
        """Write the channel behind the statement that makes a label."""
        label = node.targets[0]
        if not isinstance(label, syntax.Name) or label.name not in self._channels:
            return ()
        place = {"line": node.line, "last": node.last, "source": node.source}
        name = syntax.Name(self._channels[label.name])
        if label.name in self._scored:
            best = apply("max", _scores(node), at=node)
            return (syntax.Assign((syntax.Ignored(), name), best, False, True, **place),)
        return (syntax.Assign((name,), self._found(label, node), False, **place),)

    def _found(self, label: syntax.Expression, at: syntax.Node) -> syntax.Expression:
        """Write ``find(label == categorical(classNames))``."""
        names = apply("categorical", syntax.Name(self._rewriter.classes), at=at)
        place = {"line": at.line, "last": at.last, "source": at.source}
        return apply("find", syntax.Binary("==", label, names, **place), at=at)

    def channel(
        self, node: syntax.Apply, X: syntax.Expression, given: syntax.Expression
    ) -> syntax.Expression:
        """Write the channel in place of what an explainer is given.

        Raises
        ------
        Unsure
            If it is not known what that is.
        """
        if self._rewriter.known.index(given):
            return self._rewriter.expression(given)
        if isinstance(given, syntax.Name) and given.name in self._images:
            if not self._one(given.name):
                raise Unsure(node.line, f"whether {given.name} is one label is not known")
            if given.name in self._channels:
                return syntax.Name(self._channels[given.name])
            return self._found(given, node)
        if self._is_label(given):
            return self._found(self._rewriter.expression(given), node)
        raise Unsure(node.line, f"whether {given.source or 'it'} is one label is not known")

    def _is_label(self, node: syntax.Expression) -> bool:
        """Tell whether a value is surely one label: a text, or one of the network's classes."""
        known = self._rewriter.known
        if isinstance(node, syntax.Text):
            return node.value == node.value.strip()
        if isinstance(node, syntax.Name):
            return known.all_are(
                node.name, lambda v, p: isinstance(v, syntax.Text) and self._is_label(v)
            )
        if not isinstance(node, syntax.Apply) or len(node.arguments) != 1:
            return False
        return known.one_subscript(node.arguments[0]) and self._are_classes(node.base)

    def _are_classes(self, node: syntax.Expression) -> bool:
        """Tell whether a value surely consists of classes of the network."""
        if isinstance(node, syntax.Apply) and isinstance(node.base, (syntax.Name, syntax.Field)):
            return self._are_classes(node.base)
        if isinstance(node, syntax.Name):
            return self._rewriter.known.all_are(node.name, lambda v, p: self._are_classes(v))
        network = syntax.Name(self._rewriter.net)
        last = syntax.Apply(syntax.Field(network, "Layers"), (syntax.End(),))
        return node == syntax.Field(last, "Classes")

    # Subscripts

    def _label_in(self, node: syntax.Apply) -> syntax.Expression | None:
        """Return the label that scores are subscripted by."""
        known = self._rewriter.known
        if not isinstance(node.base, syntax.Name) or len(node.arguments) != 1:
            return None
        label = node.arguments[0]
        if not isinstance(label, syntax.Name) or label.name not in self._scored:
            return None
        scores = known.all_are(
            node.base.name,
            lambda v, p: (called(v), p) in (("classify", 1), ("predict", 0)),
        )
        return label if scores else None

    def subscript(self, node: syntax.Apply) -> syntax.Expression | None:
        """Return the channel in place of a label that subscripts scores, or None."""
        label = self._label_in(node)
        if not isinstance(label, syntax.Name) or label.name not in self._channels:
            return None
        return dataclasses.replace(label, name=self._channels[label.name])


def _scores(node: syntax.Assign) -> syntax.Expression | None:
    """Return the variable of the scores that come with a label."""
    scores = node.targets[1] if len(node.targets) > 1 else None
    return scores if isinstance(scores, syntax.Name) else None
