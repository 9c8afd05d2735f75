"""What tests exchange with other stacks, as data and as a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

import pytest

from .stacks import STACKS, Stack

MARK = "exchange"


class Caller(StrEnum):
    """Who calls whom, as the table says it."""

    CLIENT = "generated client → its server"
    SERVE = "its client → `soapgen serve`"


class Contract(StrEnum):
    """Whose WSDL it is."""

    ITS_OWN = "its own"
    OURS = "ours"


@dataclass(frozen=True, slots=True)
class Exchange:
    """What one test exchanges.

    Attributes:
        stack: With whom.
        caller: Who calls whom.
        contract: Whose WSDL it is.
        style: The style and use of the binding.
        soap: The version of SOAP.
        what: What was exchanged, in a few words.
    """

    stack: Stack
    caller: Caller
    contract: Contract
    style: str
    soap: str
    what: str


_Test = TypeVar("_Test", bound=Callable[..., object])


def exchanged(
    stack: Stack,
    caller: Caller,
    contract: Contract,
    what: str,
    *,
    style: str = "document/literal",
    soap: str = "1.1",
) -> Callable[[_Test], _Test]:
    """Say what a test exchanges, so that it has its place in the table."""
    exchange = Exchange(stack, caller, contract, style, soap, what)

    def mark(test: _Test) -> _Test:
        return getattr(pytest.mark, MARK)(exchange)(test)  # type: ignore[no-any-return]

    return mark


def rows(exchanges: Iterable[Exchange], versions: Mapping[str, str]) -> list[str]:
    """The lines of the table: one for each stack, caller, contract, style and version of SOAP."""
    groups: dict[tuple[int, str, str, str, str], list[str]] = {}
    for item in exchanges:
        key = (STACKS.index(item.stack), item.caller, item.contract, item.style, item.soap)
        whats = groups.setdefault(key, [])
        if item.what not in whats:
            whats.append(item.what)
    lines = [
        "| peer | version | who calls | WSDL | style | SOAP | exchanged |",
        "|---|---|---|---|---|---|---|",
    ]
    for (position, *cells), whats in sorted(groups.items()):
        name = STACKS[position].name
        line = " | ".join([name, versions[name], *cells, "; ".join(sorted(whats))])
        lines.append(f"| {line} |")
    return lines
