"""What soapgen raises, and nothing else.

SoapgenError            anything that ends a command with exit status 2, but for
├── GuardError          what was generated is not sound, a mistake in soapgen itself: status 70
├── SourceError         the WSDL or a schema cannot be read, or is not what it claims to be
│   └── LimitError      reading it would take more than a limit allows
├── UnsupportedError    the contract is sound, and uses something that soapgen cannot generate yet
└── OutputError         the output folder cannot be written, or contains work that would be lost
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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


class SoapgenError(Exception):
    """A failure that the user can do something about.

    Attributes:
        message: What is wrong, in one line.
        place: Where it is wrong; None if that is not known.
        hint: What to do about it, or an empty string.
    """

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


class UnsupportedError(SoapgenError):
    """The contract is sound, and uses something that soapgen cannot generate yet."""


class GuardError(SoapgenError):
    """What was generated is not sound, and is not written; a mistake in soapgen itself."""


class OutputError(SoapgenError):
    """The output folder cannot be written, or contains work that would be lost."""
