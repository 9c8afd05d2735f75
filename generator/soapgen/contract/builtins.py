"""The built-in types of XML Schema and of .NET, and a plain value of each."""

from __future__ import annotations

from .. import namespaces
from .model import QName

ANY_TYPE = QName(namespaces.XSD, "anyType")
STRING = QName(namespaces.XSD, "string")

# XSD part 2, section 3, and the ur-types above it.
_XSD_TYPES = """
    anyType anySimpleType anyAtomicType
    string normalizedString token language Name NCName NMTOKEN NMTOKENS ID IDREF IDREFS
    ENTITY ENTITIES anyURI QName NOTATION
    boolean decimal float double
    integer nonPositiveInteger negativeInteger nonNegativeInteger positiveInteger
    long int short byte unsignedLong unsignedInt unsignedShort unsignedByte
    duration dateTime time date gYear gYearMonth gMonth gMonthDay gDay
    hexBinary base64Binary
""".split()

_NET_TYPES = ("char", "duration", "guid")

SCALARS = frozenset(QName(namespaces.XSD, name) for name in _XSD_TYPES) | frozenset(
    QName(namespaces.NET_SERIALIZATION, name) for name in _NET_TYPES
)
"""All built-in types. Their values are text, and each has a codec of its own."""

# A valid value for each scalar whose zero is not "0".
_ZERO_TEXTS = {
    "base64Binary": "",
    "boolean": "false",
    "date": "0001-01-01",
    "dateTime": "0001-01-01T00:00:00",
    "double": "0.0",
    "duration": "PT0S",
    "float": "0.0",
    "guid": "00000000-0000-0000-0000-000000000000",
    "hexBinary": "",
    "negativeInteger": "-1",
    "positiveInteger": "1",
    "time": "00:00:00",
    "gYear": "2001",
    "gYearMonth": "2001-01",
    "gMonth": "--01",
    "gMonthDay": "--01-01",
    "gDay": "---01",
}
_NUMBERS = frozenset(
    "byte char decimal int integer long nonNegativeInteger nonPositiveInteger short unsignedByte "
    "unsignedInt unsignedLong unsignedShort".split()
)
_NAMES = frozenset("Name NCName NMTOKEN ID IDREF ENTITY QName language NOTATION".split())


def zero_text(name: QName) -> str:
    """The text of a plain value, zero if possible, that is valid for the scalar ``name``."""
    if name.local in _NUMBERS:
        return "0"
    return _ZERO_TEXTS.get(name.local, "en" if name.local in _NAMES else "")
