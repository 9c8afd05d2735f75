"""Members that a restriction takes away: its values have none (XML Schema part 1, 3.4.6)."""

from __future__ import annotations

from collections.abc import Collection

from .errors import InvalidValue


def none_of(tag: str, *members: tuple[object, ...], nil_members: Collection[str] = ()) -> None:
    """Check that no member is given, neither a value nor nil.

    Each of ``members`` is a name, a value and, if the member has one, its default. One that is None
    or its default is not given.

    Raises:
        InvalidValue: One is given; the message names the first of them.
    """
    for name, value, *default in members:
        if (value is not None and value not in default) or name in nil_members:
            raise InvalidValue(f"{tag}: the type has no {name}, which it takes away from its base")
