"""Choices of elements: only one of their branches may be given (XML Schema part 1, 3.8.4)."""

from __future__ import annotations

from .errors import InvalidValue


def one_of(tag: str, is_required: bool, *branches: tuple[str, tuple[object, ...]]) -> None:
    """Check that the members of at most one branch are given or, if one is required, of one.

    A member that is None is not given. An empty list is: it is the value of one element.

    Raises:
        InvalidValue: Several are given, or none; the message names the first member of each branch.
    """
    given = [name for name, values in branches if any(one is not None for one in values)]
    if len(given) > 1 or (is_required and not given):
        *others, last = [name for name, _ in branches]
        got = " and ".join(given) or "none"
        raise InvalidValue(f"{tag}: expected one of {', '.join(others)} and {last}, got {got}")
