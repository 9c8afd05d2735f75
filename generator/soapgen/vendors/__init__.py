"""What single vendors do beyond the specifications, each in a package of its own.

In: nothing. Out: for each vendor how its services are known, report failure and let a client in,
and how its documentation differs from the wire. A package in this folder is a vendor if it has a
``VENDOR``; no other module has to name it.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Protocol

from ..contract import Chosen
from ..contract.model import Contract, ElementParticle, Port, QName, Type
from ..errors import SourceError
from ..messages import MakeStyle, MessageStyle
from ..plan import Conventions
from ..sources import Documents

if TYPE_CHECKING:
    from lxml import etree


class Differences(Protocol):
    """Takes out of documented messages what the vendor's pages show and the wire does not."""

    def take_out(
        self, envelope: etree._Element, message: ElementParticle | None
    ) -> tuple[str, ...]:
        """Change ``envelope`` in place, and return the names of the rules that changed it."""


@dataclass(frozen=True, slots=True)
class Vendor:
    """What the services of one vendor do beyond the specifications.

    Attributes:
        name: What the vendor is called.
        conventions: How its services report failure, and how they let a client in.
        pages: Makes what writes messages of a port as its reference pages show them, from the
            contract, the port, the namespaces of the schemas in the order of the WSDL, and what
            stands for every date and time.
        differences: Makes what takes out of documented messages what the wire does not show, from
            the port and the types of the contract.
    """

    name: str
    conventions: Conventions
    pages: Callable[[Contract, Port, Sequence[str], str], MessageStyle] | None = None
    differences: Callable[[Port, Mapping[QName, Type]], Differences] | None = None


@cache
def vendors() -> tuple[Vendor, ...]:
    """Every vendor that soapgen knows, in the order of their packages' names."""
    packages = sorted(module.name for module in pkgutil.iter_modules(__path__) if module.ispkg)
    return tuple(import_module(f"{__name__}.{name}").VENDOR for name in packages)


def conventions(known: Iterable[Vendor] | None = None) -> tuple[Conventions, ...]:
    """The conventions of the ``known`` vendors; by default of all."""
    return tuple(vendor.conventions for vendor in (vendors() if known is None else known))


def vendor_of(port: Port) -> Vendor | None:
    """The vendor by whose response headers ``port`` is known; None if there is none."""
    headers = {
        part.element.name.local
        for operation in port.binding.operations
        if operation.output is not None
        for part in operation.output.headers
    }
    known = (vendor for vendor in vendors() if headers >= vendor.conventions.failure_headers)
    return next(known, None)


def as_documented(timestamp: str) -> MakeStyle:
    """Messages as the reference pages of their vendor show them.

    ``timestamp`` stands for every date and time. What it returns raises SourceError where no vendor
    is known whose pages show messages of the service.
    """

    def make(chosen: Chosen, documents: Documents, contract: Contract) -> MessageStyle:
        vendor = vendor_of(chosen.port)
        if vendor is None or vendor.pages is None:
            raise SourceError(
                f"service {chosen.name} is of no vendor whose reference pages soapgen knows",
                place=chosen.service.place,
                hint="show its messages with --style wire",
            )
        namespaces = [schema.namespace for schema in documents.schemas]
        return vendor.pages(contract, chosen.port, namespaces, timestamp)

    return make
