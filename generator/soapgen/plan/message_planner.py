"""The bodies of messages → their plan: forms, members, parameters and records."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from .. import naming
from ..contract import Body, Interface, OpenUse
from . import sentences
from .members import Member, Presence
from .names import Direction
from .operations import Attachment, Form, Message, Operation, Record
from .runtime import ATTACHMENTS, LEFT_OPEN, NAMED_TYPES, NIL_ANSWERS, NIL_MEMBERS
from .type_planner import TypePlanner


class MessagePlanner:
    """Plans the bodies of one service's messages.

    Args:
        interface: What the service sends and receives.
        types: The planner of its types.
        classes: The scope of its classes, in which records are named.
        functions: The scope of the stems of its functions.
        called: The functions that its builders call, which no parameter may hide.
        server: Whether to also plan what reads requests and writes responses.

    Attributes:
        records: A dataclass for each message that is read and has several members or attachments.
    """

    def __init__(
        self,
        interface: Interface,
        types: TypePlanner,
        *,
        classes: naming.Names,
        functions: naming.Names,
        called: set[str],
        server: bool,
    ) -> None:
        self._interface = interface
        self._types = types
        self._classes = classes
        self._functions = functions
        self._called = called
        self._server = server
        # Whether elements in messages may be of types whose attributes would be lost.
        self._reads_carefully = interface.reach.texts_may_be_more and not interface.encoded
        self.records = self._records()

    def _records(self) -> dict[Body, Record]:
        records: dict[Body, Record] = {}
        operations = self._interface.port.binding.operations
        for operation, (request, response) in zip(operations, self._interface.bodies, strict=True):
            for body, suffix in ((request, "Request"), (response, "Result")):
                is_read = self._server or body is response
                if body is None or not is_read or body in records:
                    continue
                if len(body.uses) < 2 and not body.attachments:
                    continue
                name = body.wrapper.name.local if body.wrapper else operation.name
                documentation = body.wrapper.documentation if body.wrapper else ""
                class_name = self._classes.take(
                    naming.record(name, suffix), owner=f"the message {name}"
                )
                style = self._types.reserved.member
                members, attachments = self._members(body, style)
                records[body] = Record(
                    class_name,
                    naming.function(self._functions.take(naming.snake(class_name)), Direction.READ),
                    members,
                    documentation or sentences.record(name),
                    attachments,
                )
        return records

    def response(self, body: Body) -> Message:
        """The plan of a response, whose value is the result of a call."""
        return replace(self.message(body), is_result=self._interface.encoded)

    def message(self, body: Body) -> Message:
        """The plan of a request."""
        members, attachments = self._members(body, self._types.reserved.parameter)
        wrapper = None if body.wrapper is None else self._types.tag(body.wrapper.name)
        record = self.records.get(body)
        if record is not None:
            result = record.class_name
        else:
            result = members[0].annotation if len(members) == 1 else "None"
        return Message(
            form=_form(body, members, encoded=self._interface.encoded),
            wrapper=wrapper,
            members=members,
            parameters=tuple(map(_parameter, (*members, *(it.member for it in attachments)))),
            result=result,
            read=record.function if record else "",
            attachments=attachments,
            encoded=self._interface.encoded,
            read_carefully=self._reads_carefully,
        )

    def _members(
        self, body: Body, style: naming.Style
    ) -> tuple[tuple[Member, ...], tuple[Attachment, ...]]:
        """What is in ``body`` and what is beside its envelope, each as a member or parameter."""
        scope = naming.Names(elsewhere=self._called)
        members = self._types.named_members(
            (*body.uses, OpenUse(repeats=True)) if body.is_open else body.uses,
            scope,
            style,
            data_contract=body.data_contract,
            owner=body.wrapper.name if body.wrapper else None,
            remembers_nil=True,
        )
        attachments = (
            (self._types.attachment(item.name, scope.take(style(item.name))), item.content_type)
            for item in body.attachments
        )
        return members, tuple(
            Attachment(member, content_type, position)
            for position, (member, content_type) in enumerate(attachments)
        )

    def runtime(self, operations: Iterable[Operation]) -> frozenset[str]:
        """The optional runtime modules that the bodies of ``operations`` need."""
        messages: list[Message | Record] = [*self.records.values()]
        read: list[Message] = []
        for operation in operations:
            messages.append(operation.request)
            if operation.response:
                read.append(operation.response)
            if self._server:
                read.append(operation.request)
        if self._server:
            messages += read
        clearable = {NIL_MEMBERS for item in messages if item.clearable}
        clearable |= {NIL_ANSWERS for item in read if item.may_be_nil}
        bodies = (*self._interface.requests, *self._interface.responses)
        attachments = {ATTACHMENTS for body in bodies if body.attachments}
        is_open = any(body.is_open for body in bodies)
        careful = {NAMED_TYPES} if self._reads_carefully else set()
        return frozenset(clearable | attachments | careful | (LEFT_OPEN if is_open else set()))


def _form(body: Body, members: tuple[Member, ...], *, encoded: bool) -> Form:
    if body.is_open:
        return Form.OPEN
    if len(members) > 1 or body.attachments:
        return Form.RECORD if body.wrapper else Form.PARTS
    if not members:
        return Form.NOTHING if body.wrapper is None else Form.EMPTY
    (member,) = members
    # A list that is all of a body is missing where its element is nil, which a list cannot tell.
    is_list = not member.is_required if body.wrapper else member.is_required
    # What an encoded list refers to may follow it: it is read as a whole.
    if member.item and (member.is_repeated or is_list) and not encoded:
        return Form.LIST
    return Form.MEMBER if body.wrapper else Form.BARE


def _parameter(member: Member) -> Member:
    """``member`` as a parameter: without its zero as a default, unless that zero is harmless."""
    if member.presence is Presence.ZERO and not member.value.is_harmless:
        return replace(member, default="")
    return member
