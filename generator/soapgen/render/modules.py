"""Plan → text: every file of the output, by the templates, not yet formatted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import jinja2

from .. import naming
from ..plan.packages import Family, Package
from . import templates
from .imports import (
    Module,
    defined,
    import_statement,
    in_import_order,
    in_list_order,
    in_module_order,
    relative,
    standard_names,
    with_imports,
)
from .line_breaks import laid_out
from .literals import docstring, literal, summary

# The modules that every package has, and those that some need.
_ALWAYS = ("_envelope", "_read", "_text", "_values", "_write", "errors", "options", "transport")
_RUNTIME = (*_ALWAYS, "_anytype", "_stream", "addressing", "netserver", "security")
_MODELS, _WRITERS, _READERS = "models", "writers", "readers"
_ERRORS = ("CallError", "InvalidValue", "SoapError", "SoapFault", "UnexpectedResponse")
_NILS = ("is_nil", "nil")
_CLIENTS = ("AsyncSoapClient", "SoapClient", "accepted", "address", "raise_failure")
_ANY_TYPES = ("Markup", "Untyped")


@dataclass(frozen=True, slots=True)
class OutputFile:
    """A generated file: its path within the package, with slashes, and its text."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Export:
    """What an ``__init__`` module offers of another one."""

    module: str
    names: tuple[str, ...]

    @property
    def statement(self) -> str:
        """The import of it, as it stands in a block."""
        return import_statement(self.module, self.names, indent=4).rstrip("\n")


def reserved_names() -> frozenset[str]:
    """The names that a class of the contract must not take."""
    modules = ("_anytype", "_envelope", "_read", "_values", "_write")
    runtime = {name for module in modules for name in defined(_runtime(module))}
    return standard_names() | runtime | {*_ERRORS, *_CLIENTS, "etree", "httpx", "Any"}


def render(family: Family) -> Iterator[OutputFile]:
    """Every file of ``family``, in each package the longest first."""
    renderer = _Renderer(family)
    yield from renderer.runtime()
    for package in family.packages:
        yield from renderer.service(package)
    if family.nested:
        yield from renderer.shared()


def always_there(source: str) -> list[OutputFile]:
    """The files that the package of any service in ``source`` has, before it is planned."""
    return [_runtime_file(name, source) for name in _ALWAYS]


class _Renderer:
    def __init__(self, family: Family) -> None:
        self.family = family
        # A module's names: those of its own classes come from the modules of its service.
        self.homes: dict[str, Module] = {
            name: (module,) for module in _RUNTIME for name in defined(_runtime(module))
        }
        self.shared_homes = {
            name: (naming.COMMON, _MODELS, module.name)
            for module in family.shared
            for name in module.class_names
        }
        for module in family.shared:
            for folder, functions in ((_WRITERS, module.written), (_READERS, module.read)):
                home = (naming.COMMON, folder, module.name)
                self.homes |= dict.fromkeys(functions.names(), home)
        self.homes |= self.shared_homes

    def runtime(self) -> Iterator[OutputFile]:
        """What all modules stand on, once."""
        unused = {
            *(() if self.family.anytype else ("_anytype",)),
            *(() if self.family.streams else ("_stream",)),
            *(() if self.family.netserver else ("netserver",)),
            *(() if any(item.addressing for item in self.family.packages) else ("addressing",)),
            "security",
        } - self.family.extras
        for name in (name for name in _RUNTIME if name not in unused):
            yield _runtime_file(name, self._source)
        yield OutputFile("py.typed", "")

    def service(self, package: Package) -> Iterator[OutputFile]:
        """The modules of one service."""
        folder: Module = (package.name,) if self.family.nested else ()
        own = {item.class_name for item in package.enumerations}
        own |= {item.class_name for item in package.entities}
        own |= {item.class_name for item in package.records}
        own |= {*package.header_classes} - package.shared_headers
        homes = self.homes | dict.fromkeys(own, (*folder, _MODELS))
        homes |= dict.fromkeys(("builders", "parsers"), folder)
        exports = self._exports(package, folder, own)
        for name in ("builders", "parsers", "client", _MODELS, "__init__"):
            context = {"package": package, "exports": exports}
            yield _file((*folder, name), f"{name}.py.jinja", homes, package.source, context)

    def _exports(self, package: Package, folder: Module, own: set[str]) -> list[Export]:
        """What the package of a service offers: its clients, its models, the errors."""
        found: dict[Module, list[str]] = {
            ("_anytype",): list(_ANY_TYPES) if package.anytype else [],
            ("_values",): list(_NILS),
            ("errors",): list(_ERRORS),
            (*folder, "client"): [package.client, package.asynchronous_client],
            (*folder, _MODELS): list(own),
        }
        for name in {*package.shared_names, *package.shared_headers}:
            found.setdefault(self.shared_homes[name], []).append(name)
        return _exported(found, (*folder, "__init__"))

    def shared(self) -> Iterator[OutputFile]:
        """The modules around those of the services."""
        family, source = self.family, self._source
        yield _file(("__init__",), "family.py.jinja", {}, source, {"family": family})
        if not family.shared:
            return
        found: dict[Module, list[str]] = {}
        for name, home in self.shared_homes.items():
            found.setdefault(home, []).append(name)
        exports = _exported(found, (naming.COMMON, "__init__"))
        path: Module = (naming.COMMON, "__init__")
        yield _file(path, "common/__init__.py.jinja", {}, source, {"exports": exports})
        for kind in (_MODELS, _WRITERS, _READERS):
            path = (naming.COMMON, kind, "__init__")
            yield _file(path, "common/folder.py.jinja", {}, source, {"kind": kind})
            for module in family.shared:
                path = (naming.COMMON, kind, module.name)
                template = f"common/{kind}.py.jinja"
                file = _file(path, template, self.homes, source, {"module": module})
                if defined(file.text):
                    yield file

    @property
    def _source(self) -> str:
        sources = {package.source for package in self.family.packages}
        return f"{len(sources)} WSDLs" if self.family.nested else min(sources)


def _file(
    module: Module,
    template: str,
    homes: Mapping[str, Module],
    source: str,
    context: Mapping[str, object],
) -> OutputFile:
    text = _environment().get_template(template).render(context)
    text = laid_out(with_imports(text, module, homes))
    return OutputFile("/".join(module) + ".py", _header(source) + text)


def _exported(found: Mapping[Module, Iterable[str]], module: Module) -> list[Export]:
    names = {relative(module, home): in_import_order(names) for home, names in found.items()}
    return [Export(home, tuple(names[home])) for home in in_module_order(names) if names[home]]


def _header(source: str) -> str:
    shown = source if source.isprintable() else repr(source)
    return f"# Generated by soapgen from {shown}. Do not edit: build it again.\n"


def _runtime_file(name: str, source: str) -> OutputFile:
    return OutputFile(f"{name}.py", _header(source) + _runtime(name))


def _runtime(name: str) -> str:
    return templates.text(f"{name}.py")


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates.folder()),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,
        optimized=False,
    )
    environment.filters["string"] = literal
    environment.filters["in_import_order"] = in_import_order
    environment.filters["in_list_order"] = in_list_order
    environment.filters["docstring"] = docstring
    environment.filters["summary"] = summary
    return environment
