"""IR → plan: the operations of a port, their messages and headers, in one package."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from . import naming
from .ir import Contract, MapType, Port, QName, Service
from .ir import Operation as ContractOperation
from .plan import (
    Functions,
    Header,
    HeaderSet,
    Member,
    Message,
    Namespace,
    Operation,
    Package,
    Presence,
    Record,
)
from .plan_types import TypePlanner
from .reach import Body, Reach, Use
from .scalars import ANY_TYPE


def plan(
    contract: Contract,
    service: Service,
    port: Port,
    *,
    name: str,
    source: str,
    reserved: Iterable[str],
    server: bool = False,
) -> Package:
    """Plan the package ``name`` for ``port`` of ``service``.

    Args:
        contract: The types that the port's messages refer to.
        service: The service, for its documentation.
        port: The port, whose binding says what goes over the wire.
        name: The package's name.
        source: The file name of the WSDL, for the header of each file.
        reserved: The names that the package's modules use themselves for classes and the like.
        server: Whether to plan what reads requests and writes responses, too.

    Raises:
        UnsupportedError: The contract uses something that cannot be generated yet.
    """
    planner = _Planner(contract, port, reserved, server)
    return planner.package(service, name, source)


class _Planner:
    def __init__(
        self, contract: Contract, port: Port, reserved: Iterable[str], server: bool
    ) -> None:
        self.port = port
        self.server = server
        self.reach = Reach(contract)
        self.bodies = [self._bodies(operation) for operation in port.binding.operations]
        self.header_uses = self._header_uses()
        self.namespaces = self._namespaces()
        self.service = naming.service(port.binding.port_type.local)
        self.clients = (naming.client(self.service), naming.asynchronous_client(self.service))
        self.types = TypePlanner(
            self.reach,
            self.namespaces,
            naming.Names(
                {*reserved, naming.REQUEST_HEADERS, *self.clients},
                separator="",
            ),
        )
        self.records: dict[QName, Record] = {}

    def package(self, service: Service, name: str, source: str) -> Package:
        """The whole plan."""
        headers = self._headers()
        header_sets = self._header_sets(headers)
        operations = self._operations(header_sets)
        action_base = _common_base([operation.action for operation in operations])
        sent, received = self._starts()
        written = self.types.functions_for([*sent, *received] if self.server else sent)
        read = self.types.functions_for([*sent, *received] if self.server else received)
        requests = [operation.request for operation in operations]
        responses = [operation.response for operation in operations if operation.response]
        both = [*requests, *responses]
        return Package(
            name=name,
            source=source,
            service=self.service,
            client=self.clients[0],
            asynchronous_client=self.clients[1],
            address=self.port.address,
            soap_version=self.port.binding.soap_version,
            documentation=service.documentation,
            action_base=action_base,
            written_namespaces=self._used(
                written, *headers.values(), *(both if self.server else requests)
            ),
            read_namespaces=self._used(read, *(both if self.server else responses)),
            enumerations=tuple(self.types.enumerations().values()),
            entities=tuple(self.types.entities().values()),
            written=written,
            read=read,
            types=len(self.reach.types),
            records=tuple(sorted(self.records.values(), key=lambda record: record.class_name)),
            headers=tuple(headers.values()),
            header_sets=tuple(dict.fromkeys(header_sets.values())),
            operations=operations,
            anytype=ANY_TYPE in self.reach.scalars,
            server=self.server,
        )

    # --- what is reached -----------------------------------------------------------------------

    def _bodies(self, operation: ContractOperation) -> tuple[Body, Body | None]:
        wrapped = self.reach.is_wrapped(operation)
        request = self.reach.body(operation, operation.input, wrapped=wrapped)
        if operation.output is None:
            return request, None
        return request, self.reach.body(operation, operation.output, wrapped=wrapped)

    def _header_uses(self) -> dict[QName, Use]:
        """Every header of a request, by its element, in the order of first use.

        A header that holds nothing but one scalar is used as that scalar.
        """
        found: dict[QName, Use] = {}
        for operation in self.port.binding.operations:
            for part in operation.input.headers:
                element = part.element
                if element.name not in found:
                    inner = self.reach.only_scalar(element)
                    found[element.name] = inner or self.reach.use(element, element.name.local)
        return found

    def _namespaces(self) -> dict[str, Namespace]:
        names = [use.element.name for uses in self.reach.uses.values() for use in uses]
        names += [found.entry for found in self.reach.types.values() if isinstance(found, MapType)]
        names += [*self.header_uses, *(use.element.name for use in self.header_uses.values())]
        for body in (body for pair in self.bodies for body in pair if body is not None):
            names += [use.element.name for use in body.uses]
            names += [body.wrapper.name] if body.wrapper else []
        used = {name.namespace for name in names}
        for name in self.reach.declared:
            used |= {child.namespace for child in self.reach.descendants(name)}
        main = self._main_namespace()
        # Where some elements have no namespace, a default namespace would capture them.
        default = main if "" not in used else ""
        prefixes = naming.prefixes({*used, main} - {""}, default)
        return {
            uri: Namespace(uri, prefix, naming.namespace_constant(prefix, is_main=uri == main))
            for uri, prefix in sorted(prefixes.items(), key=lambda item: (item[0] != main, item))
        }

    def _used(self, *parts: Functions | Message | Header) -> tuple[Namespace, ...]:
        """The namespaces of what ``parts`` consist of, the main one first."""
        constants = {tag.constant for part in parts for tag in part.tags()}
        return tuple(found for found in self.namespaces.values() if found.constant in constants)

    def _main_namespace(self) -> str:
        for request, _ in self.bodies:
            for element in (request.wrapper, *(use.element for use in request.uses)):
                if element is not None:
                    return element.name.namespace
        return self.port.binding.port_type.namespace

    def _starts(self) -> tuple[list[QName], list[QName]]:
        """The types that requests, headers among them, and responses begin with."""
        sent = [use.type for use in self.header_uses.values()]
        received: list[QName] = []
        for request, response in self.bodies:
            sent += [use.type for use in request.uses]
            received += [use.type for use in response.uses] if response else []
        return sent, received

    # --- headers -------------------------------------------------------------------------------

    def _headers(self) -> dict[QName, Header]:
        scope = naming.Names()
        return {name: self._header(name, use, scope) for name, use in self.header_uses.items()}

    def _header(self, name: QName, use: Use, scope: naming.Names) -> Header:
        """A header as a member of RequestHeaders: itself or, if that is all it has, its member."""
        (member,) = self.types.named_members(
            [replace(use, optional=True)], scope, naming.header, data_contract=False
        )
        return Header(member, None if use.element.name == name else self.types.tag(name))

    def _header_sets(self, headers: dict[QName, Header]) -> dict[tuple[QName, ...], HeaderSet]:
        """A function for each set of headers; the one with most of them has the plain name."""
        keys = dict.fromkeys(
            tuple(part.element.name for part in operation.input.headers)
            for operation in self.port.binding.operations
            if operation.input.headers
        )
        return {
            key: HeaderSet(
                self.types.function_scope.take("_headers"), tuple(headers[name] for name in key)
            )
            for key in sorted(keys, key=lambda key: (-len(key), key))
        }

    # --- operations ----------------------------------------------------------------------------

    def _operations(self, header_sets: dict[tuple[QName, ...], HeaderSet]) -> tuple[Operation, ...]:
        scope, methods = naming.Names(), naming.Names()
        planned: list[Operation] = []
        for operation, (request, response) in zip(
            self.port.binding.operations, self.bodies, strict=True
        ):
            sent = self._message(request, "Request" if self.server else "")
            headers = tuple(part.element.name for part in operation.input.headers)
            planned.append(
                Operation(
                    name=scope.take(naming.snake(operation.name)),
                    method=methods.take(naming.method(operation.name)),
                    xml_name=operation.name,
                    action=operation.action,
                    request=sent,
                    response=None if response is None else self._message(response),
                    header_set=header_sets.get(headers),
                    keyword_only=_needs_keywords(sent.members),
                    documentation=operation.documentation,
                )
            )
        return tuple(planned)

    def _message(self, body: Body, suffix: str = "Result") -> Message:
        """A message; what reading several members gives is a record, one for each element.

        Without a ``suffix`` for its name there is no record: nobody reads the message.
        """
        members = self._members(body, naming.parameter)
        wrapper = None if body.wrapper is None else self.types.tag(body.wrapper.name)
        if len(members) < 2:
            return Message(wrapper, members, members[0].annotation if members else "None")
        if body.wrapper is None or not suffix:
            return Message(wrapper, members, "")
        name = body.wrapper.name
        if name not in self.records:
            class_name = self.types.class_scope.take(naming.record(name.local, suffix))
            function = self.types.function(class_name)
            documentation = body.wrapper.documentation or f"What {name.local} carries."
            self.records[name] = Record(
                class_name, function, self._members(body, naming.member), documentation
            )
        record = self.records[name]
        return Message(wrapper, members, record.class_name, record.function)

    def _members(self, body: Body, style: naming.Style) -> tuple[Member, ...]:
        return self.types.named_members(
            body.uses, naming.Names(), style, data_contract=body.data_contract
        )


def _needs_keywords(members: tuple[Member, ...]) -> bool:
    """Whether a required parameter follows one with a default, which positions cannot express."""
    required = [member.presence is Presence.REQUIRED for member in members]
    return required != sorted(required, reverse=True)


def _common_base(actions: list[str]) -> str:
    """What all actions begin with, up to a slash, a hash or a colon; empty if that is little."""
    if len(actions) < 2:
        return ""
    first, last = min(actions), max(actions)
    differs = (at for at, pair in enumerate(zip(first, last, strict=False)) if len({*pair}) > 1)
    common = first[: next(differs, len(first))]
    end = max(common.rfind(mark) for mark in "/#:") + 1
    return common[:end] if end > len("http://") else ""
