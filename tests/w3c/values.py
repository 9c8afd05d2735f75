"""Are two texts the same value of a simple type?"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from elementpath import datatypes
from xmlschema.validators import XsdAtomicRestriction, XsdList, XsdUnion

Namespaces = Mapping[str | None, str]

_SPACE = " \t\r\n"
_FRACTION = re.compile(r"(:[0-9]{2})\.([0-9]+)")
_TIMES: dict[str, Any] = {
    "dateTime": datatypes.DateTime10,
    "date": datatypes.Date10,
    "time": datatypes.Time,
    "gYear": datatypes.GregorianYear10,
    "gYearMonth": datatypes.GregorianYearMonth10,
    "gMonth": datatypes.GregorianMonth,
    "gMonthDay": datatypes.GregorianMonthDay,
    "gDay": datatypes.GregorianDay,
}


def same_value(
    simple: Any, one: str, other: str, one_scope: Namespaces, other_scope: Namespaces
) -> bool:
    """Whether ``one`` and ``other`` are one value (XML Schema part 2, 2.2 and 4.3.6).

    Args:
        simple: The simple type, of xmlschema.
        one: A text, as it is in the document.
        other: Another one.
        one_scope: The namespaces of the prefixes where ``one`` is.
        other_scope: The same for ``other``.
    """
    if one == other and one_scope == other_scope:
        return True
    root = _root(simple)
    scopes = one_scope, other_scope
    if isinstance(root, XsdList):
        items, others = one.split(), other.split()
        return len(items) == len(others) and all(
            same_value(root.item_type, item, its_other, *scopes)
            for item, its_other in zip(items, others, strict=True)
        )
    if isinstance(root, XsdUnion):
        member = next((item for item in root.member_types if item.is_valid(one)), None)
        if member is None:
            return one == other
        return bool(member.is_valid(other)) and same_value(member, one, other, *scopes)
    # xs:anySimpleType has no primitive type.
    primitive = getattr(getattr(simple, "primitive_type", None), "local_name", "")
    if primitive in ("QName", "NOTATION"):
        return expanded(one, one_scope) == expanded(other, other_scope)
    try:
        return bool(_value(simple, primitive, one) == _value(simple, primitive, other))
    except (ValueError, InvalidOperation, OverflowError):
        return one == other


def expanded(text: str, scope: Namespaces) -> str:
    """The qualified name ``text`` with its namespace in place of the prefix."""
    prefix, colon, local = text.strip(_SPACE).rpartition(":")
    if prefix == "xml":
        return f"{{http://www.w3.org/XML/1998/namespace}}{local}"
    namespace = scope.get(prefix or None, "" if not colon else f"?{prefix}")
    return f"{{{namespace}}}{local}"


def _root(simple: Any) -> Any:
    """The built-in type, list or union that a simple type is derived from by restriction."""
    while isinstance(simple, XsdAtomicRestriction):
        simple = simple.base_type
    return simple


def _value(simple: Any, primitive: str, text: str) -> object:
    if primitive in ("", "string", "anySimpleType"):
        return simple.normalize(text)
    text = " ".join(text.split())
    if primitive == "decimal":
        return Decimal(text)
    if primitive in ("float", "double"):
        number = float(text.replace("INF", "inf"))
        return "NaN" if math.isnan(number) else number
    if primitive == "boolean":
        return {"1": True, "true": True, "0": False, "false": False}.get(text, text)
    if primitive == "duration":
        duration = datatypes.Duration.fromstring(text)
        return duration.months, duration.seconds
    if primitive in _TIMES:
        # elementpath has microseconds; the digits behind them count as well.
        fraction = _FRACTION.search(text)
        digits = Decimal(f"0.{fraction[2]}") if fraction else Decimal(0)
        moment = _TIMES[primitive].fromstring(_FRACTION.sub(r"\1", text))
        return moment.tzinfo is None, digits, moment
    if primitive == "hexBinary":
        return text.upper()
    if primitive == "base64Binary":
        return text.replace(" ", "")
    return text
