"""What Acme adds to SOAP: a status in the header of each answer."""

from __future__ import annotations

from typing import Protocol

from .errors import ServerFailure


class Status(Protocol):
    """How a call went."""

    @property
    def code(self) -> str | None:
        """``OK``, or the kind of failure."""

    @property
    def text(self) -> str | None:
        """What went wrong."""


class Statuses(Protocol):
    """The headers of an answer."""

    @property
    def status(self) -> Status | None:
        """How the call went, if the server says so."""


def raise_status(soap_headers: Statuses) -> None:
    """Raise ServerFailure if ``soap_headers`` say that the call failed."""
    status = soap_headers.status
    if status is not None and status.code != "OK":
        raise ServerFailure(status.text or "", type=status.code or "", parameters={})
