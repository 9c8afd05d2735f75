"""The plan of operations: their messages, their SOAP headers, and what their faults may hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from . import sentences
from .types import Member, Tag, Value


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


class Form(StrEnum):
    """What a body consists of, which decides how it is read."""

    NOTHING = "nothing"  # nothing at all
    EMPTY = "empty"  # an element around nothing
    BARE = "bare"  # an element that is the only member
    MEMBER = "member"  # an element around the only member
    LIST = "list"  # a list, with or without an element around it
    RECORD = "record"  # an element around several members


@dataclass(frozen=True, slots=True)
class Message:
    """What goes one way in a body.

    Attributes:
        form: What it consists of.
        wrapper: The element around the members; None where the one member is the body's element.
        members: What it carries, in the order of the contract.
        parameters: The same as the parameters of a builder. One without a default must be given.
        result: The annotation of what reading it gives: ``None`` for no members, the member's
            for one, the record's class for several.
        read: The function that reads several members into a record, or empty.
    """

    form: Form
    wrapper: Tag | None
    members: tuple[Member, ...]
    parameters: tuple[Member, ...]
    result: str
    read: str = ""

    def tags(self) -> Iterator[Tag]:
        """The elements that it consists of."""
        if self.wrapper is not None:
            yield self.wrapper
        yield from (member.tag for member in self.members)

    @property
    def positional(self) -> tuple[Member, ...]:
        """The parameters that may be given by position: those before ``keyword_only``."""
        return self.parameters[: len(self.parameters) - len(self.keyword_only)]

    @property
    def keyword_only(self) -> tuple[Member, ...]:
        """The parameters from the first on that must be given although one before it may not be."""
        optional = False
        for position, member in enumerate(self.parameters):
            if optional and not member.default:
                return self.parameters[position:]
            optional = optional or bool(member.default)
        return ()

    @property
    def arguments(self) -> tuple[str, ...]:
        """The parameters as a function of the same parameters passes them on."""
        return (
            *(member.name for member in self.positional),
            *(f"{member.name}={member.name}" for member in self.keyword_only),
        )

    @property
    def item(self) -> str:
        """The type of the items, if all that it carries is a list; else empty."""
        return self.members[0].item if len(self.members) == 1 else ""

    @property
    def path(self) -> tuple[Tag, ...]:
        """The elements that lead from the body to the items, if all that it carries is a list."""
        (member,) = self.members
        wrapper = () if self.wrapper is None else (self.wrapper,)
        return wrapper if member.is_repeated else (*wrapper, member.tag)

    @property
    def without_list(self) -> str:
        """What a list stands for that is missing or nil, as source."""
        is_always = self.members[0].is_repeated or self.members[0].is_required
        return "[]" if is_always else "None"

    @property
    def descriptions(self) -> tuple[tuple[str, str], ...]:
        """Name and description of each parameter, for a docstring; none if none is documented.

        What the contract does not explain, the signature says just as well.
        """
        if not any(member.documentation for member in self.parameters):
            return ()
        return tuple((member.name, member.description) for member in self.parameters)


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation.

    Attributes:
        name: What the names of its builder and parser have in common.
        method: The client's method.
        xml_name: Its name in the contract.
        action: Its SOAP action.
        has_usual_action: Whether that is what the actions of the service begin with, and its name.
        request: What it sends.
        response: What comes back; None where nothing does.
        header_set: The SOAP headers of its request.
        response_header_set: Those of its response.
        description: Its documentation or, where there is none, its name in the contract.
        check_login: The function that is put around its parser, to notice a refused log-in; or
            empty.
    """

    name: str
    method: str
    xml_name: str
    action: str
    has_usual_action: bool
    request: Message
    response: Message | None
    header_set: HeaderSet | None
    response_header_set: HeaderSet | None
    description: str
    check_login: str = ""

    @property
    def returns(self) -> str:
        """The annotation of what the client's method returns."""
        return self.response.result if self.response else "None"

    @property
    def build_request_description(self) -> str:
        """What the builder of the request does."""
        return sentences.build_request(self.xml_name)

    @property
    def build_response_description(self) -> str:
        """What the builder of the response does."""
        return sentences.build_response(self.xml_name)

    @property
    def parse_request_description(self) -> str:
        """What the parser of the request does."""
        return sentences.parse_request(self.xml_name)

    @property
    def parse_response_description(self) -> str:
        """What the parser of the response does."""
        members = self.response.members if self.response else ()
        documentation = members[0].documentation if members else ""
        return sentences.parse_response(self.xml_name, len(members), documentation)

    @property
    def stream_response_description(self) -> str:
        """What the parser does that gives the items of the response one by one."""
        return sentences.stream_response(self.xml_name)


@dataclass(frozen=True, slots=True)
class Record:
    """The dataclass for a message of several members, and the function that reads one."""

    class_name: str
    function: str
    members: tuple[Member, ...]
    documentation: str


@dataclass(frozen=True, slots=True)
class HeaderClass:
    """The class for the SOAP headers of requests, or of responses.

    Attributes:
        class_name: The class.
        nothing: The constant for an object without any header.
        headers: Its members.
        sets: The functions that write its objects, one for each set of headers.
        is_request: Whether its headers are those of requests.
        is_shared: Whether the class stands in a module that services share.
    """

    class_name: str
    nothing: str
    headers: tuple[Header, ...]
    sets: tuple[HeaderSet, ...]
    is_request: bool
    is_shared: bool = False

    @property
    def description(self) -> str:
        """What it is."""
        return sentences.header_class(is_request=self.is_request)

    @property
    def parse_description(self) -> str:
        """What the function that reads one does."""
        return sentences.parse_headers(is_request=self.is_request)

    @property
    def descriptions(self) -> list[tuple[str, str]]:
        """Name and description of each header, for a docstring."""
        return [(header.member.name, header.member.description) for header in self.headers]
