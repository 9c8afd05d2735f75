"""What single vendors do beyond the specifications, each in a package of its own.

In: nothing. Out: for each vendor, how to recognise its services, how they report failure and log a
client in, and how its reference pages differ from the wire. Each package in this folder is a vendor
and has a ``VENDOR``; no other module has to name it.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Protocol

from ..contract import Chosen
from ..contract.model import ElementParticle, QName, Type
from ..contract.services import Contract, Operation, Port
from ..errors import SourceError
from ..messages import MakeStyle, MessageStyle
from ..plan import Conventions
from ..sources import Documents

if TYPE_CHECKING:
    from lxml import etree


class Rules(Protocol):
    """Named rules that take out of documented messages what differs from the wire."""

    def take_out(
        self, envelope: etree._Element, message: ElementParticle | None
    ) -> tuple[str, ...]:
        """Change ``envelope`` in place, and return the names of the rules that changed it."""


@dataclass(frozen=True, slots=True)
class Vendor:
    """What the services of one vendor do beyond the specifications.

    Attributes:
        name: The name of the vendor.
        conventions: How its services report failure, and how they log a client in.
        pages: Makes the style of its reference pages, from the contract, the port, the namespaces
            of the schemas in the order of the WSDL, and the value of every ``xs:dateTime``. None if
            soapgen does not know the pages.
        rules: Makes the rules for its documented messages, from the port and the types of the
            contract. None if there are none.
        adapt: Makes of the sample of a response one that clients of the vendor's services accept.
            None if they accept any.
    """

    name: str
    conventions: Conventions
    pages: Callable[[Contract, Port, Sequence[str], str], MessageStyle] | None = None
    rules: Callable[[Port, Mapping[QName, Type]], Rules] | None = None
    adapt: Callable[[Operation, str], str] | None = None


@cache
def vendors() -> tuple[Vendor, ...]:
    """Every vendor that soapgen knows, in the order of their packages' names."""
    packages = sorted(module.name for module in pkgutil.iter_modules(__path__) if module.ispkg)
    return tuple(import_module(f"{__name__}.{name}").VENDOR for name in packages)


def conventions() -> tuple[Conventions, ...]:
    """The conventions of every vendor."""
    return tuple(vendor.conventions for vendor in vendors())


def vendor_of(port: Port) -> Vendor | None:
    """The vendor whose failure headers the responses of ``port`` have; None if there is none."""
    headers = {
        part.element.name.local
        for operation in port.binding.operations
        if operation.output is not None
        for part in operation.output.headers
    }
    matching = (item for item in vendors() if item.conventions.are_followed_by(headers))
    return next(matching, None)


def adapted(chosen: Chosen, operation: Operation, sample: str) -> str:
    """``sample``, a response of ``operation``, as clients of the service ``chosen`` accept it."""
    vendor = vendor_of(chosen.port)
    return sample if vendor is None or vendor.adapt is None else vendor.adapt(operation, sample)


def as_documented(timestamp: str) -> MakeStyle:
    """Messages as the reference pages of their vendor show them.

    ``timestamp`` is the value of every ``xs:dateTime``. The function that is returned raises
    SourceError for a service of no vendor, or of one whose pages soapgen does not know.
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
