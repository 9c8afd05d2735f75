"""Names of the contract that a user says something of → the parts that are meant."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import TypeVar

from ..contract import AttributeUse, Interface, MemberUse, shown
from ..contract.model import EnumType, ListType, QName, Type
from ..errors import GivenError
from ..near import did_you_mean
from .member_planner import usual_name
from .type_names import has_class

OfOperation = tuple[int, str]
"""The position of an interface, and the name of an operation of it."""

OfMember = tuple[QName, str]
"""The type, or the element of a message, and the key of a member of it."""

OfValue = tuple[QName, str]
"""The enumeration, and a value of it."""

_Part = TypeVar("_Part")


def member_key(use: MemberUse) -> str:
    """What tells the member ``use`` from others: an attribute may have the name of an element."""
    return f"@{usual_name(use)}" if isinstance(use, AttributeUse) else usual_name(use)


def enumeration(definition: Type) -> EnumType | None:
    """What lists the values of a type that has a class of them; a set of flags is a list of it."""
    listed = definition.item if isinstance(definition, ListType) else definition
    return listed if isinstance(listed, EnumType) and has_class(definition) else None


class Targets:
    """The parts of some interfaces that a user may say something of.

    Each method gets the keys that lead to what is said, the last of which is the name of the part.
    It raises a GivenError if there is none of this name, or if there are several.
    """

    def __init__(self, interfaces: Sequence[Interface]) -> None:
        self._interfaces = interfaces

    def service(self, key: tuple[str, ...]) -> int:
        """The position of the service that is meant."""
        return _found(self._services, key, "service", lambda: iter(()))

    def operation(self, key: tuple[str, ...]) -> OfOperation:
        """The operation that is meant."""
        return _found(
            self._operations,
            key,
            "operation",
            lambda: (f"{item.name}.{key[-1]}" for item in self._interfaces),
        )

    def type(self, key: tuple[str, ...]) -> QName:
        """The type that is meant, which has a class."""
        return _found(
            self._types, key, "type with a class", lambda: _whole(self._types.get(key[-1], ()))
        )

    def member(self, key: tuple[str, ...]) -> OfMember:
        """The member that is meant."""
        return _found(
            self._members,
            key,
            "member",
            lambda: (
                f"{whole}.{member}"
                for owner, member in self._members.get(key[-1], ())
                for whole in _whole([owner])
            ),
        )

    @cached_property
    def _services(self) -> dict[str, dict[int, None]]:
        return _by_name((item.name, position) for position, item in enumerate(self._interfaces))

    @cached_property
    def _operations(self) -> dict[str, dict[OfOperation, None]]:
        return _by_name(
            (name, (position, operation.name))
            for position, item in enumerate(self._interfaces)
            for operation in item.port.binding.operations
            for name in (operation.name, f"{item.name}.{operation.name}")
        )

    @cached_property
    def _types(self) -> dict[str, dict[QName, None]]:
        return _by_name(
            (form, name)
            for item in self._interfaces
            for name, definition in item.reach.types.items()
            if has_class(definition)
            for form in (shown(name), *_whole([name]))
        )

    @cached_property
    def _members(self) -> dict[str, dict[OfMember, None]]:
        return _by_name(
            (f"{form}.{name}", (owner, key))
            for owner, uses in self.owners()
            for key, names in _names_of(uses).items()
            for name in names
            for form in (shown(owner), *_whole([owner]))
        )

    def owners(self) -> Iterator[tuple[QName, Sequence[MemberUse]]]:
        """The types and the elements of messages, each with its members."""
        for item in self._interfaces:
            for name, definition in item.reach.types.items():
                if has_class(definition):
                    yield name, item.reach.uses.get(name, ())
            for body in (*item.requests, *item.responses):
                if body.wrapper is not None:
                    yield body.wrapper.name, body.uses


def _names_of(uses: Sequence[MemberUse]) -> dict[str, tuple[str, ...]]:
    """The names that each of ``uses`` has, by its key: an attribute is ``@id``, or ``id``."""
    keys = dict.fromkeys(map(member_key, uses))
    return {
        key: (key, key[1:]) if key.startswith("@") and key[1:] not in keys else (key,)
        for key in keys
    }


def _whole(names: Iterable[QName]) -> Iterator[str]:
    return (f"{{{name.namespace}}}{shown(name)}" for name in names)


def _by_name(pairs: Iterable[tuple[str, _Part]]) -> dict[str, dict[_Part, None]]:
    """The parts that have each name, each once."""
    found: dict[str, dict[_Part, None]] = {}
    for name, part in pairs:
        found.setdefault(name, {})[part] = None
    return found


def _found(
    parts: dict[str, dict[_Part, None]],
    key: tuple[str, ...],
    what: str,
    whole: Callable[[], Iterator[str]],
) -> _Part:
    """The part of the name that ``key`` ends with; ``whole`` are the names that are unambiguous."""
    name = key[-1]
    found = list(parts.get(name, ()))
    if len(found) == 1:
        return found[0]
    if found:
        meant = [item for item in dict.fromkeys(whole()) if len(parts.get(item, ())) == 1]
        raise GivenError(
            f"there are {len(found)} of the name {name!r}",
            key,
            hint=f"say which is meant: {' or '.join(meant)}",
        )
    plain = [item for item in parts if not item.startswith("{")]
    raise GivenError(
        f"there is no {what} {name!r} in what is generated",
        key,
        hint=did_you_mean(name, plain, "check the name", 3),
    )
