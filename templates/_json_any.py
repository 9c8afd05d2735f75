"""Values that only xs:anyType and wildcards have, as texts in JSON."""

from __future__ import annotations

from ._anytype import Markup, SingleFloat, TypedInt, Untyped
from ._text import double_text, double_value, integer_text, integer_value, wrong_type


def json_markup(at: str, value: Markup) -> str:
    """The element in ``value``, at ``at``."""
    if not isinstance(value, Markup):
        raise wrong_type(at, value, "Markup")
    return value.xml


def json_untyped(at: str, value: Untyped) -> str:
    """The text that has no type."""
    if not isinstance(value, Untyped):
        raise wrong_type(at, value, "Untyped")
    return str.__str__(value)


def json_single(at: str, value: SingleFloat) -> str:
    """The number, as XML writes it."""
    return double_text(at, value)


def single_of_json(text: str) -> SingleFloat:
    """The number that ``text`` is."""
    return SingleFloat(double_value(text))


def json_typed(at: str, value: TypedInt) -> str:
    """The name of the type in XML Schema, and the number: ``byte 5``."""
    if not isinstance(value, TypedInt):
        raise wrong_type(at, value, "TypedInt")
    return f"{value.xml_type} {integer_text(at, value)}".strip()


def typed_of_json(text: str) -> TypedInt:
    """The number and its type that ``text`` has."""
    name, _, digits = text.rpartition(" ")
    made = TypedInt(integer_value(digits))
    made.xml_type = name
    return made
