"""Elements of simple types in the messages of tests/wsdl/Texts.wsdl, and what xmlschema says."""

from __future__ import annotations

import re
from functools import cache
from typing import Any
from xml.sax.saxutils import escape

import xmlschema
from lxml import etree

from .packages import Built
from .paths import TEXTS

NAMESPACE = "urn:example:texts"
_XSD = "{http://www.w3.org/2001/XMLSchema}"
_SOAP = "http://schemas.xmlsoap.org/soap/envelope/"


def message(name: str, text: str, attributes: str = "") -> str:
    """A message with the element ``name``; two prefixes and a default namespace are declared."""
    return (
        f'<KeepResponse xmlns="{NAMESPACE}" xmlns:t="{NAMESPACE}" xmlns:x="urn:x">'
        f"<texts><{name}{attributes}>{escape(text)}</{name}></texts></KeepResponse>"
    )


def read(package: Built, name: str, text: str, attributes: str = "") -> Any:
    """The value of the element ``name`` with ``text``, in an answer."""
    body = message(name, text, attributes)
    answer = f'<e:Envelope xmlns:e="{_SOAP}"><e:Body>{body}</e:Body></e:Envelope>'
    return getattr(package.parse("keep", answer.encode()), member(package, name))


def element(package: Built, name: str, value: Any) -> Any:
    """The element ``name`` of a request with ``value``."""
    texts = package.models.Texts(**{member(package, name): value})
    return etree.fromstring(package.build("keep", texts)).find(f".//{{{NAMESPACE}}}{name}")


def written(package: Built, name: str, value: Any) -> str:
    """The text of this element."""
    return element(package, name, value).text or ""


def back(package: Built, name: str, value: Any) -> Any:
    """``value`` after it was written and read."""
    texts = package.models.Texts(**{member(package, name): value})
    (read,) = package.parse_request("keep", package.build("keep", texts))
    return getattr(read, member(package, name))


def member(package: Built, name: str) -> str:
    """The member for the element ``name``."""
    entity = next(item for item in package.plan.entities if item.class_name == "Texts")
    return next(item.name for item in entity.members if item.tag.local == name)


@cache
def _schema() -> Any:
    schema: Any = etree.parse(TEXTS).find(f".//{_XSD}schema")
    return xmlschema.XMLSchema11(etree.tostring(schema).decode())


def is_valid(name: str, text: str) -> bool:
    """Whether the schema allows ``text`` in the element ``name``."""
    # It takes the digits of all scripts, and as white space what Python takes for it.
    if re.search(r"[^\x00-\x7f]", text):
        return False
    return bool(_schema().is_valid(etree.fromstring(message(name, text))))
