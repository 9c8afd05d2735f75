"""Which elements of a schema are there for XML Schema 1.0: conditional inclusion.

XSD 1.1 part 1, 4.2.2 says it for any version. For XML Schema 1.0 these attributes are foreign ones,
and a processor of 1.0 that knows them leaves out what is meant for others.
"""

from __future__ import annotations

import re
from decimal import Decimal

from lxml import etree

from .. import namespaces
from ..errors import Place, SourceError

_VERSIONING = "http://www.w3.org/2007/XMLSchema-versioning"
VERSIONING = f"{{{_VERSIONING}}}"

_OURS = Decimal("1.0")
_DECIMAL = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)")

# Those that a processor of XML Schema 1.0 knows without a declaration (XSD part 2, 3 and 4.3).
_TYPES = frozenset(
    "anyType anySimpleType string boolean decimal float double duration dateTime time date "
    "gYearMonth gYear gMonthDay gDay gMonth hexBinary base64Binary anyURI QName NOTATION "
    "normalizedString token language NMTOKEN NMTOKENS Name NCName ID IDREF IDREFS ENTITY ENTITIES "
    "integer nonPositiveInteger negativeInteger long int short byte nonNegativeInteger "
    "unsignedLong unsignedInt unsignedShort unsignedByte positiveInteger".split()
)
_FACETS = frozenset(
    "length minLength maxLength pattern enumeration whiteSpace maxInclusive maxExclusive "
    "minInclusive minExclusive totalDigits fractionDigits".split()
)


def is_conditional(root: etree._Element) -> bool:
    """Whether something in ``root`` is there for some versions of XML Schema only."""
    return bool(root.xpath("boolean(descendant-or-self::*/@vc:*)", namespaces={"vc": _VERSIONING}))


def is_included(element: etree._Element) -> bool:
    """Whether ``element`` of a schema is there for a processor of XML Schema 1.0.

    Raises:
        SourceError: A version is not a number.
    """
    for name in element.attrib:
        if not str(name).startswith(VERSIONING):
            continue
        kind = etree.QName(str(name)).localname
        text = element.get(name, "").strip()
        if kind in ("minVersion", "maxVersion"):
            version = _version(element, kind, text)
            if version > _OURS if kind == "minVersion" else version <= _OURS:
                return False
        elif kind in ("typeAvailable", "facetAvailable", "typeUnavailable", "facetUnavailable"):
            known = _TYPES if kind.startswith("type") else _FACETS
            all_known = all(_is_known(element, item, known) for item in text.split())
            if all_known is kind.endswith("Unavailable"):
                return False
    return True


def _version(element: etree._Element, kind: str, text: str) -> Decimal:
    if not _DECIMAL.fullmatch(text):
        raise SourceError(
            f"{kind} is not a decimal number: {text[:80]!r}",
            place=Place.of(element),
            hint="give a version such as 1.1",
        )
    return Decimal(text)


def _is_known(element: etree._Element, name: str, known: frozenset[str]) -> bool:
    prefix, _, local = name.rpartition(":")
    return element.nsmap.get(prefix or None) == namespaces.XSD and local in known
