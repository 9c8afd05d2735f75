"""The sentences of generated docstrings that do not come from the contract's documentation."""

from __future__ import annotations

from collections.abc import Sequence

# Up to this many services are named; more are counted.
_NAMED_USERS = 4

# The parameters of a client that are not for SOAP headers.
_VERSION = "The version of SOAP; a service may have an address for each."
_TIMEOUT = (
    "How long a call may take, in seconds. By default an hour, and 60 for each step of the"
    " connection; with an httpx client of your own, what that says."
)
_RETRIES = "How often to repeat a call that failed, which may reach the server twice."
_HTTP = (
    "A client of your own, with proxies and certificates, or what sends by another library. It is"
    " not closed."
)


def enumeration(xml_name: str, *, is_flags: bool) -> str:
    """What an enumeration is."""
    kind = "A flag of" if is_flags else "One of the values of"
    return f"{kind} {xml_name}."


def list_of(item: str) -> str:
    """What the text of a list must be."""
    return f"a list of {item}"


def one_of(names: list[str]) -> str:
    """What the text of a union, or of a name that a type lists, must be."""
    *others, last = dict.fromkeys(names)
    return f"{', '.join(others)} or {last}" if others else last


def entity(xml_name: str, base: str) -> str:
    """What a dataclass is."""
    extends = f", which extends {base}" if base else ""
    return f"The type {xml_name}{extends}."


def record(xml_name: str) -> str:
    """What the dataclass for a message of several members is."""
    return f"What {xml_name} carries."


def items(*, is_mixed: bool) -> str:
    """What a list of elements whose order is content is."""
    return (
        "Text and elements, in the order of the message."
        if is_mixed
        else "In the order of the message."
    )


def left_open(*, repeats: bool) -> str:
    """What stands for elements that the contract does not name."""
    return (
        "Elements that the contract leaves open."
        if repeats
        else "An element that the contract leaves open."
    )


def open_attributes() -> str:
    """What stands for attributes that the contract does not name."""
    return "Attributes that the contract leaves open, by ``{namespace}name``."


def attribute(documentation: str, default: str, *, is_fixed: bool) -> str:
    """What an attribute is, with its documentation."""
    if is_fixed:
        kind = f"Attribute; always {default}."
    else:
        kind = f"Attribute; {default} where it is missing." if default else "Attribute."
    return f"{kind}\n\n{documentation}" if documentation else kind


def text() -> str:
    """What stands for the text of an element."""
    return "The text of the element."


def nillable_text() -> str:
    """What stands for the text of an element that may be nil."""
    return "The text of the element, which is nil for None."


def one_of_branches(branches: tuple[tuple[str, ...], ...], documentation: str) -> str:
    """What a member of a choice is, with its documentation."""
    names = [branch[0] if len(branch) == 1 else f"({', '.join(branch)})" for branch in branches]
    kind = f"One of {', '.join(names)}."
    return f"{kind}\n\n{documentation}" if documentation else kind


def nil_members() -> str:
    """What the names of the members that are nil are."""
    return "The members that are nil, not missing; see ``set_nil``."


def nil_parameters() -> str:
    """What the names of the parameters that are nil are."""
    return "Which of the parameters that are None are nil, not missing."


def wrapper(element: str, owner: str) -> str:
    """What a class around the value of an element is."""
    return f"An element {element} of {owner}."


def choice(owner: str) -> str:
    """What the name for several classes stands for."""
    return f"One of the elements of {owner}."


def header_class(*, is_request: bool) -> str:
    """What a class for SOAP headers is."""
    if is_request:
        return "The SOAP headers of a request; None leaves a header out."
    return "The SOAP headers of a response; None stands for one that is missing."


def operation(xml_name: str) -> str:
    """What an operation does."""
    return f"The operation {xml_name}."


def build_request(xml_name: str) -> str:
    """What a builder of a request does."""
    return f"Build a request of {xml_name}."


def build_response(xml_name: str) -> str:
    """What a builder of a response does."""
    return f"Build a response of {xml_name}."


def parse_request(xml_name: str) -> str:
    """What a parser of a request does."""
    return f"Read the request of {xml_name}."


def parse_response(xml_name: str, members: int, documentation: str) -> str:
    """What a parser of a response does.

    Args:
        xml_name: The operation.
        members: How many members the response has.
        documentation: The documentation of the only member, or empty.
    """
    if not members:
        return f"Check the answer to {xml_name}, which carries nothing."
    if members == 1 and documentation:
        return f"Read the answer to {xml_name}: {_uncapitalised(documentation)}"
    return f"Read the answer to {xml_name}."


def fault(xml_name: str, documentation: str, *, in_header: bool) -> str:
    """What the error for a declared fault is, with the documentation of its element."""
    where = ", whose detail is in a SOAP header" if in_header else ""
    return f"The fault {xml_name}{where}." + (f"\n\n{documentation}" if documentation else "")


def build_fault(xml_name: str) -> str:
    """What a builder of a fault does."""
    return f"Build an answer that is the fault {xml_name}."


def stream_response(xml_name: str) -> str:
    """What a parser that yields the items of a list one by one does."""
    return f"Read the answer to {xml_name} item by item, as it arrives."


def parse_headers(*, is_request: bool) -> str:
    """What a parser of SOAP headers does."""
    message = "request" if is_request else "response"
    return f"Read the SOAP headers of a {message}; one that it leaves out is None."


def package(service: str, client: str, asynchronous: str) -> str:
    """What the package of a service is for."""
    return (
        f"Call the {service} service.\n\n``{client}`` and ``{asynchronous}`` make the calls. "
        "``builders`` writes their requests and ``parsers`` reads the answers, without a network. "
        "What is named here is loaded when it is first used.\n\n"
        "It needs lxml 5.2 or newer, and httpx to make calls."
    )


def family(name: str, services: int, example: str, client: str, *, is_shared: bool) -> str:
    """What the package of several services is for.

    Args:
        name: The package.
        services: How many services there are.
        example: The package of one of them.
        client: The client in that package.
        is_shared: Whether services share types.
    """
    text = (
        f"Call {services} services, each by a package of its own.\n\n"
        f"For example: ``from {name}.{example} import {client}``."
    )
    return f"{text} Types that several services use are in ``common``." if is_shared else text


def models(service: str) -> str:
    """What the module of models is."""
    return f"What the {service} service sends and receives. Nothing here knows of XML or HTTP."


def faults(service: str) -> str:
    """What the module of faults is."""
    return f"The faults that operations of the {service} service declare, as errors."


def shared_faults() -> str:
    """What the module of faults that services share is."""
    return "The faults that two or more of the services declare, as errors."


def builders(service: str) -> str:
    """What the module of builders is."""
    return f"Requests of the {service} service: arguments in, envelope out. No I/O."


def parsers(service: str) -> str:
    """What the module of parsers is."""
    return f"Answers of the {service} service: bytes in, value out. No I/O."


def clients(service: str) -> str:
    """What the module of clients is."""
    return f"Clients of the {service} service: build, send, parse. The only module that does I/O."


def protocols(service: str) -> str:
    """What the module of protocols is."""
    return f"What code asks for that calls the {service} service, by a client or by a fake of one."


def protocol(client: str) -> str:
    """What the protocol of ``client`` is."""
    return f"The operations of ``{client}``."


def client(service: str, documentation: str) -> str:
    """What a client is, with the documentation of the service."""
    calls = f"Calls the {service} service: a method for each operation."
    end = "Use it in a ``with`` statement, or call ``close`` when done."
    return "\n\n".join(filter(None, (calls, documentation, end)))


def asynchronous_client(service: str, client: str) -> str:
    """What an asynchronous client is."""
    return (
        f"Calls the {service} service without blocking: a method for each operation.\n\n"
        f"``{client}`` describes them in full.\n\n"
        "Use it in an ``async with`` statement, or call ``aclose`` when done."
    )


def connect(client: str = "") -> str:
    """What making a client does; the docstring of ``client``, if given, has the parameters."""
    if not client:
        return "Call the service at ``url``."
    return f"Call the service at ``url``; ``{client}`` describes the parameters."


def client_arguments(
    headers: list[tuple[str, str]], *, has_address: bool, versions: Sequence[str]
) -> list[tuple[str, str]]:
    """Name and description of each parameter of a client, ``headers`` among them."""
    named = "; the contract names ``ADDRESS``" if has_address else ""
    version = [("soap_version", _VERSION)] if len(versions) > 1 else []
    return [
        ("url", f"The address of the service{named}."),
        *headers,
        *version,
        ("timeout", _TIMEOUT),
        ("retries", _RETRIES),
        ("http", _HTTP),
    ]


def shared_models(users: str) -> str:
    """What a module of models that ``users`` share is."""
    return f"What {users} send and receive alike. Nothing here knows of XML or HTTP."


def shared_readers(users: str) -> str:
    """What a module of readers that ``users`` share is."""
    return f"How {users} read what they share: an element in, a value out."


def shared_writers(users: str) -> str:
    """What a module of writers that ``users`` share is."""
    return f"How {users} write what they share: a tag and a value in, an element out."


def users(services: tuple[str, ...]) -> str:
    """The services that use something, in words."""
    if len(services) > _NAMED_USERS:
        return f"{len(services)} services"
    *others, last = services
    return f"{', '.join(others)} and {last}" if others else last


def _uncapitalised(text: str) -> str:
    """``text`` with a small first letter, unless its first word has capitals further inside."""
    first = text.split(" ", 1)[0]
    return text if first[1:] != first[1:].lower() else text[:1].lower() + text[1:]
