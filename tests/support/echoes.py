"""Packages for a few types of a schema: a value of each is written, validated and read again."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from soapgen.contract import read_with_schemas
from soapgen.sources import find_sources, read_documents

from tests.support.packages import build_package
from tests.support.small import wsdl

NAMESPACE = "urn:example:people"
_NUMBERS = itertools.count(1)
_START = (
    '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns="urn:example:people"'
    ' xmlns:people="urn:example:people"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><s:Body><FindResponse>'
)
_END = "</FindResponse></s:Body></s:Envelope>"


class Echoes:
    """A package whose operation takes elements, each of which may be missing, and returns them.

    Args:
        folder: Where to write it.
        schema: The types and global elements.
        elements: The elements that a message may have, as particles.
        qualified: Whether the schema qualifies local elements.
    """

    def __init__(
        self, folder: Path, schema: str, elements: Sequence[str], *, qualified: bool = True
    ) -> None:
        last = '<xs:element name="Last" type="xs:int" minOccurs="0"/>'
        content = f"<xs:sequence>{''.join(elements)}{last}</xs:sequence>"
        message = "<xs:element name='{}'><xs:complexType>{}</xs:complexType></xs:element>"
        both = [message.format(name, content) for name in ("Find", "FindResponse")]
        path = folder / "Echoes.wsdl"
        path.write_text(wsdl(schema + "".join(both), qualified=qualified), encoding="utf-8")
        self.built = build_package(path, folder, name=f"echoes_{next(_NUMBERS)}")
        (source,) = find_sources([path]).wsdls
        _, self._schemas = read_with_schemas(read_documents(source))
        self.models, self.errors = self.built.models, self.built.errors

    def sent(self, **values: Any) -> str:
        """The content of a response with ``values``, which is valid; without prefixes."""
        content = self.built.builders.build_find_response(**values)
        (message,) = etree.fromstring(content)[0]
        assert self._schemas.problems(message) == []
        text = re.sub("(</?)people:", r"\1", content.decode())
        return text.partition("<FindResponse>")[2].partition("</FindResponse>")[0]

    def read(self, content: str, name: str) -> Any:
        """The member ``name`` of a response with ``content``, which is valid."""
        text = f"{_START}{content}{_END}"
        assert self._schemas.problems(etree.fromstring(text)[0][0]) == []
        return getattr(self.built.parse("find", text.encode()), name)

    def again(self, **values: Any) -> Any:
        """The only one of ``values`` after it was written and read: in a request and an answer."""
        ((name, value),) = values.items()
        answered = self.read(self.sent(**values), name)
        request = self.built.builders.build_find(**values)
        assert getattr(self.built.parsers.parse_find_request(request), name) == answered
        assert answered == value
        return answered

    def unchanged(self, content: str, name: str) -> Any:
        """The member ``name`` of ``content``, which is written as it was read."""
        value = self.read(content, name)
        assert self.sent(**{name: value}) == content
        return value

    def refused(self, **values: Any) -> str:
        """What ``values`` are refused with when they are written."""
        with pytest.raises(self.errors.InvalidValue) as caught:
            self.built.builders.build_find_response(**values)
        return str(caught.value)

    def rejected(self, content: str) -> str:
        """What an answer with ``content`` is refused with."""
        with pytest.raises(self.errors.UnexpectedResponse) as caught:
            self.built.parse("find", f"{_START}{content}{_END}".encode())
        return str(caught.value)


def optional(*names: str) -> list[str]:
    """An element for each of the types ``names``, that may be missing."""
    return [f'<xs:element name="{name}" type="tns:{name}" minOccurs="0"/>' for name in names]


def complex_type(name: str, content: str, **attributes: str) -> str:
    """A complex type, as a schema writes it."""
    more = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f'<xs:complexType name="{name}"{more}>{content}</xs:complexType>'
