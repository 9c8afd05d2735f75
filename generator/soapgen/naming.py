"""Every Python name in generated code: words, cases, reserved words and collisions."""

from __future__ import annotations

import builtins
import keyword
import re
import sys
import unicodedata
from collections.abc import Iterable, Set
from dataclasses import dataclass

from .scopes import GivenName as GivenName
from .scopes import Names as Names

REQUEST_HEADERS = "RequestHeaders"
RESPONSE_HEADERS = "ResponseHeaders"
HEADER_CLASSES = (REQUEST_HEADERS, RESPONSE_HEADERS)
NO_HEADERS = "NO_HEADERS"
NO_RESPONSE_HEADERS = "NO_RESPONSE_HEADERS"

# The attribute for what a declared fault carries, and the constant for how faults are read.
DETAIL = "detail"
FAULTS = "FAULTS"

# The constant for the main namespace, that of the messages: its usual prefix in WSDLs.
MAIN_NAMESPACE = "TNS"
CONSTANTS = frozenset({NO_HEADERS, NO_RESPONSE_HEADERS, MAIN_NAMESPACE})

# The stems of the functions that write SOAP headers.
HEADERS = "soap_headers"
BACK_HEADERS = "response_soap_headers"

# The suffixes of an operation's name in the names of its functions, in a package that also reads
# requests and writes responses.
_REQUEST, _RESPONSE = "_request", "_response"
BOTH_HALVES = ("", _REQUEST, _RESPONSE)

# Taken: the functions that read SOAP headers are named like those for an operation's messages.
NO_OPERATION = ("request_headers", "response_headers")
COMMON = "common"
ARRAYS = "arrays"

# Words with a capital in the middle, which would be split into two words.
_COMPOUNDS = {"EMail": "Email", "OAuth": "Oauth", "IPv4": "Ipv4", "IPv6": "Ipv6"}

# A word in a name whose characters are replaced by their kinds: U for a capital, s for the letter
# s, which makes a plural of capitals (URLs), l for any other letter, d for a digit.
_WORD = re.compile("U+s(?![ls])d*|U+(?![ls])d*|U?[ls]+d*|U+d*|d+")

_NEGATIVE = re.compile(r"-\.?[0-9]")

# How many characters of a value without letters and digits are in its name.
_NAMED_MARKS = 5

# A file of such a name is a device on Windows, whatever its suffix.
_DEVICES = frozenset(
    {
        "con",
        "prn",
        "aux",
        "nul",
        *(f"{port}{number}" for port in ("com", "lpt") for number in range(10)),
    }
)

_NOT_IN_FILES = re.compile(r'[\x00-\x1f\x7f-\x9f\ud800-\udfff/\\:*?"<>|]')

# The longest name of a module or folder, in bytes of UTF-8. File systems have 255, and Python
# appends to it in its caches.
_LONGEST_FILE = 180

# What tools call a port type or a service that nobody has named, and what they put before a name.
_UNNAMED = re.compile(r"I?Service[0-9]*(Soap)?|(Service)?Port(Type)?")
_BINDING = re.compile(r"[A-Za-z0-9]*Binding[0-9]*_(?=.)")

_SERVICE_SUFFIXES = ("PortType", "ServiceSoap", "Soap12", "Soap", "Port", "Service")


def words(name: str) -> list[str]:
    """The words of an XML name, in lower case: ``EMailSOInfo`` → email, so, info."""
    for compound, plain in _COMPOUNDS.items():
        name = name.replace(compound, plain)
    name = re.sub("ArrayOf(?=[a-z])", "ArrayOf_", name)
    name = unicodedata.normalize("NFKC", name)
    kinds = "".join(map(_kind, name))
    return [name[word.start() : word.end()].lower() for word in _WORD.finditer(kinds)]


def _kind(character: str) -> str:
    if not f"a{character}".isidentifier() or character == "_":
        return "_"
    if character.isdecimal():
        return "d"
    return "U" if character.isupper() else "s" if character == "s" else "l"


def snake(name: str) -> str:
    """``name`` in snake case: ``UseSSL`` → use_ssl. The result may be a keyword of Python."""
    return _identifier("_".join(words(name)) or "value", "value_")


def _identifier(name: str, prefix: str) -> str:
    """``name`` in the form that Python compares (NFKC), with ``prefix`` if it needs one.

    A change of case can undo this form: two names that differ would then be one for Python.
    """
    name = unicodedata.normalize("NFKC", name)
    return name if name.isidentifier() else prefix + name


@dataclass(frozen=True, slots=True)
class Style:
    """How names in lower case are made of those in a contract, and which may be given.

    Attributes:
        reserved: The names that are not allowed.
    """

    reserved: frozenset[str]

    def __call__(self, name: str) -> str:
        """``name`` of a contract, in snake case, and with an underscore if it is reserved."""
        return _free(snake(name), self.reserved)

    def problem(self, name: str) -> str:
        """Why a user may not give ``name``, as the end of a sentence; empty if it is allowed."""
        if name != name.lower():
            return "has a capital, which the names of methods and attributes have not"
        return given_problem(name, self.reserved)


def given_problem(name: str, reserved: Set[str] = frozenset()) -> str:
    """Why a user may not give ``name``, as the end of a sentence after it; empty if it is fine."""
    if keyword.iskeyword(name):
        return "is a keyword of Python"
    # Python reads a name in NFKC, so that any other form of it would be another name.
    if not name.isidentifier() or name != unicodedata.normalize("NFKC", name):
        return "is not a name that Python allows"
    if name.startswith("_"):
        return "begins with an underscore, as the names of what is private do"
    if name in reserved:
        return "is a name that generated code uses itself"
    return ""


def class_problem(name: str, reserved: Set[str] = frozenset()) -> str:
    """:func:`given_problem`, for the name of a class."""
    if name[:1].islower():
        return "begins with a small letter, and names a class"
    return given_problem(name, reserved)


@dataclass(frozen=True, slots=True)
class Reserved:
    """The names that generated modules use themselves, which no name from a contract may hide.

    Attributes:
        classes: Not allowed for a class.
        constants: Not allowed for the constant of a namespace.
        members: Not allowed for a member of a dataclass, whose annotations use them.
        parameters: Not allowed for a parameter of a builder or of a client's method.
        methods: Not allowed for a method of a client.
        headers: Not allowed for a parameter of a client's ``__init__`` that is for a SOAP header.
        modules: Not allowed for the package of a service: they are modules next to it.
        functions: The functions of the runtime, not allowed for a generated function.
    """

    classes: frozenset[str]
    constants: frozenset[str]
    members: frozenset[str]
    parameters: frozenset[str]
    methods: frozenset[str]
    headers: frozenset[str]
    modules: frozenset[str]
    functions: frozenset[str]

    @property
    def member(self) -> Style:
        """Makes names for members of a dataclass: ``From`` → from_."""
        return Style(self.members)

    @property
    def parameter(self) -> Style:
        """Makes names for parameters of a builder and of the client's method."""
        return Style(self.parameters)

    @property
    def method(self) -> Style:
        """Makes names for methods of the client."""
        return Style(self.methods)

    @property
    def header(self) -> Style:
        """Makes names for members of RequestHeaders and for the client's parameters for them."""
        return Style(self.headers)

    def clients(self, service: str) -> tuple[str, str]:
        """The classes of the clients of ``service``: the one that blocks, and the other one."""
        names = (f"{service}Client", f"Async{service}Client")
        return names if self.classes.isdisjoint(names) else self.clients(f"{service}Service")

    def service_problem(self, name: str) -> str:
        """Why a user may not give a service ``name``, as the end of a sentence; empty if it may."""
        if self.clients(name)[0] != f"{name}Client":
            return f"would name a class {name}Client, which generated code has itself"
        return class_problem(name)

    def stems(self) -> set[str]:
        """The stems that types must not have: their functions would hide those of the runtime."""
        return {
            name.partition("_")[2]
            for name in self.functions
            if name.startswith(("read_", "write_"))
        }


def protocol(client: str) -> str:
    """The protocol of the class ``client``: ``PeopleClient`` → PeopleClientProtocol."""
    return f"{client}Protocol"


def _free(name: str, reserved: frozenset[str]) -> str:
    return f"{name}_" if keyword.iskeyword(name) or name in reserved else name


def constant(name: str) -> str:
    """``name`` for a member of an enumeration: ``NoPriority`` → NO_PRIORITY."""
    letters = "_".join(words(name)).upper()
    if letters:
        return f"MINUS_{letters}" if _NEGATIVE.match(name) else _identifier(letters, "VALUE_")
    names = (unicodedata.name(mark, "mark") for mark in name[:_NAMED_MARKS])
    return re.sub(r"\W+", "_", "_".join(names)).upper() or "EMPTY"


def pascal(name: str) -> str:
    """``name`` for a class: as it is if Python allows it, otherwise made of its words."""
    name = unicodedata.normalize("NFKC", name)
    if name.isidentifier() and name[0].isupper() and "_" not in name:
        result = name
    else:
        parts = re.split(r"[\W_]+", name)
        result = "".join(part[:1].upper() + part[1:] for part in parts) or "Value"
    result = "".join(letter for letter in result if f"a{letter}".isidentifier()) or "Value"
    result = _identifier(result, "Value")
    return f"{result}Type" if keyword.iskeyword(result) else result


def wrapper(choice: str, element: str) -> str:
    """The class around the value of one of several elements.

    It is named after the type whose items they are, ``Order`` and ``Note`` → OrderNote, or, in a
    substitution group, after the element alone: NoteElement.
    """
    if choice.startswith("//"):
        return pascal(f"{element}Element")
    return pascal(f"{choice.rpartition('/')[0]}/{element}")


def service(port_type: str, service: str) -> str:
    """The name of a service: that of its port type without what toolkits put around it.

    ``CalculatorSoap`` → Calculator, ``WSHttpBinding_IOrders`` → IOrders. The suffix stays if the
    name of the ``service`` is that of the port type with another ``Service``: ``CustomerService``
    if it is ``CustomerServiceService``. A port type that nobody has named, such as ``IService1``,
    has the name of the service.
    """
    port_type = _BINDING.sub("", port_type)
    if _UNNAMED.fullmatch(port_type) and port_type != service:
        return only_service(service)
    if f"{port_type}Service" in service:
        return pascal(port_type)
    for suffix in _SERVICE_SUFFIXES:
        if port_type.endswith(suffix) and port_type != suffix:
            return pascal(port_type.removesuffix(suffix))
    return pascal(port_type)


def only_service(name: str) -> str:
    """The name of a service whose port type has no name of its own: ``OrdersService`` → Orders."""
    return service(name, name)


def record(element: str, suffix: str) -> str:
    """The dataclass for a message of several members: AuthenticateResponse → AuthenticateResult."""
    return pascal(element).removesuffix("Response") + suffix


def fault(name: str, classes: Names) -> str:
    """The error for the fault ``name``, taken in the scope ``classes``: ``BankFault`` → BankFault.

    It is BankFaultError where a type has that name, or Python an exception of its own.
    """
    plain = pascal(name)
    is_free = classes.is_free(plain) and not hasattr(builtins, plain)
    return classes.take(plain if is_free else f"{plain}Error")


def function(stem: str, direction: str) -> str:
    """The function that writes or reads, by ``direction``, what ``stem`` names; or empty."""
    return f"{direction}_{stem}" if stem else ""


def typed(stem: str) -> str:
    """The function that writes what ``stem`` names with the name of its type."""
    return f"typed_{stem}"


def request(operation: str) -> str:
    """The stem of the function that reads requests of ``operation``."""
    return operation + _REQUEST


def response(operation: str) -> str:
    """The stem of the function that writes responses of ``operation``."""
    return operation + _RESPONSE


def module(name: str) -> str:
    """The module for a shared type, or the package for a service in a family: ``EMail`` → email."""
    return _free(_short(snake(name)), _DEVICES)


def _short(name: str) -> str:
    """As much of ``name`` as the name of a file may have."""
    return name.encode()[:_LONGEST_FILE].decode(errors="ignore")


def file_stem(name: str) -> str:
    """A name for a file or folder: ``name``, which XML allows, as far as file systems do."""
    stem = _short(_NOT_IN_FILES.sub(".", name).strip(". "))
    return f"{stem}_" if not stem or stem.partition(".")[0].casefold() in _DEVICES else stem


def attribute(member: str) -> str:
    """The member for an attribute, where an element has its name."""
    return f"{member.rstrip('_')}_attribute"


def variable(member: str) -> str:
    """The variable for the markup of ``member``."""
    return f"{member}_xml"


def package(stem: str) -> str:
    """The package for a WSDL, by its file name without suffix: ``EMail`` → email_client."""
    return f"{_short(snake(stem))}_client"


def package_problem(name: str) -> str:
    """Why ``name`` cannot be a package, as the end of a sentence after it; empty if it can."""
    if not name.isidentifier() or keyword.iskeyword(name):
        return "is not a name that Python allows for a package"
    if name in sys.stdlib_module_names:
        return "would hide a module of Python's standard library"
    return ""


def prefixes(namespaces: Iterable[str], main: str, given: Iterable[str] = ()) -> dict[str, str]:
    """A prefix for each namespace: an empty one for ``main``, for any other its last word.

    None of them is one of those that are ``given`` to other namespaces.
    """
    by_namespace: dict[str, str] = {main: ""} if main else {}
    taken = Names(("s", "xsi", "xml", "xmlns", *given))
    for namespace in sorted(set(namespaces) - {main, ""}):
        by_namespace[namespace] = taken.take(_prefix(namespace))
    return by_namespace


def _prefix(namespace: str) -> str:
    """The last word of ``namespace``: ``…/2003/10/Serialization/Arrays`` → arrays."""
    _, _, path = namespace.rpartition("://")
    host, _, path = path.partition("/") if "://" in namespace else ("", "", namespace)
    segments = re.split(r"[/:#.]", path)
    for segment in [*reversed(segments), *host.split(".")]:
        letters = "".join(re.findall("[a-z]+", segment.lower()))
        if letters.isascii() and len(letters) > 1:
            return letters
    return "ns"
