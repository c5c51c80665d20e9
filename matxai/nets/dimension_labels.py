"""Labels of dimensions, and what they say of two arrays that are combined."""

from __future__ import annotations

from matxai.arguments import describe

__all__ = ["ORDER", "aligned", "canonical_order", "check_labels", "merged"]

ORDER = "SCBTU"
"""The labels, in the order that dimensions are put into."""

_ONCE = "CBT"


def check_labels(fmt: str, ndim: int, name: str = "fmt") -> str:
    """Check a format for an array of so many dimensions.

    Raises
    ------
    ValueError
        If it has other labels than S, C, B, T and U, one of C, B, T twice, or not one for each
        dimension.
    """
    labels = fmt.upper()
    if set(labels) - set(ORDER):
        raise ValueError(
            f"{name} must consist of the labels S (space), C (channel), B (batch), T (time) and U "
            f"(other), but is {fmt!r}."
        )
    twice = [label for label in _ONCE if labels.count(label) > 1]
    if twice:
        raise ValueError(f"{name} can have {twice[0]} only once, but is {fmt!r}.")
    if len(labels) != ndim:
        raise ValueError(
            f"{name} must have one label for each of the {ndim} dimensions, but is "
            f"{describe(fmt)}, which has {len(labels)}."
        )
    return labels


def canonical_order(labels: str) -> list[int]:
    """Say in which order the dimensions stand as S, C, B, T, U; those of one label keep theirs."""
    return sorted(range(len(labels)), key=lambda i: ORDER.index(labels[i]))


def merged(one: str, other: str) -> str:
    """Join the labels of two arrays: each as often as it is in the one that has more of it."""
    return "".join(label * max(one.count(label), other.count(label)) for label in ORDER)


def aligned(shape: tuple[int, ...], labels: str, wanted: str) -> tuple[int, ...]:
    """Give an array the dimensions that it lacks, of length 1: its shape under more labels.

    Of several dimensions of a label those that it has come first, as trailing ones of length 1
    need not be there in MATLAB.
    """
    sizes = {
        label: [n for n, own in zip(shape, labels, strict=True) if own == label] for label in ORDER
    }
    result = []
    for label in ORDER:
        have = sizes[label]
        result += have + [1] * (wanted.count(label) - len(have))
    return tuple(result)
