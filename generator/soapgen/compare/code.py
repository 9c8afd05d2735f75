"""A change of a plan → the rule that it is a case of."""

from __future__ import annotations

from collections.abc import Callable

from .nodes import Change, Event

UNCLASSIFIED = "unclassified-in-python"


def python_rule(change: Change) -> str:
    """The name of the rule for ``change``."""
    kind = change.node.kind
    if change.event is Event.CHANGED:
        if change.field == "docstring":
            return "docstring-changed"
        if change.field == "required":
            return "made-required-in-python" if change.new else "made-optional-in-python"
        return _VALUES.get((kind, change.field), _VALUES.get(("", change.field), UNCLASSIFIED))
    if change.event is Event.ORDERED:
        return _ORDERS.get(kind, UNCLASSIFIED)
    there = _THERE.get(kind)
    return there(change, str(change.event)) if there else UNCLASSIFIED


def _plain(name: str) -> Callable[[Change, str], str]:
    return lambda change, event: f"{name}-{event}"


def _member(change: Change, event: str) -> str:
    if event == "removed":
        return "member-removed"
    return f"{_need(change)}-member-added"


def _parameter(change: Change, event: str) -> str:
    return "parameter-removed" if event == "removed" else f"{_need(change)}-parameter-added"


def _need(change: Change) -> str:
    return "required" if change.node.values.get("required") else "optional"


_THERE: dict[str, Callable[[Change, str], str]] = {
    "client": _plain("client"),
    "method": _plain("method"),
    "parameter": _parameter,
    "attachment": lambda change, event: "attachment-parameter-changed",
    "raised": _plain("error"),
    "result": lambda change, event: "docstring-changed",  # its type is that of the method
    "class": _plain("class"),
    "member": _member,
    "value": _plain("enumeration-member"),
}
_ORDERS = {
    "method": "member-order-changed",  # by position, it is a change of their positions
    "class": "member-order-changed",
}
_VALUES = {
    ("package", "nested"): "package-nested",
    ("client", "module"): "client-renamed",
    ("client", "client"): "client-renamed",
    ("client", "asynchronous client"): "client-renamed",
    ("client", "address"): "default-address-changed",
    ("client", "versions of SOAP"): "client-setting-changed",
    ("client", "addressing"): "client-setting-changed",
    ("method", "method"): "method-renamed",
    ("method", "function"): "method-renamed",
    ("method", "result"): "result-changed",
    ("method", "item"): "result-changed",
    ("parameter", "position"): "parameter-moved",
    ("attachment", "content type"): "attachment-parameter-changed",
    ("class", "module"): "class-moved",
    ("class", "base"): "class-base-changed",
    ("class", "abstract"): "class-made-abstract",
    ("class", "flags"): "class-kind-changed",
    ("class", "is an error"): "class-kind-changed",
    ("class", "classes"): "alternatives-changed",
    ("class", "one of"): "alternatives-changed",
    ("class", "annotation"): "annotation-changed",
    ("", "annotation"): "annotation-changed",
    ("", "default"): "python-default-changed",
    ("", "secret"): "secrecy-changed",
    ("value", "value"): "enumeration-member-changed",
}
