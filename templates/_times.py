"""Dates, times and durations that hold more than Python's own classes do.

XML Schema allows any number of digits of a second, and .NET sends seven; it also allows a date to
have a zone. A value is of a class in this module only if there is such a fact to hold: all others
are plain ``datetime``, ``date``, ``time`` and ``timedelta``. Arithmetic, ``replace`` and
``astimezone`` give plain values, without what these classes add.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, tzinfo
from decimal import Decimal
from typing import Any, ClassVar, TypeAlias

Zone: TypeAlias = tzinfo  # in a class, the name of the attribute hides that of the type


class Fine:
    """The base of values with digits beyond the microsecond.

    Comparisons take these digits into account. ``isoformat`` and ``str`` do not show them.

    Attributes:
        beyond: What the value has beyond its microseconds, in microseconds: 0.7 for the seventh
            digit of 1.2345677 seconds. Negative in a negative duration.
    """

    __slots__ = ()
    _plain: ClassVar[Any]  # the class of values without such digits
    beyond: Decimal

    def __new__(cls, *arguments: Any, beyond: Decimal = Decimal(0), **more: Any) -> Any:
        """A value by the arguments of its plain class; a plain one if nothing is ``beyond``.

        Raises:
            ValueError: ``beyond`` is a microsecond or more.
        """
        if not beyond:
            return cls._plain(*arguments, **more)
        if not -1 < beyond < 1:
            raise ValueError(f"expected a part of a microsecond, not {beyond}")
        value = cls._plain.__new__(cls, *arguments, **more)
        value.beyond = Decimal(beyond)
        return value

    def __reduce_ex__(self, protocol: Any) -> tuple[Any, ...]:
        made: Any = super().__reduce_ex__(protocol)
        return _restored, (type(self), made[1], {"beyond": self.beyond})

    def __repr__(self) -> str:
        return f"{super().__repr__()[:-1]}, beyond={self.beyond!r})"

    def __hash__(self) -> int:
        return int(self._plain.__hash__(self))

    def __eq__(self, other: object) -> Any:
        same = self._plain.__eq__(self, other)
        return self.beyond == _beyond(other) if same is True else same

    def __ne__(self, other: object) -> Any:  # the plain class has one, which knows no ``beyond``
        return not self == other

    def __lt__(self, other: Any) -> Any:
        same = self._plain.__eq__(self, other) is True
        return self.beyond < _beyond(other) if same else self._plain.__lt__(self, other)

    def __gt__(self, other: Any) -> Any:
        same = self._plain.__eq__(self, other) is True
        return self.beyond > _beyond(other) if same else self._plain.__gt__(self, other)

    def __le__(self, other: Any) -> Any:
        return self < other or self == other

    def __ge__(self, other: Any) -> Any:
        return self > other or self == other


class FineDatetime(Fine, datetime):
    """A ``datetime`` with digits beyond the microsecond, in ``beyond``."""

    __slots__ = ("beyond",)
    _plain = datetime

    def replace(self, *arguments: Any, **changes: Any) -> Any:
        """A plain value with other members."""
        return _without_beyond(self).replace(*arguments, **changes)

    __replace__ = replace


class FineTime(Fine, time):
    """A ``time`` with digits beyond the microsecond, in ``beyond``."""

    __slots__ = ("beyond",)
    _plain = time

    def replace(self, *arguments: Any, **changes: Any) -> Any:
        """A plain value with other members."""
        return _without_beyond(self).replace(*arguments, **changes)

    __replace__ = replace


class FineDuration(Fine, timedelta):
    """A ``timedelta`` with digits beyond the microsecond, in ``beyond``."""

    __slots__ = ("beyond",)
    _plain = timedelta

    def __bool__(self) -> bool:
        return True


class ZonedDate(date):
    """A ``date`` with a zone.

    It is equal to a date with the same zone only. It is ordered by its day alone.

    Attributes:
        tzinfo: The zone.
    """

    __slots__ = ("tzinfo",)
    tzinfo: Zone

    def __new__(cls, *arguments: Any, tzinfo: Zone | None = None, **more: Any) -> Any:
        """A date by the arguments of ``date``; a plain one without ``tzinfo``."""
        if tzinfo is None:
            return date(*arguments, **more)
        value = date.__new__(cls, *arguments, **more)
        value.tzinfo = tzinfo
        return value

    def __reduce_ex__(self, protocol: Any) -> tuple[Any, ...]:
        day = (self.year, self.month, self.day)
        return _restored, (type(self), day, {"tzinfo": self.tzinfo})

    def replace(self, *arguments: Any, **changes: Any) -> Any:
        """A plain date with other members."""
        return date(self.year, self.month, self.day).replace(*arguments, **changes)

    __replace__ = replace

    def __repr__(self) -> str:
        return f"{super().__repr__()[:-1]}, tzinfo={self.tzinfo!r})"

    __hash__ = date.__hash__

    def __eq__(self, other: object) -> Any:
        same = super().__eq__(other)
        return self.tzinfo == getattr(other, "tzinfo", None) if same is True else same

    def __ne__(self, other: object) -> Any:  # the plain class has one, which knows no ``tzinfo``
        return not self == other


def _beyond(value: Any) -> Decimal:
    return value.beyond if isinstance(value, Fine) else Decimal(0)


def _without_beyond(value: Any) -> Any:
    """``value`` without what it has beyond its microseconds."""
    _, arguments, *_ = value._plain.__reduce_ex__(value, 4)
    return value._plain(*arguments)


def _restored(kind: Any, arguments: tuple[Any, ...], more: dict[str, Any]) -> Any:
    """A value as it was before it was pickled or copied."""
    return kind(*arguments, **more)
