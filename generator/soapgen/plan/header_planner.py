"""The headers of messages → plan: the class for them, and what writes each set of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from .. import naming
from ..contract import Use
from ..contract.model import QName
from ..contract.services import Message
from .names import Direction
from .operations import Header, HeaderClass, HeaderSet
from .type_planner import TypePlanner

HeaderNames = tuple[QName, ...]
"""The elements of the headers of a message, in the order of its binding."""


def header_names(message: Message) -> HeaderNames:
    """The headers of ``message``."""
    return tuple(part.element.name for part in message.headers)


def header_sets(
    headers: Mapping[QName, Header],
    messages: Iterable[Message],
    functions: naming.Names,
    *,
    is_request: bool,
) -> dict[HeaderNames, HeaderSet]:
    """A function for each set of headers; the largest set has the name without a number.

    Args:
        headers: The planned headers.
        messages: The messages that are written.
        functions: The scope in which the functions are named.
        is_request: Whether the messages are requests.
    """
    stem = naming.HEADERS if is_request else naming.BACK_HEADERS
    names = dict.fromkeys(header_names(message) for message in messages if message.headers)
    return {
        key: HeaderSet(
            naming.function(functions.take(stem), Direction.WRITE),
            tuple(headers[name] for name in key),
        )
        for key in sorted(names, key=lambda key: (-len(key), key))
    }


def plan_headers(headers: Mapping[QName, Use], types: TypePlanner) -> dict[QName, Header]:
    """The members of a class for ``headers``, by the names of the headers' elements.

    A header whose type has a single member becomes that member, any other one a member itself.
    """
    scope = naming.Names(types.caseless)
    planned: dict[QName, Header] = {}
    for name, use in headers.items():
        (member,) = types.named_members(
            [replace(use, optional=True)], scope, types.reserved.header, data_contract=False
        )
        planned[name] = Header(member, None if use.element.name == name else types.tag(name))
    return planned


def header_class(
    headers: Mapping[QName, Header],
    sets: Mapping[HeaderNames, HeaderSet] = MappingProxyType({}),
    shared: frozenset[str] = frozenset(),
    *,
    is_request: bool = True,
) -> HeaderClass | None:
    """The class for ``headers``; None where there are none.

    Args:
        headers: Its members.
        sets: The sets of headers that operations write, each with its function.
        shared: The classes for headers that are in shared modules.
        is_request: Whether the headers are those of requests.
    """
    if not headers:
        return None
    class_name = naming.REQUEST_HEADERS if is_request else naming.RESPONSE_HEADERS
    return HeaderClass(
        class_name=class_name,
        nothing=naming.NO_HEADERS if is_request else naming.NO_RESPONSE_HEADERS,
        headers=tuple(headers.values()),
        sets=tuple(sets.values()),
        is_request=is_request,
        is_shared=class_name in shared,
    )
