"""An interface → plan: the operations of one service, its messages and its headers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from .. import naming
from ..contract.builtins import ANY_TYPE, SCALARS
from ..contract.interface import Interface
from ..contract.model import Message as ContractMessage
from ..contract.model import QName
from ..contract.reach import Body, Use
from .packages import Fault, Header, HeaderSet, Message, Operation, Package, Record
from .type_planner import TypePlanner
from .types import Functions, Member, Namespace, Presence, Side


def needed(interface: Interface, *, server: bool) -> dict[Side, set[QName]]:
    """The types that are written and read for ``interface``: a server needs both for either."""
    sent, received = interface.starts()
    if server:
        sent = received = [*sent, *received]
    return {
        Side.WRITE: interface.reach.closure(sent),
        Side.READ: interface.reach.closure(received),
    }


class ServicePlanner:
    """Plans the package of one service.

    Args:
        interface: What the service sends and receives.
        namespaces: The namespaces of all that, the main one first.
        types: The planner of its types.
        server: Whether to plan what reads requests and writes responses, too.
    """

    def __init__(
        self,
        interface: Interface,
        namespaces: Mapping[str, Namespace],
        types: TypePlanner,
        *,
        server: bool,
    ) -> None:
        self.interface = interface
        self.namespaces = namespaces
        self.types = types
        self.server = server
        self.records: dict[QName, Record] = {}
        self.needed = needed(interface, server=server)

    def package(self, name: str, shared_headers: frozenset[str]) -> Package:
        """The whole plan.

        Args:
            name: The package's name.
            shared_headers: Which of the classes for headers it shares with others.
        """
        port, reach, service = self.interface.port, self.interface.reach, self.interface.name
        headers = plan_headers(self.interface.headers, self.types)
        back = plan_headers(self.interface.response_headers, self.types)
        operations_bound = self.interface.port.binding.operations
        header_sets = self._header_sets(headers, [item.input for item in operations_bound])
        back_sets = self._header_sets(
            back,
            [item.output for item in operations_bound if item.output] if self.server else [],
            "response_",
        )
        operations = self._operations(header_sets, back_sets)
        faults = tuple(
            Fault(self.types.tag(name), self.types.value(use.type))
            for name, use in self.interface.faults.items()
        )
        written, read = (
            self.types.functions_for(types, side) for side, types in self.needed.items()
        )
        requests = [operation.request for operation in operations]
        responses = [operation.response for operation in operations if operation.response]
        both = [*requests, *responses]
        return Package(
            name=name,
            source=self.interface.source,
            service=service,
            client=naming.client(service),
            asynchronous_client=naming.asynchronous_client(service),
            address=port.address,
            soap_version=port.binding.soap_version,
            documentation=self.interface.service.documentation,
            action_base=_common_base([operation.action for operation in operations]),
            written_namespaces=self._used(
                self._written_namespaces(),
                *headers.values(),
                *([*both, *back.values()] if self.server else requests),
            ),
            read_namespaces=self._used(
                {name.namespace for name in self.interface.faults},
                read,
                *back.values(),
                *([*both, *headers.values()] if self.server else responses),
            ),
            enumerations=tuple(self.types.enumerations().values()),
            entities=tuple(self.types.entities().values()),
            written=written,
            read=read,
            shared_names=self.types.names.shared_classes(),
            types=len(reach.types),
            records=tuple(sorted(self.records.values(), key=lambda record: record.class_name)),
            headers=tuple(headers.values()),
            response_headers=tuple(back.values()),
            shared_headers=shared_headers,
            header_sets=tuple(dict.fromkeys(header_sets.values())),
            response_header_sets=tuple(dict.fromkeys(back_sets.values())),
            faults=faults,
            secrets=self._secrets(),
            addressing=port.binding.addressing,
            operations=operations,
            anytype=ANY_TYPE in reach.scalars,
            server=self.server,
        )

    def _written_namespaces(self) -> set[str]:
        """The namespaces of what its messages are made of, wherever the functions for it stand."""
        return self.interface.reach.namespaces(self.needed[Side.WRITE])

    def _used(
        self, namespaces: set[str], *parts: Functions | Message | Header
    ) -> tuple[Namespace, ...]:
        """``namespaces``, and those of what ``parts`` consist of, the main one first."""
        constants = {tag.constant for part in parts for tag in part.tags()}
        return tuple(
            found
            for uri, found in self.namespaces.items()
            if uri in namespaces or found.constant in constants
        )

    # --- headers -------------------------------------------------------------------------------

    def _header_sets(
        self, headers: dict[QName, Header], messages: Iterable[ContractMessage], prefix: str = ""
    ) -> dict[tuple[QName, ...], HeaderSet]:
        """A function for each set of headers; the one with most of them has the plain name."""
        keys = dict.fromkeys(_header_names(message) for message in messages if message.headers)
        return {
            key: HeaderSet(
                self._function(prefix + naming.HEADERS), tuple(headers[name] for name in key)
            )
            for key in sorted(keys, key=lambda key: (-len(key), key))
        }

    def _secrets(self) -> tuple[str, ...]:
        """The local names of the elements whose text must not be shown."""
        uses = [use for uses in self.interface.reach.uses.values() for use in uses]
        uses += [*self.interface.headers.values(), *self.interface.response_headers.values()]
        for pair in self.interface.bodies:
            uses += [use for body in pair if body is not None for use in body.uses]
        names = {use.element.name.local for use in uses if use.type in SCALARS}
        return tuple(sorted(filter(naming.is_secret, names)))

    # --- operations ----------------------------------------------------------------------------

    def _operations(
        self,
        header_sets: dict[tuple[QName, ...], HeaderSet],
        response_header_sets: dict[tuple[QName, ...], HeaderSet],
    ) -> tuple[Operation, ...]:
        scope, methods = naming.Names(naming.NO_OPERATION), naming.Names()
        suffixes = naming.BOTH_HALVES if self.server else ("",)
        planned: list[Operation] = []
        for operation, (request, response) in zip(
            self.interface.port.binding.operations, self.interface.bodies, strict=True
        ):
            sent = self._message(request, "Request" if self.server else "")
            output = operation.output
            planned.append(
                Operation(
                    name=scope.take(naming.snake(operation.name), suffixes),
                    method=methods.take(naming.method(operation.name)),
                    xml_name=operation.name,
                    action=operation.action,
                    request=sent,
                    response=None if response is None else self._message(response),
                    header_set=header_sets.get(_header_names(operation.input)),
                    response_header_set=(
                        None if output is None else response_header_sets.get(_header_names(output))
                    ),
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
            class_name = self.types.names.class_scope.take(naming.record(name.local, suffix))
            documentation = body.wrapper.documentation or f"What {name.local} carries."
            self.records[name] = Record(
                class_name,
                self._function(class_name),
                self._members(body, naming.member),
                documentation,
            )
        record = self.records[name]
        return Message(wrapper, members, record.class_name, record.function)

    def _members(self, body: Body, style: naming.Style) -> tuple[Member, ...]:
        scope = naming.Names(self.types.names.imported_functions)
        return self.types.named_members(body.uses, scope, style, data_contract=body.data_contract)

    def _function(self, name: str) -> str:
        """A function of this service's own for ``name``."""
        return naming.function(self.types.names.stem(name), "", shared=False)


def plan_headers(headers: Mapping[QName, Use], types: TypePlanner) -> dict[QName, Header]:
    """The members of a class for ``headers``, each by the element that it fills.

    A header is itself such a member or, if that is all it has, its own member is.
    """
    scope = naming.Names()
    planned: dict[QName, Header] = {}
    for name, use in headers.items():
        (member,) = types.named_members(
            [replace(use, optional=True)], scope, naming.header, data_contract=False
        )
        planned[name] = Header(member, None if use.element.name == name else types.tag(name))
    return planned


def _header_names(message: ContractMessage) -> tuple[QName, ...]:
    return tuple(part.element.name for part in message.headers)


def _needs_keywords(members: tuple[Member, ...]) -> bool:
    """Whether a required parameter follows one with a default, which positions cannot express."""
    required = [member.presence is Presence.REQUIRED for member in members]
    return required != sorted(required, reverse=True)


def _common_base(actions: list[str]) -> str:
    """What all actions begin with, up to a slash, a hash or a colon; empty if that is little."""
    if not actions:
        return ""
    first, last = min(actions), max(actions)
    differs = (at for at, pair in enumerate(zip(first, last, strict=False)) if len({*pair}) > 1)
    common = first[: next(differs, len(first))]
    end = max(common.rfind(mark) for mark in "/#:") + 1
    return common[:end] if end > len("http://") else ""
