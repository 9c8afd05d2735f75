"""What is fuzzed: each target takes an input, and raises an error if a promise is broken."""

from __future__ import annotations

import importlib
import inspect
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from lxml import etree

PROJECT = Path(__file__).resolve().parents[1]
CORPUS = Path(__file__).resolve().parent / "corpus"

Target = Callable[[bytes], None]


class Broken(AssertionError):
    """A promise is broken."""


def seeds(name: str) -> list[Path]:
    """The files of the corpus of the target ``name``."""
    return sorted((CORPUS / name).iterdir())


# --- contracts -----------------------------------------------------------------------------------


def contracts(content: bytes) -> None:
    """A contract is generated, to the satisfaction of the guard, or refused with a reason."""
    from soapgen.contract import read_all
    from soapgen.errors import GuardError, SoapgenError
    from soapgen.project.generate import choose, plan_package
    from soapgen.project.options import Options
    from soapgen.render import guarded, render
    from soapgen.sources import find_sources, read_all_documents
    from soapgen.vendors import conventions

    path = _folder() / "contract.wsdl"
    path.write_bytes(content)
    options = Options(server=True)
    try:
        sources = find_sources([path])
        read = read_all(read_all_documents(sources))
        planned = plan_package(sources, read, choose(read, options), options, conventions())
        files = [guarded(file) for file in render(planned)]
    except GuardError:
        raise
    except SoapgenError as error:
        if not error.message:
            raise Broken("a refusal without a reason") from error
        return
    paths = [file.path.casefold() for file in files]
    if len(paths) != len(set(paths)):
        raise Broken(f"two files have one path: {paths}")


@cache
def _folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="soapgen-fuzz-"))


# --- answers -------------------------------------------------------------------------------------


def answers(content: bytes) -> None:
    """A message is read, or refused with an error of the package; what is read can be written."""
    for package, parsers, builders in _packages():
        errors = importlib.import_module(f"{package}.errors")
        for name, parse in _functions(parsers, "parse_"):
            try:
                value = parse(content)
            except errors.SoapError:
                continue
            build = getattr(builders, name.replace("parse_", "build_") + "_response", None)
            if build is not None and value is not None:
                _written(build, parse, value, errors)


def _written(build: Any, parse: Any, value: Any, errors: Any) -> None:
    """Write ``value``, which was read, and read it again: both times it must be the same."""
    parameters = inspect.signature(build).parameters
    arguments = [value] if len(parameters) == 1 else [*_members(value)][: len(parameters)]
    try:
        written = build(*arguments)
    except errors.InvalidValue:
        return  # reading accepts more than writing produces
    again = parse(written)
    arguments = [again] if len(parameters) == 1 else [*_members(again)][: len(parameters)]
    # Without declarations of namespaces: values of any type repeat all that are in scope.
    if _canonical(build(*arguments)) != _canonical(written):
        raise Broken(f"{build.__name__} does not write again what was read")


def _canonical(content: bytes) -> str:
    parser = etree.XMLParser(resolve_entities=False, huge_tree=True)
    return str(etree.canonicalize(etree.fromstring(content, parser)))


def _members(value: Any) -> Iterator[Any]:
    for name in value.__dataclass_fields__:
        yield getattr(value, name)


def _functions(module: ModuleType, prefix: str) -> list[tuple[str, Callable[..., Any]]]:
    return [item for item in vars(module).items() if item[0].startswith(prefix)]


@cache
def _packages() -> list[tuple[str, ModuleType, ModuleType]]:
    """The generated packages whose parsers read the answers, with both modules of each service."""
    sys.path[:0] = [str(PROJECT / "tests" / "golden" / "packages")]
    services = {"shapes_client": "shapes_client", "shop.orders": "shop", "shop.stock": "shop"}
    return [
        (
            package,
            importlib.import_module(f"{service}.parsers"),
            importlib.import_module(f"{service}.builders"),
        )
        for service, package in services.items()
    ]


TARGETS: dict[str, Target] = {"contracts": contracts, "answers": answers}
