"""What the services of one vendor do beyond SOAP, as far as generated code has to know it."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from pathlib import Path

from ..contract import Interface
from ..given import PageLayout


@dataclass(frozen=True, slots=True)
class Conventions:
    """How the services of a vendor report failure, and how they let a client in.

    Attributes:
        module: The name of the runtime module that is added to a package for them.
        template: The file that this module is a copy of: an absolute path, or one relative to the
            folder of the templates.
        failure_headers: The local names of the response headers that report failure. A service
            whose responses have all of them follows these conventions.
        raise_failure: The function of the module that raises an error if these headers of a
            response report a failure: ``(headers) -> None``.
        login_members: The local names of members that only the response to a log-in has.
        check_login: The function of the module that takes the parser of such a response, and
            returns a parser that raises an error for a refused log-in.
        page_layout: How the vendor's pages of documentation show what they describe; None if
            soapgen does not know them.
    """

    module: str
    template: Path
    failure_headers: frozenset[str]
    raise_failure: str
    login_members: frozenset[str] = frozenset()
    check_login: str = ""
    page_layout: PageLayout | None = None

    def are_followed_by(self, headers: Set[str]) -> bool:
        """Whether responses with ``headers``, by their local names, are those of the vendor."""
        return bool(self.failure_headers) and headers >= self.failure_headers

    def reports_failures(self, interface: Interface) -> bool:
        """Whether the responses of ``interface`` have the headers that report failure."""
        return self.are_followed_by({name.local for name in interface.response_headers})

    def is_login(self, members: set[str]) -> bool:
        """Whether a response with ``members``, given by local names, is that to a log-in."""
        return bool(self.login_members) and members >= self.login_members


NO_CONVENTIONS = Conventions("", Path(), frozenset(), "")
"""The conventions of a service that does nothing beyond SOAP."""


def conventions_of(interface: Interface, vendors: Sequence[Conventions]) -> Conventions:
    """The first of the ``vendors``' conventions that ``interface`` follows, if any."""
    for conventions in vendors:
        if conventions.reports_failures(interface) or any(
            conventions.is_login({use.element.name.local for use in body.uses})
            for body in interface.responses
        ):
            return conventions
    return NO_CONVENTIONS
