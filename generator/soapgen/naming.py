"""The only authority on Python names: words, cases, reserved words and collisions."""

from __future__ import annotations

import keyword
import re
import sys
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

REQUEST_HEADERS = "RequestHeaders"
RESPONSE_HEADERS = "ResponseHeaders"
HEADER_CLASSES = (REQUEST_HEADERS, RESPONSE_HEADERS)
NO_HEADERS = "NO_HEADERS"
NO_RESPONSE_HEADERS = "NO_RESPONSE_HEADERS"

# The stems of the functions that write SOAP headers.
HEADERS = "soap_headers"
BACK_HEADERS = "response_soap_headers"

# What stands behind the name of an operation in the names of the functions for it, where a package
# has both halves.
BOTH_HALVES = ("", "_request", "_response")

# What reads the headers of any request is named like what reads an operation's message.
NO_OPERATION = ("request_headers", "response_headers")
COMMON = "common"
ARRAYS = "arrays"

# Words whose spelling has a capital in the middle; split there, they would read as two.
_COMPOUNDS = {"EMail": "Email", "OAuth": "Oauth", "IPv4": "Ipv4", "IPv6": "Ipv6"}

# A word in a name of which each character was replaced by its kind: U for a capital, l for any
# other letter, s for the s that makes a plural of capitals (URLs), d for a digit.
_WORD = re.compile("U+s(?![ls])d*|U+(?![ls])d*|U?[ls]+d*|U+d*|d+")

_SECRET_WORDS = frozenset({"password", "passphrase", "secret", "token", "ticket"})
_SERVICE_SUFFIXES = ("PortType", "ServiceSoap", "Soap12", "Soap", "Port", "Service")


def words(name: str) -> list[str]:
    """The words of an XML name, in lower case: ``EMailSOInfo`` → email, so, info."""
    for compound, plain in _COMPOUNDS.items():
        name = name.replace(compound, plain)
    name = re.sub("ArrayOf(?=[a-z])", "ArrayOf_", name)
    name = unicodedata.normalize("NFKC", name)
    kinds = "".join(map(_kind, name))
    return [name[found.start() : found.end()].lower() for found in _WORD.finditer(kinds)]


def _kind(character: str) -> str:
    if not f"a{character}".isidentifier() or character == "_":
        return "_"
    if character.isdecimal():
        return "d"
    return "U" if character.isupper() else "s" if character == "s" else "l"


def snake(name: str) -> str:
    """``name`` for a function or a module: ``UseSSL`` → use_ssl. It may be a reserved word."""
    result = "_".join(words(name)) or "value"
    return result if result.isidentifier() else f"value_{result}"


@dataclass(frozen=True, slots=True)
class Reserved:
    """The names that generated modules use themselves, by what would hide them.

    Attributes:
        classes: Those that a class of the contract would hide.
        members: Those that a member of a dataclass would hide in the annotations beside it.
        parameters: Those that a parameter would hide in a builder or in a client's method.
        methods: Those that a method would hide in a client.
        headers: Those that a parameter for a SOAP header would hide where a client is made.
        modules: The modules beside the packages of services.
        functions: The functions of the runtime.
    """

    classes: frozenset[str]
    members: frozenset[str]
    parameters: frozenset[str]
    methods: frozenset[str]
    headers: frozenset[str]
    modules: frozenset[str]
    functions: frozenset[str]

    def member(self, name: str) -> str:
        """``name`` for a member of a dataclass: ``From`` → from_."""
        return _free(snake(name), self.members)

    def parameter(self, name: str) -> str:
        """``name`` for a parameter of a builder and of the client's method for it."""
        return _free(snake(name), self.parameters)

    def method(self, name: str) -> str:
        """``name`` for a method of the client."""
        return _free(snake(name), self.methods)

    def header(self, name: str) -> str:
        """``name`` for a member of RequestHeaders and for the client's parameter that fills it."""
        return _free(snake(name), self.headers)

    def stems(self) -> set[str]:
        """The stems of functions for types that would hide one of the runtime's."""
        return {
            name.partition("_")[2]
            for name in self.functions
            if name.startswith(("read_", "write_"))
        }


def _free(name: str, reserved: frozenset[str]) -> str:
    return f"{name}_" if keyword.iskeyword(name) or name in reserved else name


def constant(name: str) -> str:
    """``name`` for a member of an enumeration: ``NoPriority`` → NO_PRIORITY."""
    result = "_".join(words(name)).upper() or "EMPTY"
    return result if result.isidentifier() else f"VALUE_{result}"


def pascal(name: str) -> str:
    """``name`` for a class: as it is where Python allows it, otherwise by its words."""
    name = unicodedata.normalize("NFKC", name)
    if name.isidentifier() and name[0].isupper() and "_" not in name:
        result = name
    else:
        parts = re.split(r"[\W_]+", name)
        result = "".join(part[:1].upper() + part[1:] for part in parts) or "Value"
    result = "".join(letter for letter in result if f"a{letter}".isidentifier()) or "Value"
    if not result.isidentifier():
        result = f"Value{result}"
    return f"{result}Type" if keyword.iskeyword(result) else result


def service(port_type: str, service: str) -> str:
    """The name of a service, from that of its port type without what toolkits append.

    ``CalculatorSoap`` → Calculator. Where they append to the port type's name to get that of the
    ``service``, the port type has the name that was meant: ``CustomerServiceService``.
    """
    if f"{port_type}Service" in service:
        return pascal(port_type)
    for suffix in _SERVICE_SUFFIXES:
        if port_type.endswith(suffix) and port_type != suffix:
            return pascal(port_type.removesuffix(suffix))
    return pascal(port_type)


def client(service: str) -> str:
    """The class that calls ``service``."""
    return f"{service}Client"


def asynchronous_client(service: str) -> str:
    """The class that calls ``service`` without blocking."""
    return f"Async{service}Client"


def record(element: str, suffix: str) -> str:
    """The dataclass for a message of several members: AuthenticateResponse → AuthenticateResult."""
    return pascal(element).removesuffix("Response") + suffix


def namespace_constant(prefix: str, *, is_main: bool) -> str:
    """The constant that holds a namespace: TNS for that of the messages, as WSDL calls it."""
    return "TNS" if is_main else prefix.upper()


def function(stem: str, direction: str) -> str:
    """The function that writes or reads what ``stem`` is for, as ``direction`` says."""
    return f"{direction}_{stem}" if stem else ""


def module(name: str) -> str:
    """The module for a shared type, or the package for a service in a family: ``EMail`` → email."""
    return _free(snake(name), frozenset())


def variable(member: str) -> str:
    """The variable for the text of ``member``, where it needs one."""
    return f"{member}_xml"


def package(stem: str) -> str:
    """The package for a WSDL of this file name: ``EMail`` → email_client."""
    return f"{snake(stem)}_client"


def package_problem(name: str) -> str:
    """Why ``name`` cannot be a package, in words that follow it; empty if it can."""
    if not name.isidentifier() or keyword.iskeyword(name):
        return "is not a name that Python allows for a package"
    if name in sys.stdlib_module_names:
        return "would hide a module of Python's standard library"
    return ""


def is_secret(name: str) -> bool:
    """Whether a text of this name is one that must not be shown: a password, a token."""
    return bool(_SECRET_WORDS.intersection(words(name)[-1:]))


def prefixes(namespaces: Iterable[str], main: str) -> dict[str, str]:
    """A prefix for each namespace: none for ``main``, for any other its last word."""
    found: dict[str, str] = {main: ""} if main else {}
    taken = Names(("s", "xsi", "xml"))
    for namespace in sorted(set(namespaces) - {main, ""}):
        found[namespace] = taken.take(_prefix(namespace))
    return found


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


class Names:
    """One scope: hands out each name once, with a number behind it when it is taken."""

    def __init__(self, taken: Iterable[str] = (), separator: str = "_") -> None:
        self._taken = set(taken)
        self._separator = separator

    def take(self, name: str, suffixes: Iterable[str] = ("",)) -> str:
        """``name``, or ``name`` with the first number from 2 that is free.

        It is free when it is with each of the ``suffixes`` behind it.
        """
        candidate, number = name, 2
        while not self._taken.isdisjoint(forms := [candidate + suffix for suffix in suffixes]):
            candidate, number = f"{name.rstrip('_')}{self._separator}{number}", number + 1
        self._taken.update(forms)
        return candidate
