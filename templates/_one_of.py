"""Choices of elements: only one of their branches may be given (XML Schema part 1, 3.8.4)."""

from __future__ import annotations

from .errors import InvalidValue


def one_of(tag: str, is_required: bool, *branches: tuple[str, tuple[object, ...]]) -> None:
    """Check that the members of at most one branch are given or, if one is required, of one.

    A member that is None or an empty list is not given.

    Raises:
        InvalidValue: Several are given, or none; the message names the first member of each branch.
    """
    given = [name for name, values in branches if any(map(_is_given, values))]
    if len(given) > 1 or (is_required and not given):
        *others, last = [name for name, _ in branches]
        got = " and ".join(given) or "none"
        raise InvalidValue(f"{tag}: expected one of {', '.join(others)} and {last}, got {got}")


def _is_given(value: object) -> bool:
    return value is not None and value != []
