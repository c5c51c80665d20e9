"""All uses of one network, written with newer functions; or the reason why that is not sure."""

from __future__ import annotations

import dataclasses
from typing import Any

from matxai.port import syntax
from matxai.port.modernizing_bindings import Bindings
from matxai.port.modernizing_labels import Labels
from matxai.port.modernizing_networks import OLDER_NETWORKS, dlnetworks, new_network
from matxai.port.modernizing_nodes import Unsure, apply, called, name_like, pairs
from matxai.port.notes import Note
from matxai.port.scopes import base_name

__all__ = ["OLDER_NETWORKS", "Rewriter", "Unsure", "called"]

_EXPLAINERS = frozenset(["gradCAM", "imageLIME", "occlusionSensitivity"])
_PREDICTING = frozenset(["MiniBatchSize", "ExecutionEnvironment"])
_INPUT = syntax.Number("1")
_WRITTEN = frozenset(
    [
        "categorical", "find", "imagePretrainedNetwork", "importNetworkFromONNX",
        "minibatchpredict", "scores2label",
    ]
)  # fmt: skip


class Rewriter:
    """Write all uses of a network newly.

    Parameters
    ----------
    net : str
        The network's variable.
    known : Bindings
        What the variables of the body are.
    own : frozenset of str
        Functions that hide those of MATLAB.
    taken : set of str
        Names that new variables must not have.

    Attributes
    ----------
    notes : list of Note
        What is left as it was.
    made : set of str
        Names of new variables.
    """

    def __init__(self, net: str, known: Bindings, own: frozenset[str], taken: set[str]) -> None:
        self.net, self.known, self.own = net, known, own
        self.notes: list[Note] = []
        self.made: set[str] = set()
        self._taken = taken
        self._classes = ""
        self._labels = Labels(self)

    @property
    def classes(self) -> str:
        """The variable of the names of the network's classes."""
        if not self._classes:
            self._classes = self.fresh("classNames")
        return self._classes

    def fresh(self, wanted: str) -> str:
        """Return a name that no variable has."""
        name, count = wanted, 2
        while name in self._taken | self.made or self.known.is_variable(name):
            name, count = f"{wanted}{count}", count + 1
        self.made.add(name)
        return name

    def hidden(self, name: str) -> bool:
        """Tell whether a name is not MATLAB's function here."""
        return name in self.own or self.known.is_variable(name)

    def statements(self, body: tuple[syntax.Statement, ...]) -> tuple[syntax.Statement, ...]:
        """Rewrite a body.

        Raises
        ------
        Unsure
            If it is not sure that the numbers stay.
        """
        for name in sorted(_WRITTEN):
            if self.hidden(name):
                raise Unsure(body[0].line, f"{name} is something else here")
        self._labels.find(body)
        return self._statements(dlnetworks(body, self.net, self.hidden))

    def _statements(self, body: tuple[syntax.Statement, ...]) -> tuple[syntax.Statement, ...]:
        return tuple(new for old in body for new in self._statement(old))

    def _statement(self, node: syntax.Statement) -> tuple[syntax.Statement, ...]:
        if isinstance(node, syntax.Command):
            if self.net in node.words:
                raise Unsure(node.line, f"{node.name} works on {self.net} by its name")
        elif isinstance(node, syntax.Unparsed):
            raise Unsure(node.line, "a line that is no MATLAB may use it")
        elif isinstance(node, syntax.Assign):
            return self._assign(node)
        elif isinstance(node, (syntax.Global, syntax.Persistent)) and self.net in node.names:
            raise Unsure(node.line, f"{self.net} is shared with other functions")
        return (self._rebuilt(node),)

    def _rebuilt(self, node: Any) -> Any:
        """Rewrite the parts of a node."""
        if isinstance(node, tuple):
            if node and all(isinstance(item, syntax.Statement) for item in node):
                return self._statements(node)
            return tuple(self._rebuilt(item) for item in node)
        if isinstance(node, syntax.Expression):
            return self.expression(node)
        if not isinstance(node, syntax.Node):
            return node
        return self._parts(node)

    def _parts(self, node: syntax.Node) -> syntax.Node:
        changes = {}
        for each in dataclasses.fields(node):
            old = getattr(node, each.name)
            new = self._rebuilt(old) if isinstance(old, (tuple, syntax.Node)) else old
            if new is not old and new != old:
                changes[each.name] = new
        return dataclasses.replace(node, **changes) if changes else node

    # Statements

    def _assign(self, node: syntax.Assign) -> tuple[syntax.Statement, ...]:
        if any(base_name(target) == self.net for target in node.targets):
            if node.targets != (syntax.Name(self.net),):
                raise Unsure(node.line, f"{self.net} is changed")
            return new_network(self, node)
        if self._is_call(node.value, "dag2dlnetwork"):
            return (self._same_network(node),)
        if self._is_call(node.value, "classify"):
            return self._classified(node)
        return (self._parts(node),)

    def _is_call(self, node: syntax.Expression, name: str) -> bool:
        return (
            called(node) == name
            and not self.hidden(name)
            and isinstance(node, syntax.Apply)
            and node.arguments[:1] == (syntax.Name(self.net),)
        )

    def _same_network(self, node: syntax.Assign) -> syntax.Assign:
        """Write ``dlnet = net``, where nothing changes the one or the other."""
        target = node.targets[0]
        if not isinstance(target, syntax.Name) or self.known.values(target.name) is None:
            raise Unsure(node.line, "the dlnetwork that is made of it is changed later")
        return dataclasses.replace(node, value=syntax.Name(self.net))

    def _classified(self, node: syntax.Assign) -> tuple[syntax.Statement, ...]:
        """Write ``[label, scores] = classify(net, X)``."""
        label, *more = node.targets
        if len(more) > 1 or (more and not isinstance(label, (syntax.Name, syntax.Ignored))):
            raise Unsure(node.line, "it does not assign to plain variables")
        shown = []
        if more and isinstance(more[0], syntax.Name):
            predicted = self._predicted(node.value)
            first = self._put(node, more[0], predicted, node.printed and label == syntax.Ignored())
            if isinstance(label, syntax.Ignored):
                return (first,)
            scores: syntax.Expression = more[0]
            lines = [first]
            if node.printed:
                shown = [syntax.Show(more[0], True, **_place(node))]
        elif more and not isinstance(more[0], syntax.Ignored):
            raise Unsure(node.line, "it does not assign to plain variables")
        else:
            scores, lines = self._predicted(node.value), []
        if isinstance(label, syntax.Ignored):
            return ()
        target = self._rebuilt(label)
        value = apply("scores2label", scores, syntax.Name(self.classes), at=node)
        lines.append(self._put(node, target, value, node.printed))
        return (*lines, *shown, *self._labels.channel_of(node))

    def _put(
        self, node: syntax.Assign, target: Any, value: syntax.Expression, printed: bool
    ) -> syntax.Assign:
        return syntax.Assign((target,), value, printed, **_place(node))

    def _predicted(self, node: syntax.Apply) -> syntax.Expression:
        """Write the scores that ``classify(net, X, …)`` or ``predict(net, X, …)`` computes."""
        _, *arguments = node.arguments
        given = pairs(arguments[1:])
        if not arguments or given is None or not set(given) <= _PREDICTING:
            raise Unsure(node.line, f"these arguments of {called(node)} have no newer form")
        self.check_images(arguments[0])
        rest = [self._rebuilt(a) for a in arguments]
        return apply("minibatchpredict", syntax.Name(self.net), *rest, at=node)

    def check_images(self, X: syntax.Expression) -> None:
        """Refuse what may be sequences, which newer functions take the other way round."""
        if self.imported and not self.known.image(X):
            raise Unsure(X.line, f"whether {X.source or 'its input'} is an image is not known")

    @property
    def imported(self) -> bool:
        """Whether the network comes from a file."""
        return not self.known.all_are(self.net, lambda v, _: called(v) != "importONNXNetwork")

    # Expressions

    def expression(self, node: syntax.Expression) -> syntax.Expression:
        """Rewrite an expression."""
        if isinstance(node, syntax.Name):
            if node.name == self.net:
                raise Unsure(node.line, f"{self.net} is used here in another way")
            return node
        if isinstance(node, syntax.Text) and node.value == self.net:
            raise Unsure(node.line, f"{self.net} is used by its name")
        if isinstance(node, syntax.Lambda) and self._hides(node.parameters):
            raise Unsure(node.line, "a parameter has the name of the network")
        if isinstance(node, syntax.Field):
            return self._field(node)
        if isinstance(node, syntax.Apply):
            return self._apply(node)
        return self._parts(node)

    def _hides(self, parameters: tuple[str, ...]) -> bool:
        return bool({self.net, *self._labels.names} & set(parameters))

    def _field(self, node: syntax.Field) -> syntax.Expression:
        layer = self._layer(node.base)
        if layer == _INPUT:
            return node
        if isinstance(layer, syntax.End) and node.name == "Classes":
            names = syntax.Name(self.classes)
            return apply("categorical", names, names, at=node)
        if node == syntax.Field(syntax.Name(self.net), "InputNames"):
            return node
        return self._parts(node)

    def _layer(self, node: syntax.Expression) -> syntax.Expression | None:
        """Return the number of a layer of the network, where a node is one."""
        layers = syntax.Field(syntax.Name(self.net), "Layers")
        if isinstance(node, syntax.Apply) and node.base == layers and len(node.arguments) == 1:
            return node.arguments[0]
        return None

    def _apply(self, node: syntax.Apply) -> syntax.Expression:
        name = called(node)
        if node.arguments[:1] == (syntax.Name(self.net),) and not self.hidden(name or ""):
            if name == "classify":
                scores = self._predicted(node)
                return apply("scores2label", scores, syntax.Name(self.classes), at=node)
            if name == "predict":
                return self._predicted(node)
            if name == "activations":
                return self._activations(node)
            if name in _EXPLAINERS:
                return self._explainer(node)
            if name == "deepDreamImage" and name_like(node.arguments[1:2]):
                rest = [self._rebuilt(a) for a in node.arguments[1:]]
                return dataclasses.replace(node, arguments=(syntax.Name(self.net), *rest))
        subscript = self._labels.subscript(node)
        if subscript is not None:
            return dataclasses.replace(node, arguments=(subscript,))
        return self._parts(node)

    def _activations(self, node: syntax.Apply) -> syntax.Expression:
        """Write ``activations(net, X, layer)``, where the layer surely has spatial dimensions."""
        net, *arguments = node.arguments
        if len(arguments) < 2:
            raise Unsure(node.line, "activations has no layer")
        self.check_images(arguments[0])
        X, layer, *options = (self._rebuilt(a) for a in arguments)
        given = pairs(tuple(options))
        spatial = isinstance(layer, syntax.Text) and layer.value.lower().startswith("conv")
        if spatial and given is not None and set(given) <= _PREDICTING:
            named = syntax.Named("Outputs", layer, **_place(layer))
            return apply("minibatchpredict", net, X, *options, named, at=node)
        if "OutputAs" in (given or ()):
            why = "minibatchpredict has no OutputAs"
        elif isinstance(layer, syntax.Text):
            why = "minibatchpredict gives another shape where a layer has no spatial dimensions"
        else:
            why = "the name of the layer, and so its shape, is not known"
        self.notes.append(Note(node.line, "differs", "activations", f"not modernized: {why}"))
        return dataclasses.replace(node, arguments=(net, X, layer, *options))

    def _explainer(self, node: syntax.Apply) -> syntax.Expression:
        net, *arguments = node.arguments
        if len(arguments) < 2 or pairs(tuple(arguments[2:])) is None:
            raise Unsure(node.line, f"these arguments of {called(node)} have no newer form")
        X, channel, *options = arguments
        chosen = self._labels.channel(node, X, channel)
        rest = [self._rebuilt(a) for a in options]
        return dataclasses.replace(node, arguments=(net, self._rebuilt(X), chosen, *rest))


def _place(node: syntax.Node) -> dict[str, Any]:
    return {"line": node.line, "last": node.last, "source": node.source}
