"""The operations of a plan, and samples of their messages → their pages, and those of services."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..look.showing import signature
from ..plan import Family, Package
from ..plan.operations import Message, Operation
from .addresses import Addresses
from .code import linked
from .pages import (
    Link,
    OperationPage,
    Row,
    Sample,
    ServicePage,
    Table,
    TypePage,
    first_sentence,
    paragraphs,
)
from .rows import parameter_row, result_row

Samples = Mapping[tuple[str, str], tuple[tuple[str, tuple[Sample, ...]], ...]]
"""The samples of each operation, by the name of the package and by its method."""


def service_pages(
    family: Family, known: Addresses, types: list[TypePage], samples: Samples
) -> list[ServicePage]:
    """The page of each service, with those of its operations."""
    return [_service(family, package, known, types, samples) for package in family.packages]


def _service(
    family: Family, package: Package, known: Addresses, types: list[TypePage], samples: Samples
) -> ServicePage:
    path = known.services[package.name]
    service = Link(package.service, path, is_code=False)
    own = {item.path for item in known.defined if item.owner is package}
    return ServicePage(
        path,
        package.service,
        paragraphs(package.documentation),
        tuple(_service_facts(package)),
        _example(family, package),
        tuple(
            _operation(package, operation, service, known, samples)
            for operation in package.operations
        ),
        tuple(
            Link(page.name, page.path, first_sentence(page.paragraphs))
            for page in types
            if page.path in own
        ),
    )


def _example(family: Family, package: Package) -> str:
    return (
        f"from {home(family, package)} import {package.client}\n\n"
        f"client = {package.client}({address(package)})"
    )


def _service_facts(package: Package) -> Iterator[str]:
    yield f"SOAP {' and '.join(package.soap_versions)}"
    if package.addressing:
        yield "WS-Addressing"
    if package.shown_address:
        yield package.shown_address


def address(package: Package) -> str:
    """The address of the service, as Python: that of the contract, or one in its place."""
    return f"{package.client}.ADDRESS" if package.address else '"https://example.com/service"'


def home(family: Family, package: Package) -> str:
    """What the names of ``package`` are imported from."""
    return f"{family.name}.{package.name}" if family.nested else family.name


def _operation(
    package: Package, operation: Operation, service: Link, known: Addresses, samples: Samples
) -> OperationPage:
    pages = known.known(package)
    return OperationPage(
        known.operations[package.name, operation.method],
        operation.method,
        operation.xml_name,
        service,
        tuple(_facts(operation)),
        paragraphs(operation.description),
        linked(signature(operation), pages),
        tuple(_tables(operation, pages)),
        tuple(_headers(package, operation, pages)),
        samples.get((package.name, operation.method), ()),
    )


def _facts(operation: Operation) -> Iterator[str]:
    if operation.response is None:
        yield "one way"
    if operation.request.encoded:
        yield "SOAP encoding"
    if operation.action:
        yield f"action {operation.action}"


def _tables(operation: Operation, known: Mapping[str, str]) -> Iterator[Table]:
    rows = tuple(parameter_row(item, known) for item in operation.request.parameters)
    if rows:
        yield Table("Parameters", rows)
    if operation.response is not None and (members := tuple(_returned(operation.response, known))):
        code = linked(operation.returns, known)
        yield Table("Returns", members, code=code)


def _returned(response: Message, known: Mapping[str, str]) -> Iterator[Row]:
    members = (*response.members, *(item.member for item in response.attachments))
    yield from (result_row(item, known) for item in members)


def _headers(
    package: Package, operation: Operation, known: Mapping[str, str]
) -> Iterator[tuple[str, tuple[Link, ...]]]:
    request, response = package.request_headers, package.response_headers
    if operation.header_set is not None and request is not None:
        yield "SOAP headers of the request", (_class(request.class_name, known),)
    if operation.response is not None and response is not None:
        yield "SOAP headers of responses", (_class(response.class_name, known),)
    if operation.raised:
        raised = tuple(
            Link(name, known[name], first_sentence(paragraphs(said)))
            for name, said in operation.raised
        )
        yield "Raises", raised


def _class(name: str, known: Mapping[str, str]) -> Link:
    return Link(name, known[name])
