"""What is raised where a program cannot be ported, or a part of it cannot be read."""

from __future__ import annotations

__all__ = ["PortError", "UnreadableError"]


class PortError(ValueError):
    """The input is no MATLAB program, or no file of one."""


class UnreadableError(Exception):
    """Part of a program that has no place in the tree; the message is the reason.

    It never leaves the parser, which puts an Unparsed statement in its place.
    """
