"""A plan → a tree of all names and annotations that code may use of a generated package."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..plan.members import Choice, Kind, Member
from ..plan.modules import SharedModule
from ..plan.operations import Attachment, Message, Operation
from ..plan.packages import Family, Package
from ..plan.types import Entity
from ..plan.values import Enumeration
from .nodes import Node, Value


def plan_tree(plan: Family, *, nested: bool) -> Node:
    """The tree of ``plan``: classes and services, each under its name in Python.

    Args:
        plan: The plan.
        nested: Whether each service is taken to be in a package of its own.
    """
    parts: tuple[Package | SharedModule, ...] = (*plan.shared, *plan.packages)
    classes = [node for part in parts for node in _classes(part, _module(part, nested=nested))]
    faults = dict.fromkeys((*plan.faults, *(f for item in plan.packages for f in item.faults)))
    classes += [
        Node(
            "class",
            fault.class_name,
            {"docstring": fault.description, "is an error": True},
            (_member(fault.member, "member"),),
            fault.xml_name,
        )
        for fault in faults
    ]
    services = [_service(package, nested=nested) for package in plan.packages]
    # Where something stands in a module does not matter to those who import it.
    children = sorted((*services, *classes), key=lambda node: node.name)
    return Node("package", "", {"nested": nested}, tuple(children))


def _module(part: Package | SharedModule, *, nested: bool) -> str:
    """Where the classes of ``part`` are imported from, in the package."""
    is_shared = isinstance(part, SharedModule)
    return "common" if is_shared else part.name if nested else ""


def _service(package: Package, *, nested: bool) -> Node:
    values: dict[str, Value] = {
        "module": package.name if nested else "",
        "client": package.client,
        "asynchronous client": package.asynchronous_client,
        "address": package.address,
        "versions of SOAP": package.soap_versions,
        "addressing": package.addressing,
        "docstring": package.documentation,
    }
    children = sorted(map(_operation, package.operations), key=lambda node: node.name)
    return Node("client", package.service, values, tuple(children))


def _operation(operation: Operation) -> Node:
    response = operation.response
    values: dict[str, Value] = {
        "method": operation.method,
        "function": operation.name,
        "result": operation.returns,
        "item": response.item if response else "",
        "docstring": operation.description,
    }
    parameters = [
        *_parameters(operation.request),
        *(_attachment(item) for item in operation.request.attachments),
    ]
    raised = (Node("raised", name, {"docstring": text}) for name, text in operation.raised)
    results = _results(response) if response else ()
    return Node(
        "method",
        operation.xml_name,
        values,
        (*parameters, *raised, *results),
        types=_types(response.members if response else ()),
    )


def _parameters(message: Message) -> Iterator[Node]:
    keyword_only = {member.name for member in message.keyword_only}
    for position, member in enumerate(message.parameters):
        node = _member(member, "parameter")
        is_named = member.name in keyword_only
        values: dict[str, Value] = {**node.values, "position": None if is_named else position}
        values["annotation"] = member.accepts
        yield Node(node.kind, node.name, values, (), node.subject, node.types)


def _results(message: Message) -> Iterator[Node]:
    """What is documented of a result; its annotation is one of the method."""
    for member in message.members:
        yield Node("result", member.name, {"docstring": member.documentation}, (), member.tag.local)


def _attachment(attachment: Attachment) -> Node:
    return Node("attachment", attachment.member.name, {"content type": attachment.content_type})


def _classes(part: Package | SharedModule, module: str) -> Iterator[Node]:
    yield from (_entity(entity, module) for entity in part.entities)
    yield from (_enumeration(item, module) for item in part.enumerations)
    for choice in part.choices:
        yield from _choice(choice, module)
    if isinstance(part, Package):
        for record in part.records:
            members = (_member(member, "member") for member in record.members)
            values: dict[str, Value] = {"module": module, "docstring": record.documentation}
            yield Node("class", record.class_name, values, tuple(members))
    headers = part.own_header_classes if isinstance(part, Package) else (part.header_class,)
    for item in headers:
        if item is not None:
            members = (_member(header.member, "member") for header in item.headers)
            values = {"module": module, "docstring": item.description}
            yield Node("class", item.class_name, values, tuple(members))


def _entity(entity: Entity, module: str) -> Node:
    values: dict[str, Value] = {
        "module": module,
        "base": entity.base,
        "abstract": entity.abstract,
        "one of": tuple(
            (*(",".join(branch) for branch in item.branches), item.required)
            for item in entity.one_of
        ),
        "docstring": entity.description,
    }
    members = (_member(member, "member") for member in entity.members)
    return Node("class", entity.class_name, values, tuple(members), entity.xml_name)


def _member(member: Member, kind: str) -> Node:
    default: Value = member.default
    if member.default_text is not None:
        default = repr(member.default_text)
    values: dict[str, Value] = {
        "annotation": member.annotation,
        "required": not (member.has_default or member.is_repeated),
        "default": default,
        "secret": member.secret,
        "docstring": member.documentation,
    }
    named = member.kind in (Kind.ELEMENT, Kind.ATTRIBUTE)
    return Node(kind, member.name, values, (), member.tag.local if named else "", _types((member,)))


def _types(members: Sequence[Member]) -> frozenset[str]:
    return frozenset(member.xml_type for member in members if member.xml_type)


def _enumeration(enumeration: Enumeration, module: str) -> Node:
    members = (
        Node(
            "value",
            member.name,
            {"value": member.value, "docstring": member.documentation},
            subject=member.value,
        )
        for member in enumeration.members
    )
    values: dict[str, Value] = {
        "module": module,
        "flags": enumeration.flags,
        "docstring": enumeration.description,
    }
    return Node("class", enumeration.class_name, values, tuple(members))


def _choice(choice: Choice, module: str) -> Iterator[Node]:
    values: dict[str, Value] = {
        "module": module,
        "classes": choice.classes,
        "docstring": choice.description,
    }
    yield Node("class", choice.class_name, values)
    for item in choice.wrappers:
        wrapped: dict[str, Value] = {
            "module": module,
            "annotation": item.annotation,
            "docstring": item.description,
        }
        yield Node("class", item.class_name, wrapped, (), item.tag.local)
