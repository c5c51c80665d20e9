"""The error for what Python's values leave open, though MATLAB's own would tell."""

__all__ = ["NotKnownError"]


class NotKnownError(ValueError, NotImplementedError):
    """What MATLAB would do depends on something that Python's values do not tell.

    Mostly whether a vector is a row or a column, or a text is char or string. It is a ValueError,
    for the value can be given in a clearer form; and a NotImplementedError, which the handlers of
    errors in ported scripts let pass, for MATLAB itself would not raise one.
    """
