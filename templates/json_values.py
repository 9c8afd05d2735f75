"""Values of this package as JSON, and back, with nothing lost.

``to_json`` gives what ``json.dumps`` takes, and ``from_json`` takes what ``json.loads`` gives:

    text = json.dumps(to_json(order))
    order = from_json(Order, json.loads(text))

An instance of a class is an object; its members have the names of the contract. A member that is
None is left out; where nil and missing differ, null is nil. Numbers that are ``int`` or ``float``
are numbers, ``true`` and ``false`` are themselves, all other values are texts, as in XML. Where a
value may be of several types and JSON does not tell of which, ``$type`` says it.

A secret is written as what it is: do not log what ``to_json`` gives.
"""

from __future__ import annotations

from typing import Any, TypeVar, cast

from ._json_read import JsonReader
from ._json_shapes import JsonValue
from ._json_write import JsonWriter
from .errors import InvalidValue

__all__ = ["JsonValue", "from_json", "to_json"]

T = TypeVar("T")


def to_json(value: object, kind: object = Any, *, python_names: bool = False) -> JsonValue:
    """``value`` as JSON.

    Args:
        value: An instance of a class of this package, a value of one of its members, or a list or
            dictionary of these.
        kind: What ``from_json`` gets to read it, where that is a union or a list of one. Without
            it, only values of classes that extend others say of which type they are.
        python_names: Whether members have their names in Python, not those in the contract.

    Raises:
        InvalidValue: ``value`` is none, or has a member of a wrong type; the message has the path
            to it.
    """
    try:
        return cast(JsonValue, JsonWriter(python_names).write(value, kind, ""))
    except RecursionError:
        raise InvalidValue("the value contains itself, or has too many levels") from None


def from_json(kind: type[T], data: JsonValue, *, python_names: bool = False) -> T:
    """The value of the type ``kind`` that is ``data`` in JSON.

    Args:
        kind: A class of this package, a type of its members, or a list or dictionary of these.
        data: What ``to_json`` gave, or what a person wrote.
        python_names: Whether members have their names in Python, not those in the contract.

    Raises:
        InvalidValue: ``data`` is no such value; the message has the path to what is wrong.
    """
    try:
        return cast(T, JsonReader(python_names).read(data, kind, ""))
    except RecursionError:
        raise InvalidValue("the data has too many levels") from None
