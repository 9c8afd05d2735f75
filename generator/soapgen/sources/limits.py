"""What reading the sources may take at most, and what it has taken so far."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields

from ..errors import LimitError, Place

MEGABYTE = 2**20

_DEEPEST = 250  # libxml2 refuses more than 256 levels


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading the sources may take at most. Nobody meets the defaults by accident.

    Attributes:
        size: The size of one document, unpacked, in bytes.
        total: The size of all documents of all sources, in bytes. A document that several WSDLs
            import counts for each of them.
        documents: The number of documents and schemas, counted in the same way.
        files: The number of files in one folder or archive, whether they are read or not.
        depth: How deep the elements of one document may be nested; at most 250.
        seconds: How long all that is read from addresses may take.

    Raises:
        ValueError: One is not a number above 0, or ``depth`` is more than 250.
    """

    size: int = 64 * MEGABYTE
    total: int = 512 * MEGABYTE
    documents: int = 10_000
    files: int = 100_000
    depth: int = 128
    seconds: float = 300.0

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if not (value > 0 and math.isfinite(value)):
                raise ValueError(f"the limit {field.name} must be a number above 0, not {value}")
        if self.depth > _DEEPEST:
            raise ValueError(f"the limit depth can be at most {_DEEPEST}, not {self.depth}")


class Meter:
    """Counts what reading takes, and refuses what is beyond the limits.

    Attributes:
        limits: The limits.
        seconds: How many seconds are left for reading from addresses.
    """

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.seconds = limits.seconds
        self._documents = 0
        self._bytes = 0

    def add_document(self, place: Place, size: int = 0) -> None:
        """Count one more document, or one more schema within a document, of ``size`` bytes.

        Raises:
            LimitError: There are too many, or they are too large together.
        """
        self._documents += 1
        self._bytes += size
        if self._documents > self.limits.documents:
            number = f"{self.limits.documents:,}"
            message = f"there are more than {number} documents to read"
            raise beyond(self.limits, "documents", message, place)
        if self._bytes > self.limits.total:
            most = shown_size(self.limits.total)
            message = f"the documents are together larger than {most}"
            raise beyond(self.limits, "total", message, place)

    def spend(self, seconds: float) -> None:
        """Count ``seconds`` for reading from an address."""
        self.seconds = max(0.0, self.seconds - seconds)


def beyond(limits: Limits, name: str, message: str, place: Place) -> LimitError:
    """The error for what is beyond the limit ``name``; it shows how to double this limit."""
    more = 2 * getattr(limits, name)
    if name == "depth":
        more = min(more, _DEEPEST)
    hint = (
        f"if that is right, raise the limit, for instance with --limit {name}={_option(name, more)}"
    )
    return LimitError(message, place=place, hint=hint)


def require_size(size: int, limits: Limits, place: Place) -> None:
    """Refuse a document of more bytes than one may have.

    Raises:
        LimitError: It is too large.
    """
    if size > limits.size:
        message = f"the document is larger than {shown_size(limits.size)}"
        raise beyond(limits, "size", message, place)


def shown_size(size: int) -> str:
    """A number of bytes, for messages: in megabytes, if it is a whole number of them."""
    megabytes, rest = divmod(size, MEGABYTE)
    return f"{size:,} bytes" if rest else f"{megabytes:,} MB"


def _option(name: str, value: float) -> str:
    """The value of a limit as ``--limit`` takes it."""
    if name in ("size", "total") and value % MEGABYTE == 0:
        return f"{value // MEGABYTE}MB"
    return f"{value:.12g}"
