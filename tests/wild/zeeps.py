"""What zeep makes of the messages of a contract: what it reads, and what of it is read again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from math import inf
from pathlib import Path
from typing import Any

import zeep
from lxml import etree
from requests.adapters import HTTPAdapter
from zeep.wsdl.bindings.soap import SoapBinding

from tests.support.packages import Built, operation_named
from tests.support.plan_values import PlanValues, Size, is_same

MOST = 5
"""Of how many operations the messages are tried."""

_NOT_FOR_ZEEP = (b"", date(1, 1, 1), datetime(1, 1, 1), inf)


def by_zeep(path: Path, built: Built) -> str:
    """How many messages zeep reads, and how many of what it writes for them are read as they were.

    Args:
        path: The contract.
        built: The package for it, with both halves.
    """
    try:
        client = client_of(path)
    except Exception as error:  # zeep refuses contracts with errors of many kinds
        return f"cannot load it: {type(error).__name__}"
    known = operations_of(client)
    read = written = tried = 0
    for name, is_request, content in messages(built):
        tried += 1
        try:
            again = through_zeep(client, known[name], content, is_request=is_request)
        except Exception:  # it reads no such message, for reasons of many kinds
            continue
        read += 1
        written += _is_read(built, name, content, again, is_request=is_request)
    return f"reads {read} of {tried}, writes {written}"


def messages(built: Built) -> Iterator[tuple[str, bool, bytes]]:
    """The operation of a few messages, whether each is its request, and what the package builds.

    They have all of their members. What zeep does not know is not among them: attachments.
    """
    if (built.path / "_swa.py").is_file():
        return
    for operation in built.plan.operations[:MOST]:
        halves = [(True, operation.name, operation.request)]
        if operation.response is not None:
            halves.append((False, operation.response_name, operation.response))
        for is_request, name, message in halves:
            values = _ForZeep(built, f"{name} by zeep")
            build = getattr(built.builders, f"build_{name}")
            arguments = values.members(message.parameters, Size.FULL)
            yield operation.xml_name, is_request, build(**arguments)


def client_of(path: Path) -> zeep.Client:
    """Zeep's client for the contract at ``path``; it is kept from the network."""
    transport = zeep.Transport()
    transport.session.trust_env = False
    transport.session.mount("http", _NoNetwork())
    return zeep.Client(str(path), transport=transport)


def operations_of(client: zeep.Client) -> dict[str, Any]:
    """The operations of all bindings to SOAP, as zeep has them."""
    return {
        name: operation
        for service in client.wsdl.services.values()
        for port in service.ports.values()
        if isinstance(port.binding, SoapBinding)
        for name, operation in port.binding.all().items()
    }


def through_zeep(client: zeep.Client, operation: Any, content: bytes, *, is_request: bool) -> bytes:
    """The message ``content`` with the body that zeep writes for what it reads."""
    message = operation.input if is_request else operation.output
    envelope = etree.fromstring(content)
    body = envelope[-1]
    if message.body is None:
        return content
    # Several parts are zeep's own element for the body.
    is_whole = message.body.qname.localname == "Body"
    value = message.body.parse(body if is_whole else body[0], client.wsdl.types)
    if value is None:  # that is what it reads an element as that has nothing in it
        value = message.body()
    # In an envelope of its own, as zeep sends it: what stood in the other one is not in its way.
    again = etree.Element(envelope.tag, nsmap={"soap-env": etree.QName(envelope).namespace})
    again.extend(list(envelope)[:-1])
    message.body.render(again if is_whole else etree.SubElement(again, body.tag), value)
    # In another encoding, names would have references to characters in them, which is no XML.
    return etree.tostring(again, encoding="utf-8")


def _is_read(built: Built, name: str, before: bytes, after: bytes, *, is_request: bool) -> bool:
    """Whether the package reads both messages as the same value."""
    python_name = operation_named(name, built)
    read = built.parse_request if is_request else built.parse
    try:
        return is_same(read(python_name, before), read(python_name, after))
    except Exception:  # what zeep has written is not valid
        return False


class _ForZeep(PlanValues):
    """Values without those that zeep does not tell from others, or does not write as they are.

    An empty text or binary is missing to it, the year 1 is written as 1, and infinity as inf.
    """

    def _text(self, text: str, is_verbatim: bool, is_empty: bool) -> str:
        return super()._text(text, is_verbatim, False)

    def _scalars(self, annotation: str) -> list[Any]:
        return [value for value in super()._scalars(annotation) if value not in _NOT_FOR_ZEEP]


class _NoNetwork(HTTPAdapter):
    def send(self, *_: object, **__: object) -> Any:
        raise ConnectionError("no network here")
