"""The plan of packages: the operations of each service, and the modules that services share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .. import namespaces
from ..naming import HEADER_CLASSES
from .types import Entity, Enumeration, Functions, Member, Namespace, Tag, Value

# By these the contracts of SuperOffice's NetServer are known, and by this member its log-ins.
_FAILURE_HEADERS = frozenset({"ExceptionInfo", "Succeeded"})
_LOGIN_MEMBERS = frozenset({"AuthenticationSucceeded", "Credentials"})

# More services than this are counted and not named.
_NAMED_USERS = 4


@dataclass(frozen=True, slots=True)
class Header:
    """A header element and the member of RequestHeaders that fills it.

    ``within`` is the header's own element where the member is the only one inside of it.
    """

    member: Member
    within: Tag | None

    def tags(self) -> tuple[Tag, ...]:
        """The elements that it consists of."""
        return (self.member.tag, self.within) if self.within else (self.member.tag,)


@dataclass(frozen=True, slots=True)
class HeaderSet:
    """The headers that some operations share, and the function that writes them."""

    function: str
    headers: tuple[Header, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """What the detail of a fault may hold: an element, and how its value is read."""

    tag: Tag
    value: Value


@dataclass(frozen=True, slots=True)
class Message:
    """What goes one way in a body.

    Attributes:
        wrapper: The element around the members; None where the one member is the body's element.
        members: What it carries.
        result: The annotation of what reading it gives: ``None`` for no members, the member's
            for one, the record's class for several.
        read: The function that reads several members into a record, or empty.
    """

    wrapper: Tag | None
    members: tuple[Member, ...]
    result: str
    read: str = ""

    def tags(self) -> Iterator[Tag]:
        """The elements that it consists of."""
        if self.wrapper is not None:
            yield self.wrapper
        yield from (member.tag for member in self.members)

    @property
    def item(self) -> str:
        """The type of the items, if all that it carries is a list; else empty."""
        return self.members[0].item if len(self.members) == 1 else ""

    @property
    def arguments(self) -> tuple[tuple[str, str], ...]:
        """Name and description of each member, for a docstring; none if none is documented.

        What the contract does not explain, the signature says just as well.
        """
        if not any(member.documentation for member in self.members):
            return ()
        return tuple((member.name, member.description) for member in self.members)


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation: ``name`` is in those of its builder and parser, ``method`` is the client's."""

    name: str
    method: str
    xml_name: str
    action: str
    request: Message
    response: Message | None
    header_set: HeaderSet | None
    response_header_set: HeaderSet | None
    keyword_only: bool
    documentation: str = ""

    @property
    def description(self) -> str:
        """Its documentation or, where there is none, its name in the contract."""
        return self.documentation or f"The operation {self.xml_name}."

    @property
    def is_login(self) -> bool:
        """Whether it is a log-in of NetServer, which may be refused in a successful reply."""
        members = self.response.members if self.response else ()
        return {member.tag.local for member in members} >= _LOGIN_MEMBERS

    @property
    def streaming_description(self) -> str:
        """What comes back, for who reads it item by item."""
        return f"Read the answer to {self.xml_name} item by item, as it arrives."

    @property
    def response_description(self) -> str:
        """What comes back: the documentation of the one member, or what the contract calls it."""
        members = self.response.members if self.response else ()
        if not members:
            return f"Check the answer to {self.xml_name}, which carries nothing."
        if len(members) == 1 and members[0].documentation:
            return f"Read the answer to {self.xml_name}: {_uncapitalised(members[0].documentation)}"
        return f"Read the answer to {self.xml_name}."


@dataclass(frozen=True, slots=True)
class Record:
    """The dataclass for a message of several members, and the function that reads one."""

    class_name: str
    function: str
    members: tuple[Member, ...]
    documentation: str


@dataclass(frozen=True, slots=True)
class SharedModule:
    """What services share and use together: a module each of models, of writers and of readers.

    Attributes:
        name: The name of the three modules.
        services: Those that use it.
        headers: The members of a class for headers, in the module that holds it.
        header_class: That class, or empty.
        read_namespaces: Those that its readers know.
    """

    name: str
    services: tuple[str, ...]
    enumerations: tuple[Enumeration, ...]
    entities: tuple[Entity, ...]
    written: Functions
    read: Functions
    headers: tuple[Header, ...]
    header_class: str
    read_namespaces: tuple[Namespace, ...]

    @property
    def class_names(self) -> tuple[str, ...]:
        """The classes that it defines."""
        enumerations = (item.class_name for item in self.enumerations)
        entities = (item.class_name for item in self.entities)
        return (*enumerations, *entities, *((self.header_class,) if self.headers else ()))

    @property
    def users(self) -> str:
        """Who uses it, in words."""
        if len(self.services) > _NAMED_USERS:
            return f"{len(self.services)} services"
        *others, last = self.services
        return f"{', '.join(others)} and {last}" if others else last


@dataclass(frozen=True, slots=True)
class Package:
    """What is generated for one service: a package by itself, or one in the package of a family.

    Attributes:
        name: The package's name; that of the folder within the family's.
        action_base: What all SOAP actions begin with, or empty.
        written_namespaces: Those that envelopes declare.
        read_namespaces: Those that parsers know.
        enumerations: Its own; those that it shares are in a shared module.
        entities: Its own.
        shared_names: The classes that it uses and shares with others.
        types: How many types of the contract it reaches.
        headers: The members of RequestHeaders.
        response_headers: The members of ResponseHeaders.
        shared_headers: Which of these two classes it shares with others.
        faults: The details of faults that the contract declares.
        secrets: The local names of the elements whose text must not be shown.
        addressing: Whether its requests have the headers of WS-Addressing.
        anytype: Whether it has values of xs:anyType, which a module of their own writes and reads.
    """

    name: str
    source: str
    service: str
    client: str
    asynchronous_client: str
    address: str
    soap_version: str
    documentation: str
    action_base: str
    written_namespaces: tuple[Namespace, ...]
    read_namespaces: tuple[Namespace, ...]
    enumerations: tuple[Enumeration, ...]
    entities: tuple[Entity, ...]
    records: tuple[Record, ...]
    written: Functions
    read: Functions
    shared_names: tuple[str, ...]
    types: int
    headers: tuple[Header, ...]
    response_headers: tuple[Header, ...]
    shared_headers: frozenset[str]
    header_sets: tuple[HeaderSet, ...]
    response_header_sets: tuple[HeaderSet, ...]
    faults: tuple[Fault, ...]
    secrets: tuple[str, ...]
    addressing: bool
    operations: tuple[Operation, ...]
    anytype: bool
    server: bool

    @property
    def soap_namespace(self) -> str:
        """The namespace of the envelope (SOAP 1.1, section 3; SOAP 1.2 part 1, section 5.1)."""
        return namespaces.ENVELOPES[self.soap_version]

    @property
    def reports_failures(self) -> bool:
        """Whether responses tell of failures in their headers, as NetServer's do."""
        return {header.member.tag.local for header in self.response_headers} >= _FAILURE_HEADERS

    @property
    def all_header_sets(self) -> list[tuple[str, HeaderSet]]:
        """The functions that write headers, each with the class of what it writes."""
        sets = zip(HEADER_CLASSES, (self.header_sets, self.response_header_sets), strict=True)
        return [(name, item) for name, found in sets for item in found]

    @property
    def header_classes(self) -> tuple[str, ...]:
        """The classes for headers that it uses."""
        used = zip(HEADER_CLASSES, (self.headers, self.response_headers), strict=True)
        return tuple(name for name, headers in used if headers)

    @property
    def header_arguments(self) -> list[tuple[str, str]]:
        """Name and description of each header, for a docstring."""
        return [(header.member.name, header.member.description) for header in self.headers]


@dataclass(frozen=True, slots=True)
class Family:
    """All that one build generates.

    Attributes:
        name: The name of the whole.
        packages: One for each service; the only one is the whole, unless ``nested``.
        shared: What the services share, each module after those that it refers to.
        nested: Whether each service has a package of its own within the whole.
        types: How many types of the contracts are reached, each counted once.
        extras: The modules that were asked for beside those that are needed.
    """

    name: str
    packages: tuple[Package, ...]
    shared: tuple[SharedModule, ...]
    nested: bool
    types: int
    extras: frozenset[str] = frozenset()

    @property
    def netserver(self) -> bool:
        """Whether a service has what SuperOffice's NetServer adds to SOAP."""
        return any(
            package.reports_failures or any(item.is_login for item in package.operations)
            for package in self.packages
        )

    @property
    def streams(self) -> bool:
        """Whether an operation answers with a list, which may be read while it arrives."""
        operations = (item for package in self.packages for item in package.operations)
        return any(item.response and item.response.item for item in operations)

    @property
    def anytype(self) -> bool:
        """Whether it has values of xs:anyType."""
        return any(package.anytype for package in self.packages)

    @property
    def operations(self) -> int:
        """How many operations there are."""
        return sum(len(package.operations) for package in self.packages)


def _uncapitalised(text: str) -> str:
    """``text`` to go on a sentence with; a word in capitals, or with one inside, stays."""
    first = text.split(" ", 1)[0]
    return text if first[1:] != first[1:].lower() else text[:1].lower() + text[1:]
