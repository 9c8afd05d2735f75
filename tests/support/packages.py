"""Generating packages for tests, and importing them."""

from __future__ import annotations

import importlib
import inspect
import sys
from dataclasses import fields
from pathlib import Path
from typing import Any

from soapgen.contract import read, read_all
from soapgen.contract.services import Contract
from soapgen.plan import Family
from soapgen.project import Options
from soapgen.project.generate import Generated, choose, generate, plan_package
from soapgen.sources import Limits, find_sources, read_all_documents, read_documents
from soapgen.vendors import conventions


class Built:
    """A package that was generated and imported."""

    def __init__(self, plan: Family, path: Path) -> None:
        """Import the package in the folder ``path``, which was written by ``plan``."""
        (self.plan,) = plan.packages
        self.path = path
        make_importable(path)
        self.models, self.builders, self.parsers, self.client, self.values, self.errors = (
            self.module(name)
            for name in ("models", "builders", "parsers", "client", "_values", "errors")
        )

    @property
    def anytype(self) -> Any:
        """The module for values of xs:anyType, which not every package has."""
        return self.module("_anytype")

    @property
    def options(self) -> Any:
        """What a call can be given."""
        return self.module("options")

    @property
    def netserver(self) -> Any:
        """What SuperOffice's services have beside SOAP."""
        return self.module("netserver")

    def module(self, name: str) -> Any:
        """The module ``name`` of the package."""
        return importlib.import_module(f"{self.plan.name}.{name}")

    def build(self, operation: str, *arguments: Any, **headers: Any) -> bytes:
        """The request of ``operation``, by its Python name."""
        build = getattr(self.builders, f"build_{operation}")
        names = [name for name in inspect.signature(build).parameters if name != "soap_headers"]
        request: bytes = build(**dict(zip(names, arguments, strict=False)), **headers)
        return request

    def build_response(self, operation: str, *values: Any) -> bytes:
        """The response of ``operation``, from what its parser gives."""
        build = getattr(self.builders, f"build_{operation}_response")
        names = [name for name in inspect.signature(build).parameters if name != "soap_headers"]
        # What a parser gives is not always a record, which says what of it is nil.
        assert names[len(values) :] in ([], ["nil_members"])
        response: bytes = build(**dict(zip(names, values, strict=False)))
        return response

    def parse(self, operation: str, content: bytes) -> Any:
        """What the response ``content`` of ``operation`` carries."""
        return getattr(self.parsers, f"parse_{operation}")(content)

    def parse_request(self, operation: str, content: bytes) -> tuple[Any, ...]:
        """The arguments that the request ``content`` of ``operation`` was built from."""
        value = getattr(self.parsers, f"parse_{operation}_request")(content)
        return self.as_arguments(value, getattr(self.builders, f"build_{operation}"))

    @staticmethod
    def as_arguments(value: Any, build: Any) -> tuple[Any, ...]:
        """What a parser gives, as the arguments of the builder for the same message."""
        names = [name for name in inspect.signature(build).parameters if name != "soap_headers"]
        if not names:
            return ()
        if len([name for name in names if name != "nil_members"]) == 1:
            return (value,)
        return tuple(getattr(value, field.name) for field in fields(value))


def make_importable(package: Path) -> None:
    """Let Python find ``package`` by its name."""
    sys.path.insert(0, str(package.parent))
    importlib.invalidate_caches()


def build_package(
    source: str | Path, folder: Path, *, name: str, server: bool = True, **options: Any
) -> Built:
    """Generate ``source`` as the package ``name`` below ``folder``, and import it."""
    made = generated(source, name=name, server=server, **options)
    return Built(made.plan, written(made, folder))


def generated(*sources: str | Path, **options: Any) -> Generated:
    """What soapgen generates from ``sources``, with the options that are given."""
    return generate(find_sources(sources), Options(**options), conventions())


def planned(*sources: Path, limits: Limits | None = None, **options: Any) -> Family:
    """The plan of what soapgen generates from ``sources``, with the options that are given."""
    found, wanted = find_sources(sources, limits=limits), Options(**options)
    contracts = read_all(read_all_documents(found))
    return plan_package(found, contracts, choose(contracts, wanted), wanted, conventions())


def operation_named(name: str, package: Built) -> str:
    """The Python name of the operation that the contract calls ``name``."""
    return next(item.name for item in package.plan.operations if item.xml_name == name)


def contract_of(source: Path) -> Contract:
    """What the one WSDL ``source`` says."""
    (wsdl,) = find_sources([source]).wsdls
    return read(read_documents(wsdl))


def written(generated: Generated, folder: Path) -> Path:
    """Write ``generated`` below ``folder``, and return the package's own folder."""
    package = folder / generated.plan.name
    for file in generated.files:
        path = package / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file.text, encoding="utf-8")
    return package
