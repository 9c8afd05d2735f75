"""The names that a user gives → the parts of the interfaces that have them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from ..contract import Interface
from ..contract.model import QName
from ..contract.services import Operation
from ..errors import GivenError
from ..given import Failure, GivenNames, Overlay, Pairs
from ..naming import GivenName, Names, Reserved, class_problem, module
from .targets import OfMember, OfOperation, Targets

_Part = TypeVar("_Part")


@dataclass(frozen=True, slots=True)
class Given:
    """The names that a user gives.

    Attributes:
        services: Those of services, by the position of the interface.
        operations: Those of operations, by the position of the interface and their names.
        types: Those of the classes of types.
        members: Those of members, by the type or the element of the message, and by their keys.
    """

    services: Mapping[int, GivenName] = field(default_factory=dict)
    operations: Mapping[OfOperation, GivenName] = field(default_factory=dict)
    types: Mapping[QName, GivenName] = field(default_factory=dict)
    members: Mapping[QName, Mapping[str, GivenName]] = field(default_factory=dict)

    def operations_of(self, position: int) -> dict[str, GivenName]:
        """The names of the operations of the interface at ``position``, by those they have."""
        return {name: given for (at, name), given in self.operations.items() if at == position}

    def renamed(self, interfaces: Sequence[Interface]) -> tuple[Interface, ...]:
        """``interfaces`` with the names that are given to services."""
        names = {position: given.name for position, given in self.services.items()}
        return tuple(
            replace(item, name=names.get(position, item.name))
            for position, item in enumerate(interfaces)
        )

    def folders(self, interfaces: Sequence[Interface], reserved: Reserved) -> tuple[str, ...]:
        """The names of the packages of ``interfaces``, which are renamed."""
        scope = Names(reserved.modules, for_files=True)
        given = {
            position: scope.give(name, name=module(name.name))
            for position, name in self.services.items()
        }
        return tuple(
            given.get(position) or scope.take(module(item.name), owner=f"the service {item.name}")
            for position, item in enumerate(interfaces)
        )

    def clients(self, interfaces: Sequence[Interface], reserved: Reserved) -> dict[str, GivenName]:
        """The classes of clients that have a name which a user gave."""
        return {
            client: name
            for position, name in self.services.items()
            for client in reserved.clients(interfaces[position].name)
        }


def find_given(names: GivenNames, interfaces: Sequence[Interface], reserved: Reserved) -> Given:
    """The parts of ``interfaces`` that ``names`` are for.

    Raises:
        GivenError: There is no such part, or several; or Python or generated code does not allow
            the name.
    """
    if not names:
        return Given()
    targets = Targets(interfaces)
    members: dict[QName, dict[str, GivenName]] = {}
    by_member: dict[OfMember, GivenName] = _parts("members", names.members, targets.member)
    for (owner, key), name in by_member.items():
        members.setdefault(owner, {})[key] = name
    given = Given(
        _parts("services", names.services, targets.service),
        _parts("operations", names.operations, targets.operation),
        _parts("types", names.types, targets.type),
        members,
    )
    for name in given.services.values():
        name.require(reserved.service_problem(name.name))
    for name in given.operations.values():
        name.require(reserved.method.problem(name.name))
    for name in given.types.values():
        name.require(class_problem(name.name, reserved.classes))
    return given


def fitting(
    names: GivenNames, overlay: Overlay, interfaces: Sequence[Interface]
) -> tuple[GivenNames, Overlay]:
    """What of ``names`` and of ``overlay`` is for a part of ``interfaces``."""
    targets = Targets(interfaces)
    find: Mapping[str, Callable[[tuple[str, ...]], object]] = {
        "services": targets.service,
        "operations": targets.operation,
        "types": targets.type,
        "members": targets.member,
    }

    def found(kinds: Mapping[str, Pairs]) -> dict[str, Pairs]:
        return {
            kind: tuple(pair for pair in pairs if _is_found(pair[0], find[kind]))
            for kind, pairs in kinds.items()
        }

    secrets = tuple(name for name in overlay.secrets if _is_found(name, targets.member))
    return (
        GivenNames(**found(names.kinds())),
        # How headers report failure changes no name.
        Overlay(**found(overlay.documentation()), secrets=secrets, failure=Failure()),
    )


def _is_found(name: str, find: Callable[[tuple[str, ...]], object]) -> bool:
    try:
        find((name,))
    except GivenError:
        return False
    return True


def name_operations(
    operations: Iterable[Operation],
    given: Mapping[str, GivenName],
    scope: Names,
    style: Callable[[str], str],
    suffixes: tuple[str, ...] = ("",),
) -> tuple[str, ...]:
    """A name in ``scope`` for each of ``operations``: the one that is given, or one in ``style``.

    Raises:
        GivenError: Something else has a name that is given.
    """
    names = {name: scope.give(item, suffixes) for name, item in given.items()}
    return tuple(
        names.get(name) or scope.take(style(name), suffixes, owner=f"the operation {name}")
        for name in (item.name for item in operations)
    )


def _parts(
    kind: str, pairs: Pairs, find: Callable[[tuple[str, ...]], _Part]
) -> dict[_Part, GivenName]:
    found: dict[_Part, GivenName] = {}
    for target, name in pairs:
        given = GivenName(name, ("names", kind, target))
        part = find(given.key)
        if part in found:
            raise GivenError(
                f"{'.'.join(found[part].key)} is the same one",
                given.key,
                hint="give it one name",
            )
        found[part] = given
    return found
