"""The sample messages of a contract: is each valid, and does a package give it back unchanged?"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import islice
from typing import Any

from lxml import etree
from soapgen.contract import Encoding, read_with_schemas
from soapgen.contract.services import Contract, Message, Operation, Port, Service
from soapgen.messages import WireStyle, canonical
from soapgen.project import Options
from soapgen.project.generate import choose
from soapgen.sources import find_sources, read_documents
from soapgen.verify import encoding, values

from tests.support.packages import Built, operation_named

from .beside import Beside
from .contracts import Wild

MOST_OPERATIONS = 60
_TIME = "2001-01-01T00:00:00"


class Samples:
    """The sample messages of the service that a package is generated for.

    Attributes:
        number: How many there have been so far.
    """

    def __init__(self, wild: Wild) -> None:
        (source,) = find_sources([wild.path]).wsdls
        contract, self._schemas = read_with_schemas(read_documents(source))
        self._service, self._port = _chosen(contract, wild.services)
        self._style = WireStyle(contract, self._service, self._port, _TIME)
        self._types = contract.types
        self._encoding = Encoding(contract.types)
        self._beside = Beside(contract.types)
        self.number = 0

    def problems(self, built: Built) -> Iterator[str]:
        """What is wrong with them, each line with the operation and the message."""
        # Whether the others are left out for a reason is another question.
        names = {item.xml_name for item in built.plan.operations}
        operations = (item for item in self._port.binding.operations if item.name in names)
        for operation in islice(operations, MOST_OPERATIONS):
            request = self._style.request(operation)
            yield from self._checked(built, operation, request, is_request=True)
            response = self._style.response(operation)
            if response:
                yield from self._checked(built, operation, response, is_request=False)

    def _checked(
        self, built: Built, operation: Operation, text: str, *, is_request: bool
    ) -> Iterator[str]:
        self.number += 1
        name = f"{operation.name}, {'request' if is_request else 'response'}"
        root = etree.fromstring(text.encode())
        message = operation.input if is_request else operation.output
        elements = [part.element for part in message.parts] if message else []
        elements += [header.element for header in message.headers] if message else []
        declared = {str(element.name): element for element in elements if element is not None}
        # No schema describes an encoded message: it has rules of its own.
        for element in () if operation.encoded else (element for part in root for element in part):
            found = self._schemas.problems(element, 1, declared.get(str(element.tag)))
            yield from (f"{name}: invalid: {one}" for one in found)
        python_name = operation_named(operation.name, built)
        carried = partial(_request if is_request else _response, built, python_name)
        try:
            again = self._beside.again(built, message, root, carried)
        except Exception as error:
            yield f"{name}: {type(error).__name__}: {error}"
            return
        wanted, got = (_bare(each) for each in (root, etree.fromstring(again)))
        self._settle(operation, message, wanted, got)
        one, other = canonical(wanted), canonical(got)
        if one != other:
            yield f"{name}: became another one: {_first_difference(one, other)}"

    def _settle(
        self,
        operation: Operation,
        message: Message | None,
        wanted: etree._Element,
        got: etree._Element,
    ) -> None:
        """Change what differs between the two, and has the same value in both."""
        types = self._types
        if operation.encoded:
            encoding.settle(wanted, got)
            types, is_request = self._encoding.types, message is operation.input
            operation = self._encoding.operation(operation)
            message = operation.input if is_request else operation.output
        if message is not None:
            found = [part.element for part in message.parts if part.element is not None]
            found += [header.element for header in message.headers]
            values.settle(wanted, got, {str(item.name): item for item in found}, types)


def _chosen(contract: Contract, services: tuple[str, ...]) -> tuple[Service, Port]:
    (chosen,) = choose([contract], Options(server=True, services=services))
    return chosen.service, chosen.port


def _request(built: Built, operation: str, content: bytes) -> bytes:
    arguments = built.parse_request(operation, content)
    headers: dict[str, Any] = {}
    if built.plan.request_headers is not None:
        headers["soap_headers"] = built.parsers.parse_request_headers(content)
    known = next(item for item in built.plan.operations if item.name == operation)
    return built.build(operation, *arguments, **(headers if known.header_set else {}))


def _response(built: Built, operation: str, content: bytes) -> bytes:
    value = built.parse(operation, content)
    build = getattr(built.builders, f"build_{operation}_response")
    return built.build_response(operation, *built.as_arguments(value, build))


def _bare(root: etree._Element) -> etree._Element:
    """The message without the layout that is there for reading."""
    for element in root.iter():
        if len(element) and not (element.text or "").strip():
            element.text = None
        if not (element.tail or "").strip():
            element.tail = None
    return root


def _first_difference(one: str, other: str) -> str:
    lines, others = (text.replace("><", ">\n<").splitlines() for text in (one, other))
    pairs = (f"{left} became {right}" for left, right in zip(lines, others, strict=False))
    return next((pair for pair in pairs if len({*pair.split(" became ")}) > 1), "one is longer")
