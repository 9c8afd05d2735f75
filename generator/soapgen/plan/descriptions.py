"""Interfaces, and what pages say of their parts → interfaces with that where they say nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from ..contract import AttributeUse, Interface, Use, shown
from ..contract.model import ComplexType, EnumType, ListType, QName, Type
from ..contract.services import Contract
from ..errors import GivenError, LeftOut, Place
from ..given import Description
from ..near import did_you_mean
from .overlay import Texts, with_texts
from .targets import OfMember, OfOperation, Targets, enumeration, member_key

_Part = TypeVar("_Part")


@dataclass(frozen=True, slots=True)
class Described:
    """What became of some descriptions.

    Attributes:
        interfaces: The interfaces with those that they needed.
        left_out: Those of which there is no part, and why.
    """

    interfaces: tuple[Interface, ...]
    left_out: tuple[LeftOut, ...]


def described(
    descriptions: Iterable[Description],
    interfaces: Sequence[Interface],
    contracts: Sequence[Contract],
) -> Described:
    """``interfaces`` with ``descriptions`` of what has no documentation in the contract.

    Args:
        descriptions: The descriptions, of which the first of a part counts.
        interfaces: What is generated.
        contracts: What of it was chosen: a description of what was not is no mistake.
    """
    parts = _Parts(interfaces, contracts)
    for item in descriptions:
        parts.add(item)
    return Described(with_texts(parts.texts, interfaces), tuple(dict.fromkeys(parts.left_out)))


class _Parts:
    def __init__(self, interfaces: Sequence[Interface], contracts: Sequence[Contract]) -> None:
        self.texts = Texts()
        self.left_out: list[LeftOut] = []
        self._interfaces = interfaces
        self._targets = Targets(interfaces)
        generated = {item.name for item in interfaces}
        found = [
            (service, port)
            for each in contracts
            for service in each.services
            for port in service.ports
        ]
        self._services = generated | {
            name
            for service, port in found
            for name in (service.name.local, port.binding.port_type.local)
        }
        operations = {item.name for _, port in found for item in port.binding.operations}
        operations -= {item.name for each in interfaces for item in each.port.binding.operations}
        types = {shown(name) for each in contracts for name in each.types}
        types -= {shown(name) for each in interfaces for name in each.reach.types}
        self._left_alone: dict[str, set[str]] = {
            "services": self._services - generated,
            "operations": operations,
            "types": types,
        }
        self._said: dict[object, Description] = {}
        self._unknown: set[str] = set()
        self._documentation = _members_of(self._targets)

    def add(self, item: Description) -> None:
        """Take ``item`` where the contract says nothing, or say why it is of no use."""
        service = item.name.rpartition(".")[0] if item.kind in _OF_OPERATIONS else ""
        if service and service not in self._services:
            self._unknown_service(service, item)
            return
        name = item.name.rpartition(".")[2] if service else item.name
        owner = _OWNERS.get(item.kind, item.kind)
        if name in self._left_alone[owner] or f"{owner} {item.name}" in self._unknown:
            return  # the contract has it, and nothing is generated for it; or it is said of all
        what = f"description of {item}"
        try:
            self._require(owner, item.name)
        except GivenError as error:
            # Of a type that is not there, each value could have a line of its own.
            self._unknown.add(f"{owner} {item.name}")
            if item.member:
                what = f"descriptions of {owner.removesuffix('s')} {item.name}"
            self.left_out.append(_left_out(what, item, error.reason, error.hint))
            return
        try:
            self._place(item)
        except GivenError as error:
            self.left_out.append(_left_out(what, item, error.reason, error.hint))

    def _unknown_service(self, service: str, item: Description) -> None:
        """Say once of a service that there is none of its name."""
        if service not in self._unknown:
            self._unknown.add(service)
            hint = did_you_mean(service, self._services, "check the name", 3)
            what, reason = f"descriptions of service {service}", "there is none in what is read"
            self.left_out.append(_left_out(what, item, reason, hint))

    def _require(self, kind: str, name: str) -> None:
        """Require that there is a service, operation or type of this name."""
        key = ("docs", name)
        if kind == "services":
            self._targets.service(key)
        elif kind == "operations":
            self._targets.operation(key)
        else:
            self._targets.type(key)

    def _place(self, item: Description) -> None:
        key = ("docs", item.name)
        if item.kind == "services":
            position = self._targets.service(key)
            self._take(item, self.texts.services, position, self._of_service(position))
        elif item.kind == "operations":
            operation = self._targets.operation(key)
            self._take(item, self.texts.operations, operation, self._of_operation(operation))
        elif item.kind == "types":
            type_ = self._targets.type(key)
            self._take(item, self.texts.types, type_, self._of_type(type_))
        elif item.kind == "values":
            type_ = self._targets.type(key)
            self._take(item, self.texts.values, (type_, item.member), self._of_value(item, type_))
        elif item.kind == "headers":
            for name, text in self._headers(item, self._targets.service(key)).items():
                self._take(item, self.texts.headers, name, text)
        else:
            member = self._member(item)
            self._take(item, self.texts.members, member, self._documentation[member])

    def _take(
        self,
        item: Description,
        texts: dict[_Part, str],
        part: _Part,
        documentation: str | None,
    ) -> None:
        what = f"description of {item}"
        if documentation is None:
            reason = "it has a description of soapgen's own"
            self.left_out.append(_left_out(what, item, reason))
        elif not documentation:
            before = self._said.setdefault((item.kind, part), item)
            texts[part] = before.text
            if before.text != item.text:
                reason = f"line {before.line} of {before.page} describes it otherwise"
                self.left_out.append(_left_out(what, item, reason))

    def _member(self, item: Description) -> OfMember:
        """The member that is meant, also if a type inherits it."""
        if item.kind == "members":
            owners = self._with_ancestors(self._targets.type(("docs", item.name)))
        else:
            position, name = self._targets.operation(("docs", item.name))
            interface = self._interfaces[position]
            names = [operation.name for operation in interface.port.binding.operations]
            body = interface.bodies[names.index(name)][item.kind == "results"]
            owners = [body.wrapper.name] if body is not None and body.wrapper else []
        for owner in owners:
            try:
                return self._targets.member(("docs", f"{_whole(owner)}.{item.member}"))
            except GivenError:
                continue
        keys = {key.removeprefix("@") for owner, key in self._documentation if owner in owners}
        raise _no_such(item, keys)

    def _headers(self, item: Description, position: int) -> dict[QName, str]:
        """The headers that are meant, in requests and responses, and what the contract says."""
        interface = self._interfaces[position]
        uses = {**interface.headers, **interface.response_headers}
        found = {
            name: use.element.documentation
            for name, use in uses.items()
            if name.local == item.member
        }
        if not found:
            raise _no_such(item, [name.local for name in uses])
        return found

    def _with_ancestors(self, type_: QName) -> list[QName]:
        reach = next(each.reach for each in self._interfaces if type_ in each.reach.types)
        return [type_, *reach.ancestors(type_)]

    def _of_service(self, position: int) -> str:
        return self._interfaces[position].service.documentation

    def _of_operation(self, operation: OfOperation) -> str:
        position, name = operation
        operations = self._interfaces[position].port.binding.operations
        return next(item.documentation for item in operations if item.name == name)

    def _of_value(self, item: Description, type_: QName) -> str:
        listed = enumeration(self._definition(type_))
        values = {each.value: each.documentation for each in listed.values} if listed else {}
        if item.member not in values:
            raise _no_such(item, values)
        return values[item.member]

    def _definition(self, type_: QName) -> Type:
        return next(
            each.reach.types[type_] for each in self._interfaces if type_ in each.reach.types
        )

    def _of_type(self, type_: QName) -> str | None:
        definition = self._definition(type_)
        if isinstance(definition, ComplexType | EnumType | ListType):
            return definition.documentation
        return None


_OWNERS = {
    "parameters": "operations",
    "results": "operations",
    "members": "types",
    "values": "types",
    "headers": "services",
}

_OF_OPERATIONS = ("operations", "parameters", "results")


def _members_of(targets: Targets) -> dict[OfMember, str | None]:
    """The documentation of each member; None for those that have a description of soapgen's own."""
    found: dict[OfMember, str | None] = {}
    for owner, uses in targets.owners():
        for use in uses:
            text = None
            if isinstance(use, Use):
                text = use.element.documentation
            elif isinstance(use, AttributeUse):
                text = use.attribute.documentation
            found.setdefault((owner, member_key(use)), text)
    return found


def _no_such(item: Description, names: Iterable[str]) -> GivenError:
    kind = item.kind.removesuffix("s")
    return GivenError(
        f"there is no {kind} {item.member!r} of {item.name}",
        ("docs", item.name),
        hint=did_you_mean(item.member, names, "check the name", 3),
    )


def _whole(name: QName) -> str:
    return f"{{{name.namespace}}}{shown(name)}"


def _left_out(what: str, item: Description, reason: str, hint: str = "") -> LeftOut:
    return LeftOut(what, reason, Place(item.page, item.line), hint, is_wanted=False)
