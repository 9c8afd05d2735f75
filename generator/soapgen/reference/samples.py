"""A plan and its contracts → samples of all messages: as XML, as JSON and as Python to paste.

The package is generated into a folder for a while, and reads the samples of its own messages: what
the pages show is what generated code makes of them.
"""

from __future__ import annotations

import importlib
import json
import sys
import typing
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from typing import Any

from ..contract import Chosen
from ..contract.services import Operation as ContractOperation
from ..errors import SoapgenError
from ..messages import MessageStyle
from ..plan import Family, Package, json_members, members_read
from ..plan.operations import Operation
from ..progress import Progress
from ..project import importable, temporary_name, temporary_package
from .operations import Samples, address, home
from .pages import Sample
from .python_source import NoSourceError, PythonSource


def samples_of(
    family: Family, services: Sequence[tuple[Chosen, MessageStyle]], progress: Progress
) -> Samples:
    """The samples of every operation.

    Args:
        family: The plan, of a package that reads requests and has JSON.
        services: The services that it is of, in the same order, with what writes their messages.
        progress: Called with the progress.
    """
    found: dict[tuple[str, str], tuple[tuple[str, tuple[Sample, ...]], ...]] = {}
    with _imported(family) as name:
        for position, (package, (chosen, style)) in enumerate(
            zip(family.packages, services, strict=True)
        ):
            progress("writing samples", position, len(family.packages))
            reader = _Reader(family, package, name)
            operations = {item.name: item for item in chosen.port.binding.operations}
            for operation in package.operations:
                declared = operations[operation.xml_name]
                samples = [("Request", reader.request(operation, declared, style))]
                if operation.response is not None:
                    samples.append(("Response", reader.response(operation, declared, style)))
                found[package.name, operation.method] = tuple(samples)
    return found


@contextmanager
def _imported(family: Family) -> Iterator[str]:
    """The package of ``family`` under a random name, as long as the context lasts."""
    name = temporary_name()
    packages = family.packages
    if not family.nested:
        packages = tuple(replace(item, name=name) for item in packages)
    planned = replace(family, name=name, packages=packages)
    with temporary_package(planned) as folder, importable(folder):
        try:
            yield name
        finally:
            for module in [module for module in sys.modules if module.partition(".")[0] == name]:
                del sys.modules[module]


@dataclass(frozen=True)
class _Reader:
    """Reads the samples of one service by its generated code, which has the name ``name``."""

    family: Family
    package: Package
    name: str

    def request(
        self, operation: Operation, declared: ContractOperation, style: MessageStyle
    ) -> tuple[Sample, ...]:
        """The sample of a request."""

        def read(xml: str) -> tuple[str, str]:
            message = xml.encode()
            value = self._function("parsers", f"parse_{operation.request_name}")(message)
            hints = typing.get_type_hints(self._function("builders", f"build_{operation.name}"))
            keys = json_members(operation.request.parameters)
            values = members_read(operation.request, self.package.records, value)
            data = {
                key.key: self._json(item, hints[key.name])
                for key, item in zip(keys, values, strict=True)
            }
            arguments = [(key.name, item) for key, item in zip(keys, values, strict=True)]
            return _json_text(data), self._call(operation, arguments, message)

        return self._samples(lambda: style.request(declared), read)

    def response(
        self, operation: Operation, declared: ContractOperation, style: MessageStyle
    ) -> tuple[Sample, ...]:
        """The sample of a response."""

        def read(xml: str) -> tuple[str, str]:
            parse = self._function("parsers", f"parse_{operation.name}")
            value = parse(xml.encode())
            hint = typing.get_type_hints(parse).get("return", Any)
            source = PythonSource(self._module_of)
            text = source.value(value, before="answer = ")
            return _json_text(self._json(value, hint)), "\n".join(
                [*source.import_lines(), *([""] if source.imports else []), text]
            )

        read_it = None if operation.returns == "None" else read
        return self._samples(lambda: style.response(declared), read_it)

    def _samples(
        self, write: Callable[[], str], read: Callable[[str], tuple[str, str]] | None
    ) -> tuple[Sample, ...]:
        """The forms of what ``write`` writes; without ``read``, there is no other than XML."""
        try:
            xml = write()
        except SoapgenError as error:
            return (Sample("XML", "", f"There is no sample: {error}."),)
        if read is None:
            return (Sample("XML", xml),)
        try:
            data, source = read(xml)
        except (self._module("errors").SoapError, NoSourceError) as error:
            problem = f"There is no sample in this form: {error}."
            return (Sample("Python", "", problem), Sample("XML", xml), Sample("JSON", "", problem))
        return (Sample("Python", source), Sample("XML", xml), Sample("JSON", data))

    def _call(
        self, operation: Operation, arguments: list[tuple[str, object]], message: bytes
    ) -> str:
        source = PythonSource(self._module_of)
        source.imported(home(self.family, self.package), self.package.client)
        headers: list[tuple[str, object]] = []
        if operation.header_set is not None:
            given = self._function("parsers", "parse_request_headers")(message)
            nothing = type(given)()
            headers = [
                (item.name, getattr(given, item.name))
                for item in fields(given)
                if getattr(given, item.name) != getattr(nothing, item.name)
            ]
        client = source.call(
            "client = " + self.package.client, headers, first=address(self.package)
        )
        result = "" if operation.response is None or operation.returns == "None" else "answer = "
        call = source.call(f"{result}client.{operation.method}", arguments)
        return "\n".join([*source.import_lines(), "", client, call])

    def _json(self, value: object, hint: object) -> Any:
        return self._module("json_values").to_json(value, hint)

    def _module_of(self, kind: type) -> str:
        """The module of the package from which ``kind`` is imported."""
        for module, shown in (
            (self._service, home(self.family, self.package)),
            (self.name, self.family.name),
        ):
            if getattr(importlib.import_module(module), kind.__name__, None) is kind:
                return shown
        root, _, rest = kind.__module__.partition(".")
        return f"{self.family.name}.{rest}" if root == self.name else ""

    @property
    def _service(self) -> str:
        return f"{self.name}.{self.package.name}" if self.family.nested else self.name

    def _function(self, module: str, name: str) -> Callable[..., Any]:
        found: Callable[..., Any] = getattr(
            importlib.import_module(f"{self._service}.{module}"), name
        )
        return found

    def _module(self, name: str) -> Any:
        """A module of the runtime."""
        return importlib.import_module(f"{self.name}.{name}")


def _json_text(data: object) -> str:
    return json.dumps(data, indent=2, ensure_ascii=False)
