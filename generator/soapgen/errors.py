"""What soapgen raises, and what it says of that which it mends or leaves out.

SoapgenError            anything that ends a command with exit status 2, but for
├── GuardError          what was generated is not sound, a mistake in soapgen itself: status 70
├── SourceError         the WSDL or a schema cannot be read, or is not what it claims to be
│   ├── LimitError      reading it would take more than a limit allows
│   └── RepairError     something in it would have to be mended, and nothing may be
├── UnsupportedError    the contract is sound, and uses something that soapgen cannot generate yet
│   └── LeftOutError    something would be left out, and nothing may be
├── NothingLeftError    all that there is would be left out, for reasons of either kind
├── TemplateError       a template of the user's is wrong, or what it yields
├── CallError           a call cannot be made as it is given, or there is no answer to it
├── GivenError          what a user says of a part of the contract does not fit it
└── OutputError         the output folder cannot be written, or contains work that would be lost
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml import etree


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the sources: a document, and a line, counted from 1."""

    document: str
    line: int | None = None

    @classmethod
    def of(cls, element: etree._Element) -> Place:
        """The place of ``element``; the document has the name that it was parsed under."""
        line: object = element.sourceline
        name = element.getroottree().docinfo.URL
        return cls(str(name), line if isinstance(line, int) else None)

    def __str__(self) -> str:
        return self.document if self.line is None else f"{self.document}:{self.line}"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something that a source has and that nothing is generated for.

    Attributes:
        what: What it is.
        reason: Why it is left out.
        place: Where the reason is; None if that is not known.
        hint: What to do about it, or an empty string.
        is_wanted: Whether it is missed: a port for another protocol than SOAP is not.
        operation: The name of the operation that it is; empty where it is something else.
    """

    what: str
    reason: str
    place: Place | None = None
    hint: str = ""
    is_wanted: bool = True
    operation: str = ""

    @classmethod
    def because(cls, what: str, error: SoapgenError) -> LeftOut:
        """``what`` is left out because of ``error``."""
        return cls(what, error.message, error.place, error.hint)

    @classmethod
    def of_operation(cls, name: str, error: SoapgenError) -> LeftOut:
        """The operation ``name`` is left out because of ``error``."""
        return replace(cls.because(f"operation {name}", error), operation=name)

    def as_data(self) -> dict[str, object]:
        """It as data for JSON."""
        return {
            "what": self.what,
            "reason": self.reason,
            "hint": self.hint,
            "file": self.place.document if self.place else None,
            "line": self.place.line if self.place else None,
        }

    def __str__(self) -> str:
        """In one line: what, where, why, and what to do."""
        where = f" ({self.place})" if self.place else ""
        return f"{self.what}{where}: {self.reason}" + (f"; {self.hint}" if self.hint else "")


@dataclass(frozen=True, slots=True)
class Repair:
    """Something wrong in a source that is mended, because it can mean one thing only.

    Attributes:
        name: What kind of repair this is, of those in docs/sources.md.
        what: What is wrong, and what is read instead.
        place: Where it is.
    """

    name: str
    what: str
    place: Place

    def as_data(self) -> dict[str, object]:
        """It as data for JSON."""
        return {
            "repair": self.name,
            "what": self.what,
            "file": self.place.document,
            "line": self.place.line,
        }

    def __str__(self) -> str:
        """In one line: where, what and the kind of repair."""
        return f"{self.place}: {self.what} ({self.name})"


class SoapgenError(Exception):
    """A failure that the user can do something about.

    Attributes:
        message: What is wrong, in one line.
        place: Where it is wrong; None if that is not known.
        hint: What to do about it, or an empty string.
        left_out: What would be left out, if that is the failure.
    """

    left_out: tuple[LeftOut, ...] = ()

    def __init__(self, message: str, *, place: Place | None = None, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.place = place
        self.hint = hint

    def __str__(self) -> str:
        """The failure in one line: where, what, and what to do."""
        where = f"{self.place}: " if self.place else ""
        return f"{where}{self.message}" + (f"; {self.hint}" if self.hint else "")


class SourceError(SoapgenError):
    """The WSDL or a schema cannot be read, or is not what it claims to be."""


class LimitError(SourceError):
    """Reading the sources would take more than a limit allows."""


class RepairError(SourceError):
    """Something would have to be mended, and nothing may be."""

    def __init__(self, repairs: Sequence[Repair]) -> None:
        first, more = repairs[0], len(repairs) - 1
        rest = f"; and {more:,} more to mend" if more else ""
        super().__init__(
            f"{first.what} ({first.name}){rest}",
            place=first.place,
            hint="correct it, or leave --no-repair out",
        )
        self.repairs = tuple(repairs)


class UnsupportedError(SoapgenError):
    """The contract is sound, and uses something that soapgen cannot generate yet."""


class LeftOutError(UnsupportedError):
    """Something would be left out, and nothing may be."""

    def __init__(self, left_out: Sequence[LeftOut]) -> None:
        first, more = left_out[0], len(left_out) - 1
        rest = f", and {more:,} more" if more else ""
        super().__init__(
            f"{first.what} would be left out{rest}: {first.reason}",
            place=first.place,
            hint="correct it, or leave --strict out",
        )
        self.left_out = tuple(left_out)


class NothingLeftError(SourceError, UnsupportedError):
    """All that there is would be left out, for reasons of either kind."""

    def __init__(self, left_out: Sequence[LeftOut]) -> None:
        first = left_out[0]
        super().__init__(first.reason, place=first.place, hint=first.hint)
        self.left_out = tuple(left_out)


class GivenError(SoapgenError):
    """What a user says of a part of the contract does not fit it.

    Attributes:
        key: The keys that lead to it in the configuration, as ``names``, ``types``, ``PersonDTO``.
        reason: The message without them.
    """

    def __init__(self, reason: str, key: tuple[str, ...], *, hint: str = "") -> None:
        super().__init__(f"{'.'.join(key)}: {reason}", hint=hint)
        self.key = key
        self.reason = reason


class GuardError(SoapgenError):
    """What was generated is not sound, and is not written; a mistake in soapgen itself."""


class TemplateError(SoapgenError):
    """A template of the user's is wrong, or yields what is no sound Python."""


class CallError(SoapgenError):
    """A call cannot be made as it is given, or there is no answer to it that it could have."""


class OutputError(SoapgenError):
    """The output folder cannot be written, or contains work that would be lost."""


def require_nothing_left_out(left_out: Sequence[LeftOut]) -> None:
    """Refuse to leave out what is missed.

    Raises:
        LeftOutError: Something of ``left_out`` is missed.
    """
    if wanted := [item for item in left_out if item.is_wanted]:
        raise LeftOutError(wanted)
