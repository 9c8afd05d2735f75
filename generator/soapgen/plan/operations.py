"""The plan of operations: their messages and their SOAP headers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from .. import naming
from . import sentences
from .members import Member, Presence
from .names import Source, Tag


@dataclass(frozen=True, slots=True)
class Header:
    """A SOAP header and the member of RequestHeaders or ResponseHeaders for it.

    Attributes:
        member: The member.
        within: The element of the header, if the member is the only one inside of it; None if the
            header is itself the member.
    """

    member: Member
    within: Tag | None

    def tags(self) -> tuple[Tag, ...]:
        """The elements that it consists of."""
        return (self.member.tag, self.within) if self.within else (self.member.tag,)


@dataclass(frozen=True, slots=True)
class HeaderSet:
    """The headers that some operations share, and the function that writes them.

    Attributes:
        function: The function that writes them, ``(soap_headers) -> str``.
        headers: The headers, in the order of the contract.
    """

    function: Source
    headers: tuple[Header, ...]


class Form(StrEnum):
    """What a body consists of, which decides how it is read."""

    NOTHING = "nothing"  # nothing at all
    EMPTY = "empty"  # an element around nothing
    BARE = "bare"  # an element that is the only member
    MEMBER = "member"  # an element around the only member
    LIST = "list"  # a list, with or without an element around it
    RECORD = "record"  # an element around several members
    PARTS = "parts"  # several elements, with none around them
    OPEN = "open"  # elements that the contract does not name


@dataclass(frozen=True, slots=True)
class Attachment:
    """A part of a message that is beside its envelope.

    Attributes:
        member: Its parameter, or the member of the record that has it.
        content_type: Its MIME type.
        position: Its position among all of the message, from 0.
    """

    member: Member
    content_type: str
    position: int


@dataclass(frozen=True, slots=True)
class Message:
    """The body of a request or of a response, and what is beside its envelope.

    Attributes:
        form: What it consists of.
        wrapper: The element around the members; None where the only member is the body's element,
            or where the body is empty.
        members: Its members, in the order of the contract.
        parameters: The same as the parameters of a builder. One without a default must be given.
        result: The annotation of what its parser returns: ``None`` for no members, the member's
            annotation for one, the record's class for several.
        read: The function that reads several members into a record, or empty.
        attachments: What is beside the envelope, among the parameters and in the record.
        encoded: Whether it is in SOAP's encoding.
        read_carefully: Whether elements in it may be of types whose attributes would be lost.
        is_result: Whether it is an encoded response, in which some names do not count.
    """

    form: Form
    wrapper: Tag | None
    members: tuple[Member, ...]
    parameters: tuple[Member, ...]
    result: Source
    read: Source = ""
    attachments: tuple[Attachment, ...] = ()
    encoded: bool = False
    read_carefully: bool = False
    is_result: bool = False

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
        """The parameters from the first required one that follows an optional one."""
        optional = False
        for position, member in enumerate(self.parameters):
            if optional and not member.default:
                return self.parameters[position:]
            optional = optional or bool(member.default)
        return ()

    @property
    def arguments(self) -> tuple[str, ...]:
        """The arguments with which a function of the same parameters calls the builder."""
        return (
            *(member.name for member in self.positional),
            *(f"{member.name}={member.name}" for member in self.keyword_only),
            *(("nil_members=nil_members",) if self.clearable else ()),
        )

    @property
    def clearable(self) -> tuple[Member, ...]:
        """The members that may be nil or missing."""
        return _clearable(self.members)

    @property
    def may_be_nil(self) -> bool:
        """Whether its only member, which is all that its parser gives, may be nil or missing."""
        return bool(self.clearable) and not self.read

    @property
    def item(self) -> str:
        """The type of the items, if its only member is a list that can be read piece by piece."""
        is_one = len(self.members) == 1 and not self.attachments and not self.encoded
        return self.members[0].item if is_one else ""

    @property
    def first(self) -> str:
        """The name of the first member; empty where there is none."""
        return self.members[0].tag.local if self.members else ""

    @property
    def path(self) -> tuple[Tag, ...]:
        """The elements that lead from the body to the items, if its only member is a list."""
        (member,) = self.members
        wrapper = () if self.wrapper is None else (self.wrapper,)
        return wrapper if member.is_repeated else (*wrapper, member.tag)

    @property
    def without_list(self) -> str:
        """The value of a list that is missing or nil, as source."""
        is_always = self.members[0].is_repeated or self.members[0].is_required
        return "[]" if is_always else "None"

    @property
    def descriptions(self) -> tuple[tuple[str, str], ...]:
        """Name and description of each parameter, for a docstring; none if none is documented.

        Without documentation, a description would only repeat the signature.
        """
        if not any(member.documentation for member in self.parameters):
            return ()
        described = [(member.name, member.description) for member in self.parameters]
        nil = [("nil_members", sentences.nil_parameters())] if self.clearable else []
        return (*described, *nil)


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation.

    Attributes:
        name: The common part of the names of its builder and its parser.
        method: The client's method.
        xml_name: Its name in the contract.
        action: Its SOAP action.
        has_usual_action: Whether that is the package's ``action_base`` with its name appended.
        request: The body of its request.
        response: The body of its response; None for a one-way operation.
        header_set: The SOAP headers of its request; None where it has none.
        response_header_set: The SOAP headers of its response, if the package writes responses.
        description: Its documentation or, where there is none, its name in the contract.
        check_login: The function that wraps its parser to detect a refused log-in, or empty.
        faults: The constant for how the faults that it declares are read, or empty.
        raised: The class of each of these faults and what it is, for docstrings.
    """

    name: Source
    method: Source
    xml_name: str
    action: str
    has_usual_action: bool
    request: Message
    response: Message | None
    header_set: HeaderSet | None
    response_header_set: HeaderSet | None
    description: str
    check_login: Source = ""
    faults: Source = ""
    raised: tuple[tuple[str, str], ...] = ()

    @property
    def request_name(self) -> str:
        """What stands for ``name`` in the name of the parser of requests."""
        return naming.request(self.name)

    @property
    def response_name(self) -> str:
        """What stands for ``name`` in the name of the builder of responses."""
        return naming.response(self.name)

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
        """What the parser that yields the items of the response one by one does."""
        return sentences.stream_response(self.xml_name)


@dataclass(frozen=True, slots=True)
class Record:
    """The dataclass for a message of several members, and the function that reads it.

    Attributes:
        class_name: The dataclass.
        function: The function that reads it, ``(element) -> value``.
        members: Its members, in the order of the contract.
        documentation: The documentation of the message's element or, where there is none, what the
            dataclass is.
        attachments: What it also has, from beside the envelope.
    """

    class_name: Source
    function: Source
    members: tuple[Member, ...]
    documentation: str
    attachments: tuple[Attachment, ...] = ()

    @property
    def clearable(self) -> tuple[Member, ...]:
        """The members that may be nil or missing."""
        return _clearable(self.members)


def members_read(message: Message, records: Iterable[Record], value: object) -> tuple[object, ...]:
    """What the parser of ``message`` read into ``value``, in the order of the builder's parameters.

    The names of the two may differ: a parameter must not hide what its function uses itself.
    """
    if len(message.parameters) == 1:
        return (value,)
    for record in records:
        if record.class_name == message.result:
            members = (*record.members, *(item.member for item in record.attachments))
            return tuple(getattr(value, member.name) for member in members)
    return ()


@dataclass(frozen=True, slots=True)
class HeaderClass:
    """The class for the SOAP headers of requests, or of responses.

    Attributes:
        class_name: The class.
        nothing: The constant for an instance without any header.
        headers: Its headers, in the order of the contract.
        sets: The sets of headers that operations write, each with its function.
        is_request: Whether its headers are those of requests.
        is_shared: Whether the class is defined in a module that services share.
    """

    class_name: Source
    nothing: Source
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
        """What the function that reads an instance does."""
        return sentences.parse_headers(is_request=self.is_request)

    @property
    def descriptions(self) -> list[tuple[str, str]]:
        """Name and description of each header, for a docstring."""
        return [(header.member.name, header.member.description) for header in self.headers]


@dataclass(frozen=True, slots=True)
class HeaderMember:
    """A value in the headers of a response.

    Attributes:
        names: The members that lead to it, the first one of the class for the headers.
    """

    names: tuple[Source, ...]

    @property
    def around(self) -> tuple[tuple[str, ...], ...]:
        """The members that it is in, the outermost first, each by the members that lead to it."""
        return tuple(self.names[:end] for end in range(1, len(self.names)))


@dataclass(frozen=True, slots=True)
class FailureCheck:
    """How the headers of a response say that a call failed.

    Attributes:
        succeeded: What tells success; None if a message, or a type, tells failure.
        values: The values of it that mean success, if they are numbers, or true and false.
        texts: The same, if they are texts.
        message: What the server says went wrong; None if it does not say so.
        type: The kind of failure; None if the server does not say so.
    """

    succeeded: HeaderMember | None = None
    values: tuple[bool | int, ...] = ()
    texts: tuple[str, ...] = ()
    message: HeaderMember | None = None
    type: HeaderMember | None = None


def _clearable(members: tuple[Member, ...]) -> tuple[Member, ...]:
    return tuple(item for item in members if item.presence is Presence.CLEARABLE)


def common_base(actions: list[str]) -> str:
    """What all actions begin with, up to a slash, a hash or a colon; empty if only a scheme."""
    if not actions:
        return ""
    first, last = min(actions), max(actions)
    differs = (at for at, pair in enumerate(zip(first, last, strict=False)) if len({*pair}) > 1)
    common = first[: next(differs, len(first))]
    end = max(common.rfind(mark) for mark in "/#:") + 1
    return common[:end] if end > len("http://") else ""
