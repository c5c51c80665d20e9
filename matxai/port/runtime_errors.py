"""The error of ported scripts where Python's values leave open what MATLAB would compute."""

__all__ = ["NotKnownError"]


class NotKnownError(NotImplementedError):
    """What MATLAB would do depends on something that Python's values do not tell.

    Mostly whether a vector is a row or a column, or a text is char or string. Ported handlers of
    errors let it pass, like the errors of lines that are not ported.
    """
