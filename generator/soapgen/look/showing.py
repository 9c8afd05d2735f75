"""A name → what a contract and a plan say of it: an operation, a type or an element."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ..contract.mentions import mentioned_types
from ..contract.model import ElementParticle, QName
from ..contract.select import Chosen, operation_names, operations_called
from ..contract.services import Message, Operation
from ..errors import SourceError
from ..near import did_you_mean
from ..plan import Family
from ..plan.members import Member
from ..plan.modules import SharedModule
from ..plan.operations import Operation as PlannedOperation
from ..plan.packages import Package
from ..plan.types import Entity
from ..plan.values import Enumeration
from ..render.literals import literal
from .tree import Branch, Types, element_tree, tree_lines, type_tree


@dataclass(frozen=True, slots=True)
class Shown:
    """What there is to say of a name.

    Attributes:
        kind: ``operation``, ``type`` or ``element``.
        name: The name.
        full_name: Of an operation, its name with that of its service; of others, the name.
        python: What is generated of it, as source; empty for nothing of its own.
        documentation: Its documentation.
        trees: Its members by what they are the members of: the request, the response, itself.
        used_by: What refers to it.
    """

    kind: str
    name: str
    full_name: str
    python: str
    documentation: str
    trees: dict[str, Branch]
    used_by: tuple[str, ...]

    def as_data(self) -> dict[str, Any]:
        """It as JSON has it."""
        return {
            "kind": self.kind,
            "name": self.name,
            "python": self.python,
            "documentation": self.documentation,
            "members": self.trees,
            "used_by": list(self.used_by),
        }

    def lines(self) -> Iterator[str]:
        """It in plain text."""
        yield f"{self.kind} {self.name}"
        for text, title in ((self.documentation, ""), (self.python, "Python:")):
            if text:
                yield ""
                if title:
                    yield title
                    yield from (f"  {line}" for line in text.splitlines())
                else:
                    yield " ".join(text.split())
        for title, branch in self.trees.items():
            yield ""
            yield f"{title}:"
            yield from list(tree_lines(branch)) or ["  (nothing within)"]
        if self.used_by:
            yield ""
            yield "Used by:"
            yield from (f"  {user}" for user in self.used_by)


def show(name: str, services: Sequence[Chosen], types: Types, plan: Family) -> list[Shown]:
    """All that is called ``name``: in the contract or, of classes and methods, in Python.

    An operation may be ``Service.Operation``.

    Raises:
        SourceError: There is nothing of that name.
    """
    operations = [
        (f"{item.name}.{operation.name}", operation)
        for item in services
        for operation in item.port.binding.operations
    ]
    elements = {
        element.name: element for _, operation in operations for element in _elements(operation)
    }
    planned = {
        f"{part.service}.{item.xml_name}": item
        for part in plan.packages
        for item in part.operations
    }
    methods = {item.method: item.xml_name for item in planned.values()}
    found = [
        _operation(full, operation, planned.get(full), types)
        for position, operation in operations_called(methods.get(name, name), services)
        for full in (f"{services[position].name}.{operation.name}",)
    ]
    classes = _classes(plan)
    named = {item.xml_name: item for item in classes if isinstance(item, Entity)}
    by_class = {item.class_name: item for item in classes}
    code = by_class.get(name) or named.get(name)
    local = code.xml_name if isinstance(code, Entity) else name
    for qname, type_ in types.items():
        if local == qname.local:
            found.append(
                Shown(
                    "type",
                    local,
                    local,
                    _class(code) if code else "",
                    getattr(type_, "documentation", ""),
                    {"Members": type_tree(qname, types)},
                    tuple(_users(qname, operations, types)),
                )
            )
    for qname, element in elements.items():
        if name == qname.local and all(item.kind != "operation" for item in found):
            tree = element_tree(element, types, set())
            users = [full for full, item in operations if element in _elements(item)]
            text = element.documentation
            found.append(Shown("element", name, name, "", text, {"Members": tree}, tuple(users)))
    if not found:
        known = {*operation_names(services)}
        known |= {qname.local for qname in (*types, *elements)} | by_class.keys()
        raise SourceError(
            f"there is no operation, type or element {name}",
            hint=did_you_mean(name, known, "`soapgen list` shows all operations", 3),
        )
    return found


def _elements(operation: Operation) -> list[ElementParticle]:
    """The elements of its messages."""
    messages = [item for item in (operation.input, operation.output) if item is not None]
    found = [part.element for item in messages for part in item.parts if part.element]
    found += [header.element for item in messages for header in item.headers]
    return found + [fault.element for fault in operation.faults]


def _operation(
    full_name: str, operation: Operation, planned: PlannedOperation | None, types: Types
) -> Shown:
    trees = {"Request": _message(operation.input, types)}
    if operation.output is not None:
        trees["Response"] = _message(operation.output, types)
    for fault in operation.faults:
        tree = element_tree(fault.element, types, set())
        trees[f"Fault {fault.name}"] = {"members": [tree]}
    code = signature(planned) if planned else ""
    text = operation.documentation
    return Shown("operation", operation.name, full_name, code, text, trees, ())


def _message(message: Message, types: Types) -> Branch:
    members: list[Branch] = []
    opened: set[QName] = set()
    for header in message.headers:
        branch = element_tree(header.element, types, opened)
        members.append(branch | {"name": f"(header) {branch['name']}"})
    for part in message.parts:
        if part.element is not None:
            members.append(element_tree(part.element, types, opened))
        elif part.type is not None:
            particle = ElementParticle(QName("", part.name), part.type)
            members.append(element_tree(particle, types, opened))
    for item in message.attachments:
        members.append({"name": item.name, "type": item.content_type, "occurs": "1"})
    return {"members": members}


def signature(operation: PlannedOperation) -> str:
    """The client's method, with a line for each parameter."""
    request = operation.request
    keyword_only = {item.name for item in request.keyword_only}
    lines = ["self,"]
    for member in request.parameters:
        if member.name in keyword_only and "*," not in lines:
            lines.append("*,")
        default = f" = {member.default}" if member.default else ""
        lines.append(f"{member.name}: {member.accepts}{default},")
    inner = "".join(f"    {line}\n" for line in lines)
    text = f"def {operation.method}(\n{inner}) -> {operation.returns}"
    errors = [name for name, _ in operation.raised]
    return text + (f"  # raises {', '.join(errors)}" if errors else "")


def _classes(plan: Family) -> list[Entity | Enumeration]:
    parts: tuple[Package | SharedModule, ...] = (*plan.shared, *plan.packages)
    found: list[Entity | Enumeration] = []
    for part in parts:
        found += [*part.entities, *part.enumerations]
    return found


def _class(item: Entity | Enumeration) -> str:
    """The class, with a line for each member."""
    if isinstance(item, Enumeration):
        values = [f"    {member.name} = {literal(member.value)}" for member in item.members]
        return "\n".join((f"class {item.class_name}(OpenEnum):", *values))
    base = f"({item.base})" if item.base else ""
    lines = [f"    {_member(member)}" for member in item.members] or ["    pass"]
    return "\n".join((f"class {item.class_name}{base}:", *lines))


def _member(member: Member) -> str:
    text = member.default_text
    default = member.default_in_class if text is None else literal(text)
    return f"{member.name}: {member.annotation}" + (f" = {default}" if default else "")


def _users(name: QName, operations: Sequence[tuple[str, Operation]], types: Types) -> Iterator[str]:
    """What refers to a type: types and operations."""
    for other, type_ in sorted(types.items()):
        if other != name and name in mentioned_types(type_):
            yield f"type {other.local}"
    for full, operation in operations:
        if name in mentioned_types((operation.input, operation.output, operation.faults)):
            yield f"operation {full}"
