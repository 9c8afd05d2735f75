"""Members that a restriction takes away: its values have none (XML Schema part 1, 3.4.6)."""

from __future__ import annotations

from collections.abc import Collection

from .errors import InvalidValue


def none_of(tag: str, *members: tuple[str, object], nil_members: Collection[str] = ()) -> None:
    """Check that no member is given, neither a value nor nil; one that is None is not given.

    Raises:
        InvalidValue: One is given; the message names the first of them.
    """
    for name, value in members:
        if value is not None or name in nil_members:
            raise InvalidValue(f"{tag}: the type has no {name}, which it takes away from its base")
