"""Members that may be nil or missing: which of those that are None are nil.

An object remembers the names of its nil members in ``nil_members``. What is not None is written
whatever these say.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol, TypeVar

from ._read import Element, is_nil_element
from ._write import mandatory

T = TypeVar("T")


class HasNilMembers(Protocol):
    """An object some of whose members may be nil or missing."""

    nil_members: frozenset[str]


def is_nil_member(value: HasNilMembers, member: str) -> bool:
    """Whether ``member`` of ``value`` is nil: None, and not missing."""
    return member in value.nil_members and getattr(value, member) is None


def set_nil_member(value: HasNilMembers, member: str) -> None:
    """Make ``member`` of ``value`` nil: its element is written, with ``xsi:nil``.

    Raises:
        AttributeError: ``value`` has no such member.
    """
    getattr(value, member)
    setattr(value, member, None)
    value.nil_members |= {member}


def nil_members_of(node: Element, names: Mapping[str, str]) -> frozenset[str]:
    """The members that are nil in ``node``; ``names`` has the member of each element."""
    return frozenset(
        [names[child.tag] for child in node if child.tag in names and is_nil_element(child)]
    )


def add_clearable(tag: str, value: T | None, write: Callable[[str, T], str], is_nil: bool) -> str:
    """The element; for None one with ``xsi:nil``, or nothing.

    Raises:
        InvalidValue: ``value`` is refused; the message has the path to it.
    """
    if value is None:
        return f'<{tag} xsi:nil="true"/>' if is_nil else ""
    return mandatory(tag, value, write)
