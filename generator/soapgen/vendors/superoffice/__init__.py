"""What SuperOffice's NetServer does beyond SOAP, and how its reference pages differ from the wire.

NetServer reports failures in headers of a response with HTTP status 200, answers a refused log-in
with success, and gives tickets that expire.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from ...contract.model import QName, Type
from ...contract.services import Contract, Operation, Port
from ...given import PageLayout
from ...messages import MessageStyle
from ...plan import Conventions
from .. import Rules, Vendor


def _pages(
    contract: Contract, port: Port, namespaces: Sequence[str], timestamp: str
) -> MessageStyle:
    from .pages import DocumentedStyle

    return DocumentedStyle(contract, port, namespaces, timestamp)


def _rules(port: Port, types: Mapping[QName, Type]) -> Rules:
    from .quirks import Quirks

    return Quirks(port, types)


def _adapted(operation: Operation, sample: str) -> str:
    from .login import let_in

    return let_in(sample, _LOGIN_MEMBERS)


_LOGIN_MEMBERS = frozenset({"AuthenticationSucceeded", "Credentials"})

# Pages of the agents' web API and of enumerations have descriptions; those on SOAP show examples
# alone. The headers that the former describe are those of HTTP.
_PAGE_LAYOUT = PageLayout(
    headings=(
        ("operations", r"POST Agents/(?P<service>\w+)/(?P<name>\w+)"),
        ("types", r"Response body: (?P<name>\w+)"),
        ("types", r"(?P<name>\w+) Enum"),
    ),
    columns=(
        ("parameters", "Property Name"),
        ("members", "Property Name"),
        ("values", "Name"),
    ),
)

VENDOR = Vendor(
    name="SuperOffice",
    conventions=Conventions(
        module="netserver",
        template=Path("vendors/superoffice/netserver.py"),
        failure_headers=frozenset({"ExceptionInfo", "Succeeded"}),
        raise_failure="raise_failure",
        login_members=_LOGIN_MEMBERS,
        check_login="accepted",
        page_layout=_PAGE_LAYOUT,
    ),
    pages=_pages,
    rules=_rules,
    adapt=_adapted,
)
