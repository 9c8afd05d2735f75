"""A contract → a tree of all that it says, by the fields of the model.

Every field of every class of the model becomes a value or a child, but for the few that are left
aside here with a reason: a field that is added to the model is compared without a line here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from ..contract.mentions import FIELDS_OF_TYPES, mentioned_types
from ..contract.model import (
    ArrayType,
    ComplexType,
    Compositor,
    ElementParticle,
    Facets,
    Group,
    Occurrence,
    QName,
    Type,
)
from ..contract.services import Message, Operation, Service
from ..errors import LeftOut
from .nodes import Node, Value

_ASIDE = {
    "place": "where something stands says nothing of messages",
    "repairs": "what was mended is compared as it is mended",
}
_ASIDE_IN = {
    ("group", "name"): "a named group is the same on the wire as its content",
    ("leftOut", "is_wanted"): "the reason says it",
    ("leftOut", "hint"): "it is advice",
    ("message", "unbound"): "it is not in messages",
}
ANONYMOUS = "(anonymous)"
"""What stands for a type without a name, which is compared by its content."""


@dataclass(frozen=True, slots=True)
class Use:
    """Which messages something is in.

    Attributes:
        request: Whether it is in requests.
        response: Whether it is in responses.
    """

    request: bool = False
    response: bool = False

    def __or__(self, other: Use) -> Use:
        return Use(self.request or other.request, self.response or other.response)


@dataclass(frozen=True, slots=True)
class ContractTree:
    """What a contract says.

    Attributes:
        root: Its services, the elements of its messages and its types.
        uses: Which messages each element and type is in, by its kind and its name in the tree.
        operations: The operations that have each element in one of their messages, by its name.
        declared: The types that a message declares, in whose place those that are derived from
            them may be, with these.
    """

    root: Node
    uses: Mapping[tuple[str, str], Use]
    operations: Mapping[str, frozenset[str]]
    declared: frozenset[str]


def contract_tree(
    services: Sequence[Service], types: Mapping[QName, Type], left_out: Sequence[LeftOut] = ()
) -> ContractTree:
    """The tree of ``services`` and ``types``, and of what of schemas is ``left_out``."""
    found = _Elements(services)
    children = (
        *(_service(service) for service in services),
        *(
            _node(element, "messageElement", str(element.name))
            for _, element in sorted(found.elements.items())
        ),
        *(_node(types[name], _kind(types[name]), str(name)) for name in sorted(types)),
        *(_node(item, "leftOut", item.what) for item in left_out),
    )
    uses = {("messageElement", str(name)): use for name, use in found.uses.items()}
    type_uses, declared = _type_uses(found, types)
    uses |= {("type", str(name)): use for name, use in type_uses.items()}
    operations = {str(name): frozenset(users) for name, users in found.operations.items()}
    root = Node("contract", "", children=children)
    return ContractTree(root, uses, operations, frozenset(map(str, declared)))


class _Elements:
    """The elements and types of parts, headers and faults, and which messages they are in."""

    def __init__(self, services: Sequence[Service]) -> None:
        self.elements: dict[QName, ElementParticle] = {}
        self.uses: dict[QName, Use] = {}
        self.operations: dict[QName, set[str]] = {}
        self.types: list[tuple[QName, Use]] = []
        for service in services:
            for port in service.ports:
                for operation in port.binding.operations:
                    self._operation(operation)

    def _operation(self, operation: Operation) -> None:
        self._message(operation, operation.input, Use(request=True))
        if operation.output is not None:
            self._message(operation, operation.output, Use(response=True))
        for fault in operation.faults:
            self._element(operation, fault.element, Use(response=True))

    def _message(self, operation: Operation, message: Message, use: Use) -> None:
        for header in message.headers:
            self._element(operation, header.element, use)
        for part in message.parts:
            if part.element is not None:
                self._element(operation, part.element, use)
            if part.type is not None:
                self.types += [(name, use) for name in mentioned_types(part)]

    def _element(self, operation: Operation, element: ElementParticle, use: Use) -> None:
        name = element.name
        self.elements.setdefault(name, element)
        self.uses[name] = self.uses.get(name, Use()) | use
        self.operations.setdefault(name, set()).add(operation.name)
        self.types += [(reference, use) for reference in mentioned_types(element)]


def _type_uses(
    found: _Elements, types: Mapping[QName, Type]
) -> tuple[dict[QName, Use], set[QName]]:
    """Which messages each type may be in, and the types that are declared there.

    A type may be in the place of one that it is derived from, where a message declares that one.
    """
    reached: dict[tuple[QName, bool], Use] = {}
    derived: dict[QName, list[QName]] = {}
    for name, type_ in types.items():
        if isinstance(type_, ComplexType) and type_.base is not None:
            derived.setdefault(type_.base, []).append(name)
    waiting = [(name, True, use) for name, use in found.types]
    while waiting:
        name, is_declared, use = waiting.pop()
        known = reached.get((name, is_declared), Use())
        if name not in types or known | use == known:
            continue
        reached[name, is_declared] = known | use
        base = getattr(types[name], "base", None)
        waiting += [(item, item != base, use) for item in mentioned_types(types[name])]
        if is_declared:
            waiting += [(item, True, use) for item in derived.get(name, ())]
    uses: dict[QName, Use] = {}
    for (name, _), use in reached.items():
        uses[name] = uses.get(name, Use()) | use
    return uses, {name for name, is_declared in reached if is_declared}


def _service(service: Service) -> Node:
    """A service goes by its local name: its namespace may carry a version."""
    return _node(service, "service", service.name.local)


def _node(value: Any, kind: str, name: str) -> Node:
    values: dict[str, Value] = {}
    children: list[Node] = []
    if isinstance(value, ArrayType):
        # On the wire, a list is what any other type with a sequence is.
        values["dimensions"] = value.dimensions or None
        value = ComplexType(value.name, Group(Compositor.SEQUENCE, (value.item,)))
    for field in fields(value):
        if field.name in _ASIDE or (kind, field.name) in _ASIDE_IN:
            continue
        _add(field.name, getattr(value, field.name), values, children)
    if kind not in ("service", "binding"):  # all others are paired by it
        values.pop("name", None)
    return Node(kind, name, values, tuple(children), name.rpartition("}")[2])


def _add(name: str, item: Any, values: dict[str, Value], children: list[Node]) -> None:
    """Add what a field says to the values and the children of a node."""
    if isinstance(item, Occurrence):
        values["minOccurs"], values["maxOccurs"] = item.minimum, item.maximum
    elif isinstance(item, Facets):
        for facet in fields(item):
            values[facet.name] = getattr(item, facet.name)
    elif isinstance(item, QName):
        values[name] = str(item)
    elif isinstance(item, ElementParticle) and name == "element":
        values[name] = str(item.name)  # it is compared as one of the elements of messages
    elif is_dataclass(item):
        if name in FIELDS_OF_TYPES:
            values[name] = ANONYMOUS
        called = name if isinstance(item, Message) else ""
        if isinstance(item, ElementParticle):
            called = str(item.name)
        children.append(_node(item, _kind(item), called))
    elif isinstance(item, tuple) and any(is_dataclass(each) for each in item):
        # Attributes have no order in a message, nor in what xmlschema makes of a schema.
        listed = sorted(item, key=lambda each: each.name) if name == "attributes" else item
        for position, each in enumerate(listed):
            if is_dataclass(each):
                children.append(_node(each, _kind(each), _name(each, position, name)))
        if name in FIELDS_OF_TYPES:
            values[name] = tuple(
                str(each) if isinstance(each, QName) else ANONYMOUS for each in item
            )
    elif isinstance(item, tuple) and item:
        values[name] = tuple(str(each) if isinstance(each, QName) else each for each in item)
    elif not isinstance(item, tuple):
        values[name] = str(item) if isinstance(item, str) else item


def _name(item: Any, position: int, role: str) -> str:
    """What pairs ``item`` with one of the other contract: its name, or its place."""
    if isinstance(item, LeftOut):
        return item.what
    name = getattr(item, "value", None) or getattr(item, "name", None)
    if isinstance(item, Group) or name is None:
        # Groups and wildcards have no names: the first is paired with the first.
        return str(position) if role == "members" else ""
    return str(name)


def _kind(item: Any) -> str:
    name = type(item).__name__
    kinds = {
        "ElementParticle": "element",
        "AnyParticle": "wildcard",
        "HeaderPart": "header",
        "EnumValue": "enumerationValue",
        "ArrayType": "complexType",
    }
    return kinds.get(name, name[0].lower() + name[1:])
