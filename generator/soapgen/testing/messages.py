"""Values of a generated package ↔ messages: what is answered, and what was received."""

from __future__ import annotations

import importlib
import re
from collections.abc import Mapping
from typing import Any, Protocol, runtime_checkable

from lxml import etree

from ..errors import CallError
from ..namespaces import ENVELOPES
from ..plan import Message, Operation
from ..serve import Answer, Carried, fault_envelope
from ..sources import parse
from .halves import Half

_SOAP = re.compile(rb'(?<=<s:Envelope xmlns:s=")[^"]*')
_ELEMENT_OF_VERSION = {f"{{{uri}}}Envelope": version for version, uri in ENVELOPES.items()}

# SOAP 1.1, section 4.4.1, and SOAP 1.2 part 1, section 5.4.6.
_CODES = {"1.1": {"Sender": "Client", "Receiver": "Server"}}
_CODES["1.2"] = {old: new for new, old in _CODES["1.1"].items()}


@runtime_checkable
class Fault(Protocol):
    """What a ``SoapFault`` of any generated package has."""

    code: str
    reason: str
    subcodes: tuple[str, ...]
    reasons: Mapping[str, str]
    actor: str
    node: str
    markup: str


class Messages:
    """Writes the answers to one operation, and reads its requests.

    Args:
        half: What does so, for its service.
        operation: The operation.
    """

    def __init__(self, half: Half, operation: Operation) -> None:
        self._half = half
        self._operation = operation

    @property
    def version(self) -> str:
        """The version of SOAP that the client uses if it is told no other."""
        return self._half.package.soap_version

    def answer(self, value: object, soap_headers: object = None) -> Answer:
        """The answer with ``value``, which is what the client's method returns.

        Raises:
            CallError: There can be no such answer.
            InvalidValue: The value cannot be sent. It is the class of the generated package.
        """
        response = self._operation.response
        headers = {} if soap_headers is None else {"soap_headers": soap_headers}
        if headers and self._operation.response_header_set is None:
            raise CallError(f"the answers of {self._operation.xml_name} have no SOAP headers")
        if response is None or not response.parameters:
            if value is not None:
                raise CallError(f"{self._operation.xml_name} answers with nothing, not a value")
            if response is None:
                return Answer(202, b"")
        if response.attachments:
            raise CallError(f"the answers of {self._operation.xml_name} have attachments")
        build = getattr(self._half.builders, f"build_{self._operation.response_name}")
        return Answer(200, build(**self._arguments(response, value), **headers))

    def fault(self, fault: Fault, version: str) -> Answer:
        """The answer that is ``fault``, in a version of SOAP.

        Raises:
            CallError: The operation does not declare the fault, or the version has no place for
                something that it has.
            InvalidValue: The fault cannot be sent. It is the class of the generated package.
        """
        code = fault.code.rpartition(":")[2]
        code = _CODES[version].get(code, code)
        status = 400 if code == "Sender" else 500  # SOAP 1.2 part 2, table 20
        kind = type(fault).__name__
        declared = [item for item in self._half.package.faults if item.class_name == kind]
        if not declared:
            _require_plain(fault)
            carried = Carried(_without_detail(fault.markup))
            return Answer(status, fault_envelope(version, code, fault.reason, carried), version)
        names = [name for name, _ in self._operation.raised]
        if kind not in names:
            said = f"it declares {', '.join(names)}" if names else "it declares none"
            raise CallError(f"{self._operation.xml_name} does not declare {kind}", hint=said)
        content = getattr(self._half.builders, f"build_{declared[0].build}")(fault)
        if version == self.version:
            return Answer(status, content, version)
        _require_plain(fault)
        carried = Carried(_carried(content, declared[0].in_header), declared[0].in_header)
        return Answer(status, fault_envelope(version, code, fault.reason, carried), version)

    def in_version_of(self, request: bytes, answer: Answer) -> Answer:
        """``answer``, which is no fault, in the version of SOAP of ``request``."""
        version = version_of(request)
        content = _SOAP.sub(ENVELOPES[version].encode(), answer.content or b"", count=1)
        return Answer(answer.status, content, version)

    def request(self, *arguments: object, **named: object) -> bytes:
        """The request that the client sends for these arguments of its method."""
        builders = importlib.import_module(f"{self._half.own}.builders")
        build = getattr(builders, f"build_{self._operation.name}")
        content: bytes = build(*arguments, **named)
        return content

    def arguments(self, request: bytes) -> dict[str, Any]:
        """The arguments that ``request`` was built from, by their names."""
        read = getattr(self._half.parsers, f"parse_{self._operation.request_name}")
        return self._arguments(self._operation.request, read(request))

    def soap_headers(self, request: bytes) -> Any:
        """The SOAP headers of ``request``, as ``RequestHeaders``; None where it can have none."""
        if self._operation.header_set is None:
            return None
        return self._half.parsers.parse_request_headers(request)

    def _arguments(self, message: Message, value: Any) -> dict[str, Any]:
        """What a parser gives, as the arguments of the builder of the same message.

        A member may have another name in the record that a parser gives than as an argument.
        """
        parameters = [*message.members, *(item.member for item in message.attachments)]
        if len(parameters) == 1:
            return {parameters[0].name: value}
        records = {record.class_name: record for record in self._half.package.records}
        if message.result not in records:
            return {}
        record = records[message.result]
        if type(value).__name__ != record.class_name:
            name = self._operation.xml_name
            raise CallError(f"{name} answers with {message.result}, not {type(value).__name__}")
        members = [*record.members, *(item.member for item in record.attachments)]
        pairs = zip(parameters, members, strict=True)
        arguments = {parameter.name: getattr(value, member.name) for parameter, member in pairs}
        return arguments | ({"nil_members": value.nil_members} if message.clearable else {})


def version_of(message: bytes) -> str:
    """The version of SOAP that ``message`` is in."""
    return _ELEMENT_OF_VERSION[str(parse(message, "message").tag)]


def _carried(content: bytes, in_header: bool) -> str:
    """What the envelope of a fault carries: in its detail or, if so, in its header."""
    path = "{*}Header" if in_header else ".//{*}Fault/{*}Detail"
    root = parse(content, "the fault")
    found = root.find(path)
    found = root.find(".//{*}Fault/detail") if found is None else found
    children = () if found is None else found.iterchildren(etree.Element)
    return "".join(etree.tostring(item, encoding="unicode", with_tail=False) for item in children)


def _without_detail(markup: str) -> str:
    """What is in the detail of a fault: ``markup`` is this element, or what is in it."""
    if not markup:
        return ""
    root = parse(f"<markup>{markup}</markup>".encode(), "the markup of the fault")
    details = [item for item in root if etree.QName(item).localname in ("detail", "Detail")]
    return "".join(
        etree.tostring(item, encoding="unicode") for item in (details[0] if details else root)
    )


def _require_plain(fault: Fault) -> None:
    if fault.subcodes or fault.actor or fault.node or len(fault.reasons) > 1:
        raise CallError(
            "a fault with subcodes, an actor, a node or several reasons is not written",
            hint="answer with its envelope: server.service.answer(OPERATION, ENVELOPE)",
        )
