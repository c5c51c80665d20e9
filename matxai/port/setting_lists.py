"""Several elements or fields get values at once: ``[c{:}] = deal(0)``, ``[s.name] = names{:}``."""

from __future__ import annotations

from matxai.port import syntax
from matxai.port.calls import called_function
from matxai.port.code import Code, Refused
from matxai.port.emitter import Emitter
from matxai.port.listing import comma_list
from matxai.port.places import forget_fields, place_of
from matxai.port.scopes import base_name
from matxai.port.storing import stored

__all__ = ["is_list", "set_list"]


def is_list(emitter: Emitter, node: syntax.Assign) -> bool:
    """Tell whether the one target of an assignment stands for several places."""
    target = node.targets[0]
    if not node.bracketed or base_name(target) not in emitter.known:
        return False
    return comma_list(emitter, target) is not None


def set_list(emitter: Emitter, node: syntax.Assign) -> None:
    """Write ``[c{:}] = …`` or ``[s.name] = …``."""
    target = node.targets[0]
    one, several = _value(emitter, node.value)
    if one is not None and not one.kind.plain:
        raise Refused("one value for several places, which share it in Python")
    place = place_of(emitter, target.base)
    if place.kind.name not in ("cell", "struct") or not place.kind.flat:
        raise Refused(f"what {place.text} consists of is not known")
    emitter.flush()
    if isinstance(target, syntax.Field):
        _set_fields(emitter, target, place, one, several)
    elif len(target.arguments) == 1 and isinstance(target.arguments[0], syntax.Colon):
        value = f"[{one.text}] * len({place.text})" if one else f"{several}[:len({place.text})]"
        emitter.write(f"{place.base}[:] = {value}")
    else:
        raise Refused("some elements of a cell array that are set at once")
    forget_fields(emitter, target)


def _value(emitter: Emitter, node: syntax.Expression) -> tuple[Code | None, str]:
    """Return the one value for all places, or the list of their values."""
    listed = comma_list(emitter, node)
    name, arguments = called_function(emitter, node)
    if listed is None and name == "deal" and "deal" not in emitter.file.routines:
        listed = comma_list(emitter, arguments[0]) if len(arguments) == 1 else None
        if listed is None and len(arguments) == 1:
            return emitter.value(arguments[0]), ""
        if listed is None:
            values = ", ".join(stored(emitter, emitter.value(a)) for a in arguments)
            return None, f"[{values}]"
    if listed is None:
        raise Refused("how many outputs are asked for, only the run tells")
    return None, Code(stored(emitter, listed), listed.level).base


def _set_fields(
    emitter: Emitter, target: syntax.Field, place: Code, one: Code | None, several: str
) -> None:
    each, value = emitter.temporary("each"), emitter.temporary("value")
    if one is not None:
        emitter.write(f"for {each} in {place.text}:", f"    {each}.{target.name} = {one.text}")
    else:
        emitter.write(
            f"for {each}, {value} in zip({place.text}, {several}):",
            f"    {each}.{target.name} = {value}",
        )
