"""What an origin is: a folder, an archive or a host. Nothing outside of it is read.

A document has a *location* in its origin: a path, a path in the archive, or an address. An import
is resolved relative to the location of the document that contains it.
"""

from __future__ import annotations

from typing import Protocol

from .limits import Limits


class NotThereError(Exception):
    """There is no document at a location; has a message and a hint for the user."""

    def __init__(
        self, message: str = "there is no such file", hint: str = "check the path of the WSDL"
    ) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class OutsideError(Exception):
    """A reference leads out of the origin; has a phrase that says where to, and a hint."""

    def __init__(self, where: str, hint: str) -> None:
        super().__init__(where)
        self.where = where
        self.hint = hint


class Origin(Protocol):
    """A place that documents may be read from."""

    def read(self, location: str, limits: Limits, seconds: float) -> bytes:
        """The document at ``location``.

        Args:
            location: The location.
            limits: How large a document may be.
            seconds: How long reading may take, where it is read from a network.

        Raises:
            NotThereError: There is none.
            SourceError: It cannot be read, or is beyond a limit.
        """

    def resolve(self, location: str, reference: str) -> str:
        """The location that ``reference`` means in the document at ``location``.

        Raises:
            OutsideError: It leads out of this origin.
        """

    def identity(self, location: str) -> str:
        """A text that is the same for all locations of one document, and for no other document.

        What is known of a redirected address only after it was read changes its identity.
        """

    def key(self, location: str) -> str:
        """The document's name within the origin, without any path of this machine.

        Two documents of an origin have different keys, except where only a secret tells them apart.
        """

    def file_name(self, location: str) -> str:
        """The last part of the document's name, with the query of an address."""

    def shown(self, location: str) -> str:
        """The document's name for messages to the user."""

    def close(self) -> None:
        """Close what reading has opened; the next read opens it again."""
