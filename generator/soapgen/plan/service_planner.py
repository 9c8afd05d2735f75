"""An interface → plan: the operations of one service and its messages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import chain
from types import MappingProxyType

from .. import naming
from ..contract import Body, FaultDetail, Interface, OpenUse, Use, element_uses, encoding_of
from ..contract.model import QName
from ..namespaces import XSD
from . import sentences
from .conventions import Conventions
from .fault_planner import Sets, fault_sets, name_faults, plan_faults
from .faults import Fault
from .given_names import name_operations
from .header_planner import HeaderNames, header_class, header_names, header_sets, plan_headers
from .members import Member, Presence
from .names import Direction, Namespace
from .operations import (
    Attachment,
    Form,
    Header,
    HeaderSet,
    Message,
    Operation,
    Record,
    common_base,
)
from .overlay import secret_names
from .packages import Package, RuntimeModule
from .runtime import (
    ATTACHMENTS,
    ENCODED,
    LEFT_OPEN,
    NAMED_TYPES,
    NIL_MEMBERS,
    VERSIONS,
    runtime_modules,
)
from .type_planner import TypePlanner
from .types import Functions


def needed(interface: Interface, *, server: bool) -> dict[Direction, set[QName]]:
    """The types that are written and read for ``interface``; with ``server`` all are both."""
    sent, received = interface.sent(), interface.received()
    if server:
        sent = received = [*sent, *received]
    return {
        Direction.WRITE: interface.reach.closure(sent),
        Direction.READ: interface.reach.closure(received),
    }


class ServicePlanner:
    """Plans the package of one service.

    Args:
        interface: What the service sends and receives.
        types: The planner of its types.
        classes: The scope of its classes; the names of its types' classes are taken.
        functions: The scope of the stems of its functions; those of its types are taken.
        source: The file name of the WSDL.
        conventions: What its vendor does beyond SOAP.
        server: Whether to also plan what reads requests and writes responses.
        given: The names that a user gives to its operations.
    """

    def __init__(
        self,
        interface: Interface,
        types: TypePlanner,
        *,
        classes: naming.Names,
        functions: naming.Names,
        source: str,
        conventions: Conventions,
        server: bool,
        given: Mapping[str, naming.GivenName] = MappingProxyType({}),
    ) -> None:
        self.interface = interface
        self.types = types
        self.classes = classes
        self.functions = functions
        self.source = source
        self.conventions = conventions
        self.server = server
        self.given = given
        self.needed = needed(interface, server=server)
        # The functions that its builders call, which no parameter may hide.
        self.called = set(types.functions)

    def package(
        self,
        name: str,
        shared_headers: frozenset[str],
        shared_faults: Mapping[FaultDetail, str] = MappingProxyType({}),
    ) -> Package:
        """The plan of the package. It takes names in the scopes, so call it once.

        Args:
            name: The package's name.
            shared_headers: The classes for headers that are in shared modules.
            shared_faults: The faults whose classes are in a shared module, with these classes.
        """
        interface, types, binding = self.interface, self.types, self.interface.port.binding
        request_headers = self._headers(is_request=True)
        response_headers = self._headers(is_request=False)
        request_sets = header_sets(
            request_headers,
            [operation.input for operation in binding.operations],
            self.functions,
            is_request=True,
        )
        response_sets = header_sets(
            response_headers,
            [item.output for item in binding.operations if item.output and self.server],
            self.functions,
            is_request=False,
        )
        self.called |= {item.function for item in (*request_sets.values(), *response_sets.values())}
        records = self._records()
        client, asynchronous_client = types.reserved.clients(interface.name)
        action_base = common_base([operation.action for operation in binding.operations])
        builders = naming.Names(naming.NO_OPERATION)
        names = self._operation_names(builders)
        faults = self._faults(shared_faults, builders)
        sets = fault_sets(interface.faults, faults, self._constants())
        operations = self._operations(
            names, request_sets, response_sets, records, sets, action_base
        )
        written, read = (
            types.functions_for(names, direction) for direction, names in self.needed.items()
        )
        if types.encoding is not None:
            written = replace(written, typed=types.encoding.typed(self._written_uses()))
        requests = [operation.request for operation in operations]
        responses = [operation.response for operation in operations if operation.response]
        reports_failures = self.conventions.reports_failures(interface)
        checks_logins = any(operation.check_login for operation in operations)
        soap_versions = interface.service.soap_versions(interface.port)
        vendor = RuntimeModule(self.conventions.module, self.conventions.template)
        return Package(
            name=name,
            source=self.source,
            service=interface.name,
            client=client,
            asynchronous_client=asynchronous_client,
            address=interface.port.address,
            soap_versions=soap_versions,
            documentation=interface.service.documentation,
            action_base=action_base,
            written_namespaces=self._used(
                self._written_uris(),
                *request_headers.values(),
                *(requests if not self.server else [*requests, *responses]),
                *(response_headers.values() if self.server else ()),
                *(faults.values() if self.server else ()),
            ),
            read_namespaces=self._used(
                set(),
                read,
                *faults.values(),
                *response_headers.values(),
                *(responses if not self.server else [*requests, *responses]),
                *(request_headers.values() if self.server else ()),
            ),
            enumerations=tuple(types.enumerations().values()),
            entities=tuple(types.entities().values()),
            choices=tuple(types.choices().values()),
            records=tuple(sorted(records.values(), key=lambda record: record.class_name)),
            written=written,
            read=read,
            shared_names=types.names.shared_classes(),
            request_headers=header_class(request_headers, request_sets, shared_headers),
            response_headers=header_class(
                response_headers, response_sets, shared_headers, is_request=False
            ),
            faults=tuple(faults.values()),
            fault_sets=tuple(sets.values()),
            addressing=binding.addressing,
            operations=operations,
            runtime=runtime_modules(interface.reach, interface.uses())
            | self._runtime_of_bodies(operations, records)
            | frozenset({VERSIONS} if len(soap_versions) > 1 else ())
            | frozenset({NAMED_TYPES} if self._reads_carefully else ())
            | frozenset({ENCODED} if interface.encoded else ()),
            encoding=encoding_of(binding.soap_version) if interface.encoded else "",
            called=types.simple.called(),
            server=self.server,
            vendor=vendor if reports_failures or checks_logins else None,
            raise_failure=self.conventions.raise_failure if reports_failures else "",
            secrets=secret_names(interface, types.secrets),
        )

    def _written_uses(self) -> list[Use]:
        """The elements that are written: those of messages and headers, and their members."""
        interface, reach = self.interface, self.interface.reach
        outermost = interface.uses() if self.server else interface.sent_uses()
        inner = (element_uses(reach.uses.get(name, ())) for name in self.needed[Direction.WRITE])
        return [*outermost, *chain.from_iterable(inner)]

    def _written_uris(self) -> set[str]:
        """The namespaces of what is written that no element of a message is in."""
        reach, written = self.interface.reach, self.needed[Direction.WRITE]
        uris = reach.namespaces(written)
        if self.interface.encoded:
            uris |= {XSD, encoding_of(self.interface.port.binding.soap_version)}
            uris |= {name.namespace for name in written if "/" not in name.local}
            declared = (use.element.type for use in self._written_uses())
            uris |= {item.namespace for item in declared if isinstance(item, QName)}
        return uris

    def _used(
        self, uris: set[str], *parts: Functions | Message | Header | Fault
    ) -> tuple[Namespace, ...]:
        """The namespaces ``uris`` and those of the elements of ``parts``, the main one first."""
        constants = {tag.constant for part in parts for tag in part.tags()}
        return tuple(
            namespace
            for uri, namespace in self.types.namespaces.items()
            if uri in uris or namespace.constant in constants
        )

    # --- faults --------------------------------------------------------------------------------

    def _faults(
        self, shared: Mapping[FaultDetail, str], builders: naming.Names
    ) -> dict[FaultDetail, Fault]:
        """The faults of the service; the functions that write them are named in ``builders``."""
        names = {fault: shared.get(fault, "") for fault in self.interface.all_faults}
        own = name_faults((fault for fault in names if not names[fault]), self.classes)

        def build(class_name: str) -> str:
            if not self.server:
                return ""
            return builders.take(naming.snake(class_name), owner=f"the fault {class_name}")

        shared_names = frozenset(filter(None, names.values()))
        return plan_faults(names | own, self.types, shared=shared_names, build=build)

    def _constants(self) -> naming.Names:
        """The scope of the constants of the module of parsers."""
        namespaces = {item.constant for item in self.types.namespaces.values()}
        return naming.Names({*namespaces, *self.types.names.classes.values()})

    # --- headers -------------------------------------------------------------------------------

    def _headers(self, *, is_request: bool) -> dict[QName, Header]:
        interface = self.interface
        headers = interface.headers if is_request else interface.response_headers
        return plan_headers(headers, self.types)

    # --- operations ----------------------------------------------------------------------------

    def _operation_names(self, builders: naming.Names) -> tuple[str, ...]:
        """The common part of the names of each operation's functions, taken in ``builders``."""
        suffixes = naming.BOTH_HALVES if self.server else ("",)
        operations = self.interface.port.binding.operations
        return name_operations(operations, self.given, builders, naming.snake, suffixes)

    def _operations(
        self,
        names: tuple[str, ...],
        request_sets: Mapping[HeaderNames, HeaderSet],
        response_sets: Mapping[HeaderNames, HeaderSet],
        records: Mapping[Body, Record],
        sets: Sets,
        action_base: str,
    ) -> tuple[Operation, ...]:
        operations = self.interface.port.binding.operations
        methods = naming.Names(self.types.caseless)
        style = self.types.reserved.method
        return tuple(
            Operation(
                name=name,
                method=method,
                xml_name=operation.name,
                action=operation.action,
                has_usual_action=operation.action == action_base + operation.name,
                request=self._message(request, records),
                response=None if response is None else self._response(response, records),
                header_set=request_sets.get(header_names(operation.input)),
                response_header_set=(
                    response_sets.get(header_names(operation.output)) if operation.output else None
                ),
                description=operation.documentation or sentences.operation(operation.name),
                check_login=self._check_login(response),
                faults=sets[faults].constant if faults else "",
                raised=sets[faults].descriptions if faults else (),
            )
            for name, method, operation, (request, response), faults in zip(
                names,
                name_operations(operations, self.given, methods, style),
                operations,
                self.interface.bodies,
                self.interface.faults,
                strict=True,
            )
        )

    def _check_login(self, response: Body | None) -> str:
        members = {use.element.name.local for use in response.uses} if response else set()
        return self.conventions.check_login if self.conventions.is_login(members) else ""

    def _records(self) -> dict[Body, Record]:
        """A dataclass for each message that is read and has several members or attachments."""
        records: dict[Body, Record] = {}
        operations = self.interface.port.binding.operations
        for operation, (request, response) in zip(operations, self.interface.bodies, strict=True):
            for body, suffix in ((request, "Request"), (response, "Result")):
                is_read = self.server or body is response
                if body is None or not is_read or body in records:
                    continue
                if len(body.uses) < 2 and not body.attachments:
                    continue
                name = body.wrapper.name.local if body.wrapper else operation.name
                documentation = body.wrapper.documentation if body.wrapper else ""
                class_name = self.classes.take(
                    naming.record(name, suffix), owner=f"the message {name}"
                )
                style = self.types.reserved.member
                members, attachments = self._members(body, style)
                records[body] = Record(
                    class_name,
                    naming.function(self.functions.take(naming.snake(class_name)), Direction.READ),
                    members,
                    documentation or sentences.record(name),
                    attachments,
                )
        return records

    @property
    def _reads_carefully(self) -> bool:
        """Whether elements in messages may be of types whose attributes would be lost."""
        return self.interface.reach.texts_may_be_more and not self.interface.encoded

    def _response(self, body: Body, records: Mapping[Body, Record]) -> Message:
        return replace(self._message(body, records), is_result=self.interface.encoded)

    def _message(self, body: Body, records: Mapping[Body, Record]) -> Message:
        members, attachments = self._members(body, self.types.reserved.parameter)
        wrapper = None if body.wrapper is None else self.types.tag(body.wrapper.name)
        record = records.get(body)
        if record is not None:
            result = record.class_name
        else:
            result = members[0].annotation if len(members) == 1 else "None"
        return Message(
            form=_form(body, members, encoded=self.interface.encoded),
            wrapper=wrapper,
            members=members,
            parameters=tuple(map(_parameter, (*members, *(it.member for it in attachments)))),
            result=result,
            read=record.function if record else "",
            attachments=attachments,
            encoded=self.interface.encoded,
            read_carefully=self._reads_carefully,
        )

    def _members(
        self, body: Body, style: naming.Style
    ) -> tuple[tuple[Member, ...], tuple[Attachment, ...]]:
        """What is in ``body`` and what is beside its envelope, each as a member or parameter."""
        scope = naming.Names(elsewhere=self.called)
        members = self.types.named_members(
            (*body.uses, OpenUse(repeats=True)) if body.is_open else body.uses,
            scope,
            style,
            data_contract=body.data_contract,
            owner=body.wrapper.name if body.wrapper else None,
            remembers_nil=True,
        )
        attachments = (
            (self.types.attachment(item.name, scope.take(style(item.name))), item.content_type)
            for item in body.attachments
        )
        return members, tuple(
            Attachment(member, content_type, position)
            for position, (member, content_type) in enumerate(attachments)
        )

    def _runtime_of_bodies(
        self, operations: Iterable[Operation], records: Mapping[Body, Record]
    ) -> frozenset[str]:
        messages: list[Message | Record] = [*records.values()]
        for operation in operations:
            messages.append(operation.request)
            if operation.response and self.server:
                messages.append(operation.response)
        clearable = {NIL_MEMBERS for item in messages if item.clearable}
        bodies = (*self.interface.requests, *self.interface.responses)
        attachments = {ATTACHMENTS for body in bodies if body.attachments}
        is_open = any(body.is_open for body in bodies)
        return frozenset(clearable | attachments | (LEFT_OPEN if is_open else set()))


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
