"""A change of a contract → the rule that it is a case of."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, InvalidOperation

from ..namespaces import XSD
from .nodes import Change, Event, Value

UNCLASSIFIED = "unclassified"

_Find = Callable[[Change], str]

_WIDER = {
    "byte": "short",
    "short": "int",
    "int": "long",
    "long": "integer",
    "integer": "decimal",
    "unsignedByte": "unsignedShort",
    "unsignedShort": "unsignedInt",
    "unsignedInt": "unsignedLong",
    "unsignedLong": "nonNegativeInteger",
    "nonNegativeInteger": "integer",
    "positiveInteger": "nonNegativeInteger",
    "nonPositiveInteger": "integer",
    "negativeInteger": "nonPositiveInteger",
    "token": "normalizedString",
    "normalizedString": "string",
}
"""Built-in types, each with the one that it is derived from (XSD part 2, 3)."""


def wire_rule(change: Change) -> str:
    """The name of the rule for ``change``."""
    kind = change.node.kind
    if change.event is Event.BECAME:
        return "type-kind-changed"
    if change.event is Event.ORDERED:
        ordered = kind == "message" or change.node.values.get("compositor") == "sequence"
        return "order-changed" if ordered else "listing-changed"
    if change.event is Event.CHANGED:
        if change.field == "documentation":
            return "documentation-changed"
        if kind.endswith("Type") and change.field in FACETS:
            return _facet(change)
        find = _VALUES.get((kind, change.field), _VALUES.get(("", change.field)))
        return find(change) if find else UNCLASSIFIED
    role = "type" if kind.endswith("Type") else kind
    suffix = "added" if change.event is Event.ADDED else "removed"
    there = _THERE.get(role)
    return there(change, suffix) if there else UNCLASSIFIED


# --- what is there, or not -----------------------------------------------------------------------


def _plain(name: str) -> Callable[[Change, str], str]:
    return lambda change, suffix: f"{name}-{suffix}"


def _element(change: Change, suffix: str) -> str:
    parent = change.parent
    if parent is not None and (
        parent.values.get("compositor") == "choice" or parent.kind == "choiceType"
    ):
        return f"branch-{suffix}"
    kind = "optional" if change.node.values.get("minOccurs") == 0 else "required"
    return f"{kind}-element-{suffix}"


def _attribute(change: Change, suffix: str) -> str:
    kind = "required" if change.node.values.get("required") else "optional"
    return f"{kind}-attribute-{suffix}"


def _type(change: Change, suffix: str) -> str:
    is_derived = change.node.values.get("base") is not None
    return f"{'derived-' if is_derived else ''}type-{suffix}"


def _opened(change: Change, suffix: str) -> str:
    return "opened" if suffix == "added" else "closed"


_THERE: dict[str, Callable[[Change, str], str]] = {
    "service": _plain("service"),
    "port": _plain("port"),
    "operation": _plain("operation"),
    "message": _plain("response"),
    "part": _plain("part"),
    "header": _plain("header"),
    "attachment": _plain("attachment"),
    "fault": _plain("fault"),
    "leftOut": _plain("left-out"),
    "messageElement": _plain("message-element"),
    "type": _type,
    "element": _element,
    "attribute": _attribute,
    "group": _plain("group"),
    "wildcard": _opened,
    "enumerationValue": _plain("enumeration-value"),
}


# --- values --------------------------------------------------------------------------------------


def _always(name: str) -> _Find:
    return lambda change: name


def _when(true: str, false: str) -> _Find:
    return lambda change: true if change.new else false


def _minimum(change: Change) -> str:
    old, new = _number(change.old), _number(change.new)
    if old == 0:
        return "made-required"
    if new == 0:
        return "made-optional"
    return "minimum-raised" if new > old else "minimum-lowered"


def _maximum(change: Change) -> str:
    old, new = _number(change.old), _number(change.new)
    if old == 1 and new > 1:
        return "made-repeated"
    if new == 1 and old > 1:
        return "made-single"
    return "maximum-raised" if new > old else "maximum-lowered"


def _number(value: Value) -> float:
    return value if isinstance(value, int) else float("inf")


def _fixed(change: Change) -> str:
    return "fixed-added" if change.new else "fixed-removed"


def _default(change: Change) -> str:
    nodes = [node for node in (change.before, change.after) if node is not None]
    both = all(node.values.get("is_fixed") for node in nodes)
    return "fixed-changed" if both else "default-changed"


def _type_of(change: Change) -> str:
    if change.old and change.new in _wider(change.old):
        return "type-widened"
    return "type-narrowed" if change.new and change.old in _wider(change.new) else "type-changed"


def _wider(value: Value) -> list[str]:
    """The built-in types that have all values of the type ``value``."""
    found: list[str] = []
    name = str(value).removeprefix(f"{{{XSD}}}")
    while name in _WIDER:
        name = _WIDER[name]
        found.append(f"{{{XSD}}}{name}")
    return found


_VALUES: dict[tuple[str, str], _Find] = {
    ("service", "name"): _always("namespace-changed"),
    ("port", "address"): _always("address-changed"),
    ("binding", "name"): _always("binding-renamed"),
    ("binding", "port_type"): _always("binding-renamed"),
    ("binding", "soap_version"): _always("soap-version-changed"),
    ("binding", "addressing"): _when("addressing-required", "addressing-dropped"),
    ("operation", "action"): _always("action-changed"),
    ("operation", "style"): _always("style-changed"),
    ("message", "encoded"): _always("encoding-changed"),
    ("part", "element"): _always("part-changed"),
    ("part", "type"): _always("part-changed"),
    ("header", "element"): _always("header-changed"),
    ("attachment", "content_type"): _always("attachment-type-changed"),
    ("fault", "element"): _always("fault-changed"),
    ("fault", "in_header"): _always("fault-changed"),
    ("leftOut", "reason"): _always("left-out-changed"),
    ("", "minOccurs"): _minimum,
    ("", "maxOccurs"): _maximum,
    ("", "nillable"): _when("nillable-added", "nillable-removed"),
    ("", "default"): _default,
    ("", "is_fixed"): _fixed,
    ("", "type"): _type_of,
    ("", "builtin"): _type_of,
    ("", "item"): _type_of,
    ("", "simple_content"): _type_of,
    ("", "members"): _always("union-changed"),
    ("attribute", "required"): _when("made-required", "made-optional"),
    ("group", "compositor"): _always("compositor-changed"),
    ("wildcard", "namespaces"): _always("wildcard-changed"),
    ("wildcard", "is_excluding"): _always("wildcard-changed"),
    ("wildcard", "is_strict"): _always("wildcard-changed"),
    ("wildcard", "is_skipped"): _always("wildcard-changed"),
    ("complexType", "base"): _always("base-changed"),
    ("complexType", "derivation"): _always("base-changed"),
    ("complexType", "any_attribute"): _when("opened", "closed"),
    ("complexType", "mixed"): _when("mixed-added", "mixed-removed"),
    ("complexType", "abstract"): _when("made-abstract", "made-concrete"),
    ("complexType", "array"): _always("array-changed"),
    ("complexType", "dimensions"): _always("array-changed"),
    ("choiceType", "is_open"): _when("opened", "closed"),
    ("choiceType", "mixed"): _when("mixed-added", "mixed-removed"),
    ("", "data_contract"): _always("data-contract-changed"),
    ("mapType", "entry"): _always("entry-changed"),
    ("enumerationValue", "number"): _always("enumeration-number-changed"),
}


# --- facets --------------------------------------------------------------------------------------

_UPPER = ("max_length", "max_inclusive", "max_exclusive", "total_digits", "fraction_digits")
_LOWER = ("min_length", "min_inclusive", "min_exclusive")
_OTHER = ("length", "patterns", "values", "white_space")
FACETS = (*_UPPER, *_LOWER, *_OTHER)
"""The facets of simple types."""


def _facet(change: Change) -> str:
    if change.field == "white_space":
        return "facet-changed"
    if not change.old:
        return "facet-tightened"
    if not change.new:
        return "facet-loosened"
    if change.field == "values" and isinstance(change.old, tuple) and isinstance(change.new, tuple):
        old, new = set(change.old), set(change.new)
        return (
            "facet-tightened" if new < old else "facet-loosened" if old < new else "facet-changed"
        )
    if change.field in _OTHER:
        return "facet-changed"
    try:
        is_more = Decimal(str(change.new)) > Decimal(str(change.old))
    except InvalidOperation:  # bounds of dates and durations
        return "facet-changed"
    return "facet-loosened" if is_more is (change.field in _UPPER) else "facet-tightened"
