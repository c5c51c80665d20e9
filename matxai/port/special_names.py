"""What is asked of names: nargin, exist, feval, deal, isa and others."""

from __future__ import annotations

from matxai.port import syntax
from matxai.port.code import ATOM, COMPARE, Code, Refused, binary
from matxai.port.emitter import Emitter
from matxai.port.indexing import handle_call
from matxai.port.knowledge import ANY, LOGICAL, Kind

__all__ = ["HANDLERS"]

Nodes = tuple[syntax.Expression, ...]
_COUNT = Kind("double", "scalar", index=True, safe=True, whole=True, low=0)


def _nargin(emitter: Emitter, nodes: Nodes, nargout: int) -> Code:
    if emitter.routine is None or nodes:
        raise Refused("nargin outside of a function")
    if emitter.counted:
        return Code("nargin", ATOM, _COUNT)
    names = emitter.routine.node.parameters
    given = [emitter.python(n) for n in names if n not in ("~", "varargin")]
    if "~" in names:
        raise Refused("nargin where a parameter is ignored")
    listed = ", ".join([*given, *(["*varargin"] if "varargin" in names else [])])
    return Code(f"{emitter.helper('count_given')}({listed})", ATOM, _COUNT)


def _nargout(emitter: Emitter, nodes: Nodes, nargout: int) -> Code:
    if emitter.routine is None or nodes:
        raise Refused("nargout outside of a function")
    return Code("nargout", ATOM, _COUNT)


def _exist(emitter: Emitter, nodes: Nodes, nargout: int) -> Code | None:
    if not nodes or not isinstance(nodes[0], syntax.Text):
        return None
    what = nodes[1].value if len(nodes) > 1 and isinstance(nodes[1], syntax.Text) else ""
    name = nodes[0].value
    if what != "var":
        if not what and emitter.is_variable(name):
            return _is_there(emitter, name)
        return None
    return _is_there(emitter, name)


def _is_there(emitter: Emitter, name: str) -> Code:
    if not emitter.is_variable(name):
        return Code("False", ATOM, LOGICAL)
    python = emitter.python(name)
    if emitter.routine is not None:
        if name in emitter.routine.node.parameters and name in emitter.known:
            return Code(f"{python} is not None", COMPARE, LOGICAL)
        return Code(f"'{python}' in locals()", COMPARE, LOGICAL)
    return Code(f"'{python}' in globals()", COMPARE, LOGICAL)


def _feval(emitter: Emitter, nodes: Nodes, nargout: int) -> Code:
    from matxai.port.calls import call_function

    if not nodes:
        raise Refused("feval without a function")
    if isinstance(nodes[0], syntax.Text):
        return call_function(emitter, nodes[0].value, nodes[1:])
    function = emitter.value(nodes[0])
    if function.kind.name != "function_handle":
        raise Refused("feval of a name that is not constant")
    return handle_call(emitter, function, nodes[1:])


def _deal(emitter: Emitter, nodes: Nodes, nargout: int) -> Code | tuple:
    codes = [emitter.value(n) for n in nodes]
    if len(codes) == 1:
        codes = codes * max(nargout, 1)
    if len(codes) != max(nargout, 1):
        raise Refused("deal gives as many values as it takes")
    if nargout == 1:
        return codes[0]
    shares = frozenset().union(*(c.shares for c in codes))
    text = ", ".join(c.text for c in codes)
    return Code(text, ATOM, ANY, shares), [c.kind for c in codes]


def _eval(emitter: Emitter, nodes: Nodes, nargout: int) -> Code:
    from matxai.port.calls import call_function

    if len(nodes) == 1:
        text = emitter.value(nodes[0]).kind.const
        if isinstance(text, str) and text.isidentifier():
            return call_function(emitter, text, ())
    raise Refused("eval runs a text as code: write out what it runs")


def _refused(emitter: Emitter, nodes: Nodes, nargout: int) -> Code:
    raise Refused("it works on variables by their names")


def _isvarname(emitter: Emitter, nodes: Nodes, nargout: int) -> Code:
    code = emitter.value(nodes[0])
    return Code(f"{code.base}.isidentifier()", ATOM, LOGICAL)


def _logical_operator(operator: str) -> object:
    def write(emitter: Emitter, nodes: Nodes, nargout: int) -> Code | None:
        if len(nodes) != 2:
            return None
        return emitter.value(syntax.Binary(operator, *nodes))

    return write


def _not(emitter: Emitter, nodes: Nodes, nargout: int) -> Code:
    return emitter.value(syntax.Unary("~", nodes[0]))


def _isfield(emitter: Emitter, nodes: Nodes, nargout: int) -> Code | None:
    base, field = (emitter.value(n) for n in nodes)
    if base.kind.name == "struct" and base.kind.scalar and field.kind.one_text:
        return binary("in", field, base, LOGICAL)
    return None


HANDLERS = {
    "nargin": _nargin,
    "nargout": _nargout,
    "exist": _exist,
    "feval": _feval,
    "deal": _deal,
    "eval": _eval,
    "evalin": _refused,
    "assignin": _refused,
    "evalc": _refused,
    "isvarname": _isvarname,
    "isfield": _isfield,
    "not": _not,
    "and": _logical_operator("&"),
    "or": _logical_operator("|"),
    "eq": _logical_operator("=="),
    "ne": _logical_operator("~="),
    "lt": _logical_operator("<"),
    "le": _logical_operator("<="),
    "gt": _logical_operator(">"),
    "ge": _logical_operator(">="),
    "plus": _logical_operator("+"),
    "minus": _logical_operator("-"),
    "times": _logical_operator(".*"),
    "rdivide": _logical_operator("./"),
    "mtimes": _logical_operator("*"),
    "power": _logical_operator(".^"),
}
