"""Interfaces, and what a user adds to their contract → interfaces that say it themselves."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import TypeVar

from ..contract import AttributeUse, Body, Interface, MemberUse, Use, joined, shown
from ..contract.model import ComplexType, EnumType, ListType, QName, Type
from ..errors import GivenError
from ..given import Overlay, Pairs
from .targets import OfMember, OfOperation, OfValue, Targets, enumeration, member_key

_Part = TypeVar("_Part")
_Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Texts:
    """Documentation of parts of some interfaces, by what tells them from others."""

    services: dict[int, str] = field(default_factory=dict)
    operations: dict[OfOperation, str] = field(default_factory=dict)
    types: dict[QName, str] = field(default_factory=dict)
    members: dict[OfMember, str] = field(default_factory=dict)
    values: dict[OfValue, str] = field(default_factory=dict)
    headers: dict[QName, str] = field(default_factory=dict)


def overlaid(overlay: Overlay, interfaces: Sequence[Interface]) -> tuple[Interface, ...]:
    """``interfaces`` with the documentation of ``overlay``, in place of what the contract says.

    Raises:
        GivenError: There is no part that some of it is for, or there are several.
    """
    if not any(overlay.documentation().values()):
        return tuple(interfaces)
    targets = Targets(interfaces)
    texts = Texts(
        _texts("services", overlay.services, targets.service),
        _texts("operations", overlay.operations, targets.operation),
        _texts("types", overlay.types, targets.type),
        _texts("members", overlay.members, targets.member),
    )
    return with_texts(texts, interfaces)


def with_texts(texts: Texts, interfaces: Sequence[Interface]) -> tuple[Interface, ...]:
    """``interfaces`` with ``texts``, in place of the documentation that their parts have.

    Raises:
        GivenError: A part has a description of soapgen's own.
    """
    return tuple(_told(item, position, texts) for position, item in enumerate(interfaces))


def _told(interface: Interface, position: int, texts: Texts) -> Interface:
    operations = {name: text for (at, name), text in texts.operations.items() if at == position}
    told = _with_service(interface, texts.services.get(position, ""))
    told = _with_operations(told, operations)
    told = _with_headers(_with_types(told, texts.types), texts.headers)
    return _with_members(_with_values(told, texts.values), texts.members)


def secret_members(
    overlay: Overlay, interfaces: Sequence[Interface]
) -> dict[QName, frozenset[str]]:
    """The keys of the members that ``overlay`` calls secret, by what they are members of.

    Raises:
        GivenError: There is no such member, or there are several.
    """
    if not overlay.secrets:
        return {}
    targets = Targets(interfaces)
    found: dict[QName, set[str]] = {}
    for name in overlay.secrets:
        owner, key = targets.member(("secrets", name))
        found.setdefault(owner, set()).add(key)
    return {owner: frozenset(keys) for owner, keys in found.items()}


def secret_names(interface: Interface, secrets: Mapping[QName, Set[str]]) -> tuple[str, ...]:
    """The local names of what is secret in the messages of ``interface``, sorted."""
    owners = {*interface.reach.types}
    owners |= {
        body.wrapper.name for body in (*interface.requests, *interface.responses) if body.wrapper
    }
    keys = {key for owner in owners for key in secrets.get(owner, ())}
    return tuple(sorted({key.removeprefix("@") for key in keys}))


def _texts(kind: str, pairs: Pairs, find: Callable[[_Key], _Part]) -> dict[_Part, str]:
    return {find(("documentation", kind, name)): joined([text]) for name, text in pairs}


def _with_service(interface: Interface, text: str) -> Interface:
    if not text:
        return interface
    return replace(interface, service=replace(interface.service, documentation=text))


def _with_operations(interface: Interface, texts: Mapping[str, str]) -> Interface:
    if not texts:
        return interface
    port = interface.port
    operations = tuple(
        replace(item, documentation=texts.get(item.name, item.documentation))
        for item in port.binding.operations
    )
    port = replace(port, binding=replace(port.binding, operations=operations))
    return replace(interface, port=port)


def _with_types(interface: Interface, texts: Mapping[QName, str]) -> Interface:
    reach = interface.reach
    types = {
        name: _described(name, reach.types[name], text)
        for name, text in texts.items()
        if name in reach.types
    }
    return replace(interface, reach=replace(reach, types={**reach.types, **types}))


def _described(name: QName, definition: Type, text: str) -> Type:
    if isinstance(definition, ComplexType | EnumType | ListType):
        return replace(definition, documentation=text)
    raise GivenError(
        "this is one of several elements: it has a description of soapgen's own",
        ("documentation", "types", shown(name)),
        hint="describe the elements in its place",
    )


def _with_values(interface: Interface, texts: Mapping[OfValue, str]) -> Interface:
    types = dict(interface.reach.types)
    for name in dict.fromkeys(name for name, _ in texts if name in types):
        definition = types[name]
        listed = enumeration(definition)
        assert listed is not None, "only enumerations have values"
        values = tuple(
            replace(item, documentation=texts.get((name, item.value), item.documentation))
            for item in listed.values
        )
        listed = replace(listed, values=values)
        if isinstance(definition, ListType):
            types[name] = replace(definition, item=listed)
        else:
            types[name] = listed
    return replace(interface, reach=replace(interface.reach, types=types))


def _with_headers(interface: Interface, texts: Mapping[QName, str]) -> Interface:
    def told(uses: Mapping[QName, Use]) -> dict[QName, Use]:
        return {
            name: (
                replace(use, element=replace(use.element, documentation=texts[name]))
                if name in texts
                else use
            )
            for name, use in uses.items()
        }

    return replace(
        interface,
        headers=told(interface.headers),
        response_headers=told(interface.response_headers),
    )


def _with_members(interface: Interface, texts: Mapping[OfMember, str]) -> Interface:
    if not texts:
        return interface
    owners = {owner for owner, _ in texts}
    reach = interface.reach
    uses = {
        owner: (
            tuple(_documented(use, owner, texts) for use in members) if owner in owners else members
        )
        for owner, members in reach.uses.items()
    }
    return replace(
        interface,
        reach=replace(reach, uses={**reach.uses, **uses}),
        bodies=tuple(
            (_with_uses(request, texts), response and _with_uses(response, texts))
            for request, response in interface.bodies
        ),
    )


def _with_uses(body: Body, texts: Mapping[OfMember, str]) -> Body:
    if body.wrapper is None:
        return body
    owner = body.wrapper.name
    uses = (_documented(use, owner, texts) for use in body.uses)
    return replace(body, uses=tuple(use for use in uses if isinstance(use, Use)))


def _documented(use: MemberUse, owner: QName, texts: Mapping[OfMember, str]) -> MemberUse:
    text = texts.get((owner, member_key(use)))
    if text is None:
        return use
    match use:
        case Use():
            return replace(use, element=replace(use.element, documentation=text))
        case AttributeUse():
            return replace(use, attribute=replace(use.attribute, documentation=text))
        case _:
            raise GivenError(
                "this is no element and no attribute: it has a description of soapgen's own",
                ("documentation", "members", f"{owner.local}.{member_key(use)}"),
                hint="describe the type in its place",
            )
