"""Tries generated code: does it make and read the documented messages of one service?"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from types import ModuleType
from typing import Any, get_type_hints

from lxml import etree

from ..contract import Encoding, read_with_schemas
from ..contract.model import ElementParticle, QName, Type
from ..contract.services import Operation as ContractOperation
from ..errors import Place, SoapgenError
from ..messages import MASK, Difference, canonical, differences
from ..plan import Message, Operation, json_members
from ..project import importable
from ..sources import Source, parse, read_documents
from ..vendors import Rules, vendor_of
from . import encoding, masks, values
from .examples import Example
from .rules import SoapRules, without_layout

# How many differences and how many validation errors of a message are reported.
_MOST = 5


@dataclass(frozen=True, slots=True)
class Task:
    """The trial of one service.

    Attributes:
        folder: The folder that contains the generated package.
        module: The full name of the service's package.
        service: The name of the service in generated code.
        source: Its WSDL.
        port: The names of the service and of its port in the WSDL.
        operations: Its operations, by their names in the contract.
        examples: The documented messages.
    """

    folder: str
    module: str
    service: str
    source: Source
    port: tuple[QName, str]
    operations: dict[str, Operation]
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """The result of one example.

    Attributes:
        example: The example.
        service: The name of the service in generated code; empty if none has the operation.
        same: Whether the code, given the documented values, makes the same message.
        valid: Whether the message that it makes is valid by the schemas.
        lossless: Whether the code reads the message just as it is documented, without any loss.
        rules: The names of the rules that took out what differs from the wire.
        built: The message that the code makes; empty if it failed to.
        problems: The problems, each with its place.
        invalid: Why the example that does not match is itself not valid by the schemas, or no
            message at all; empty if it is valid, matches, or no schema describes it.
        read: What the code reads of an example that does not match, as the JSON that a call takes
            or prints; None if it has nothing, cannot be read, or matches.
    """

    example: Example
    service: str
    same: bool
    valid: bool
    lossless: bool
    rules: tuple[str, ...]
    built: bytes
    problems: tuple[tuple[Place, str], ...]
    invalid: str = ""
    read: Any = None

    @property
    def matches(self) -> bool:
        """Whether the example passes every check."""
        return self.same and self.valid and self.lossless


def unknown(example: Example, problem: str, *, invalid: str = "") -> Result:
    """The result for an example that belongs to no operation."""
    problems = ((example.place(), problem),)
    return Result(example, "", False, False, False, (), b"", problems, invalid)


def run(task: Task) -> list[Result]:
    """Try every example of ``task``.

    Raises:
        SourceError: The WSDL cannot be read.
    """
    with importable(task.folder):
        trial = _Trial(task)
        return [trial.result(example) for example in task.examples]


class _Trial:
    def __init__(self, task: Task) -> None:
        self.task = task
        contract, self.schemas = read_with_schemas(read_documents(task.source))
        service_name, port_name = task.port
        (service,) = (item for item in contract.services if item.name == service_name)
        (port,) = (item for item in service.ports if item.name == port_name)
        self.types = contract.types
        self.encoded = Encoding(contract.types)
        self.declared = {operation.name: operation for operation in port.binding.operations}
        vendor = vendor_of(port)
        self.soap_rules = SoapRules(
            self.declared.values(), port.binding.soap_version, contract.types
        )
        self.vendor_rules: Rules | None = None
        if vendor is not None and vendor.rules is not None:
            self.vendor_rules = vendor.rules(port, contract.types)
        self.builders, self.parsers = (
            importlib.import_module(f"{task.module}.{name}") for name in ("builders", "parsers")
        )

    def result(self, example: Example) -> Result:
        """The result of ``example``, with what is wrong with itself if it does not match."""
        example, rules = self._without_masks(example)
        result = self._tried(example)
        result = replace(result, rules=(*rules, *result.rules))
        if result.matches:
            return result
        return replace(result, invalid=self._invalid(example), read=self._read(example))

    def _rules(self, example: Example) -> Rules:
        """A vendor's documents may have rules of their own, what was recorded has those of SOAP."""
        if self.vendor_rules is None or example.is_recorded:
            return self.soap_rules
        return self.vendor_rules

    def _without_masks(self, example: Example) -> tuple[Example, tuple[str, ...]]:
        """``example`` with texts of the declared types for masked secrets, and the rule for it."""
        if not example.is_recorded or MASK.encode() not in example.content:
            return example, ()
        try:
            root = parse(example.content, example.document)
        except SoapgenError:
            return example, ()  # it is said where the message is read
        if not masks.fill(root, *self._declared(example)):
            return example, ()
        return replace(example, content=etree.tostring(root, encoding="utf-8")), (masks.RULE,)

    def _read(self, example: Example) -> Any:
        """What the code reads of ``example``, as JSON; None if it cannot be read."""
        runtime = self.task.module.partition(".")[0]
        to_json = importlib.import_module(f"{runtime}.json_values").to_json
        try:
            root = _without_comments(parse(example.content, example.document))
            self._rules(example).take_out(root, self._message(example))
            return self._code(example).as_json(etree.tostring(root, encoding="utf-8"), to_json)
        except Exception:  # the problems say why
            return None

    def _code(self, example: Example) -> _Code:
        kind = _Request if example.is_request else _Response
        return kind(self.task.operations[example.operation], self.builders, self.parsers)

    def _invalid(self, example: Example) -> str:
        """Why the body of ``example``, or a header that is declared, is not valid."""
        operation = self.declared[example.operation]
        message = operation.input if example.is_request else operation.output
        if message is None or message.encoded:
            return ""
        headers = {str(part.element.name): part.element for part in message.headers}
        try:
            root = _without_comments(parse(example.content, example.document))
        except SoapgenError as error:
            return error.message
        self._rules(example).take_out(root, self._message(example))
        for section in root:
            in_header = etree.QName(section).localname == "Header"
            for part in section:
                declared = headers.get(str(part.tag)) if in_header else self._message(example)
                if declared is not None or not in_header:
                    found = self.schemas.problems(part, 1, declared)
                    if found:
                        return found[0]
        return ""

    def _tried(self, example: Example) -> Result:
        try:
            expected = _without_comments(parse(example.content, example.document))
        except SoapgenError as error:
            return self._failed(example, (), error.place or example.place(), error.message)
        as_documented = etree.tostring(expected, encoding="utf-8")
        message = self._message(example)
        rules = self._rules(example).take_out(expected, message)
        code = self._code(example)
        try:
            built = code.rebuild(etree.tostring(expected, encoding="utf-8"))
            root = parse(built, example.document)
        except Exception as error:  # whatever the generated code raises is a problem
            return self._failed(example, rules, example.place(), f"{type(error).__name__}: {error}")
        if self.declared[example.operation].encoded:
            return self._encoded(example, rules, expected, root, built)
        rules = tuple(dict.fromkeys((*rules, *self._settle_values(example, expected, root))))
        problems = list(_reported(example, expected, root))
        same = not problems
        errors = [
            error
            for part in _parts(root)
            for error in self.schemas.problems(part, declared=message)
        ]
        problems += [(example.place(), f"is not valid: {error}") for error in errors[:_MOST]]
        lost = (
            [] if example.is_request else list(self._lost(example, expected, as_documented, code))
        )
        problems += lost
        return Result(
            example, self.task.service, same, not errors, not lost, rules, built, tuple(problems)
        )

    def _settle_values(
        self, example: Example, expected: etree._Element, actual: etree._Element
    ) -> tuple[str, ...]:
        """The names of the rules by which what differs is the same."""
        if self._rules(example) is not self.soap_rules:
            return ()  # a vendor's documents are held to the letter
        return values.settle(expected, actual, *self._declared(example))

    def _declared(
        self, example: Example
    ) -> tuple[dict[str, ElementParticle], Mapping[QName, Type]]:
        """The elements of the message of ``example``, by their names, and the types of these."""
        operation = self.declared[example.operation]
        types = self.types
        if operation.encoded:
            types = self.encoded.types
            operation = self.encoded.operation(operation)
        message = operation.input if example.is_request else operation.output
        if message is None:
            return {}, types
        found = [part.element for part in message.parts if part.element is not None]
        found += [part.element for part in message.headers]
        return {str(element.name): element for element in found}, types

    def _encoded(
        self,
        example: Example,
        rules: tuple[str, ...],
        expected: etree._Element,
        actual: etree._Element,
        built: bytes,
    ) -> Result:
        """The result for a message in SOAP's encoding, which no schema describes as it is."""
        try:
            encoding.settle(expected, actual)
        except SoapgenError as error:
            return self._failed(example, rules, example.place(), error.message)
        rules = (*rules, encoding.RULE, *self._settle_values(example, expected, actual))
        problems = tuple(_reported(example, expected, actual))
        same = not problems
        return Result(example, self.task.service, same, True, same, rules, built, problems)

    def _message(self, example: Example) -> ElementParticle | None:
        """The declaration of the element in the body of ``example``."""
        declared: ContractOperation = self.declared[example.operation]
        message = declared.input if example.is_request else declared.output
        return message.parts[0].element if message is not None and message.parts else None

    def _failed(
        self, example: Example, rules: tuple[str, ...], place: Place, problem: str
    ) -> Result:
        service = self.task.service
        return Result(example, service, False, False, False, rules, b"", ((place, problem),))

    def _lost(
        self, example: Example, expected: etree._Element, as_documented: bytes, code: _Code
    ) -> Iterator[tuple[Place, str]]:
        """What is lost when the code reads the message just as it is documented."""
        try:
            root = parse(code.rebuild(as_documented), example.document)
        except Exception as error:  # as above
            yield example.place(), f"cannot be read as documented: {type(error).__name__}: {error}"
            return
        without_layout(root)
        self._settle_values(example, expected, root)
        for place, problem in _reported(example, expected, root):
            yield place, f"read as documented: {problem}"


class _Code:
    """The generated functions that read and write a request or a response of an operation."""

    def __init__(
        self,
        message: Message,
        build: Callable[..., Any],
        read: Callable[..., Any],
        parsers: ModuleType,
    ) -> None:
        self.message = message
        self.write = build
        self.read = read
        self.parsers = parsers
        self.read_headers: Callable[[bytes], Any] | None = None

    def rebuild(self, content: bytes) -> bytes:
        """The message that the code makes from the values that it reads from ``content``."""
        return self.made(self.arguments(content), content)

    def arguments(self, content: bytes) -> dict[str, Any]:
        value = self.read(content)
        names = [member.name for member in self.message.members]
        if len(names) < 2:
            nil = {"nil_members": names} if value is None and self._is_nil(content) else {}
            return dict.fromkeys(names, value) | nil
        # Behind its members, a record may say which of them are nil.
        named = {field.name: name for name, field in zip(names, fields(value), strict=False)}
        arguments = {name: getattr(value, field) for field, name in named.items()}
        if self.message.clearable:
            arguments["nil_members"] = {named[field] for field in value.nil_members}
        return arguments

    def _is_nil(self, content: bytes) -> bool:
        """Whether the only member of ``content``, which is None, is nil and not missing."""
        if not self.message.may_be_nil:
            return False
        package = importlib.import_module(self.parsers.__package__ or "")
        is_nil: bool = package.is_nil_answer(content)
        return is_nil

    def as_json(self, content: bytes, to_json: Callable[..., Any]) -> Any:
        """What the code reads from ``content``, as JSON: the result of a call as it prints it."""
        return to_json(self.read(content), get_type_hints(self.read)["return"])

    def made(self, arguments: dict[str, Any], content: bytes) -> bytes:
        if self.read_headers is not None:
            arguments = {**arguments, "soap_headers": self.read_headers(content)}
        built: bytes = self.write(**arguments)
        return built


class _Request(_Code):
    def __init__(self, operation: Operation, builders: ModuleType, parsers: ModuleType) -> None:
        super().__init__(
            operation.request,
            getattr(builders, f"build_{operation.name}"),
            getattr(parsers, f"parse_{operation.name}_request"),
            parsers,
        )
        self.read_headers = (
            parsers.parse_request_headers if operation.header_set is not None else None
        )

    def as_json(self, content: bytes, to_json: Callable[..., Any]) -> Any:
        """What the code reads from ``content``, as JSON: the members that a call takes."""
        data, named = super().as_json(content, to_json), json_members(self.message.parameters)
        return {named[0].key: data} if len(named) == 1 else data


class _Response(_Code):
    def __init__(self, operation: Operation, builders: ModuleType, parsers: ModuleType) -> None:
        assert operation.response is not None, "an example of a response is one of an operation's"
        super().__init__(
            operation.response,
            getattr(builders, f"build_{operation.name}_response"),
            getattr(parsers, f"parse_{operation.name}"),
            parsers,
        )
        self.read_headers = (
            parsers.parse_response_headers if operation.response_header_set is not None else None
        )


def _reported(
    example: Example, expected: etree._Element, actual: etree._Element
) -> Iterator[tuple[Place, str]]:
    """The first differences between two messages, if canonical XML says that they differ."""
    if canonical(expected) == canonical(actual):
        return
    reported = list(differences(expected, actual)) or [
        Difference("", "the canonical forms differ", None)
    ]
    for difference in reported[:_MOST]:
        yield example.place(difference.line), f"{difference.path}: {difference.what}"


def _parts(envelope: etree._Element) -> list[etree._Element]:
    """The elements in the header and in the body."""
    return [part for section in envelope for part in section]


def _without_comments(root: etree._Element) -> etree._Element:
    """``root`` without comments and processing instructions."""
    etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
    return root
