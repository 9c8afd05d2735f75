"""Plan → text: every module of the output, rendered from the templates, not yet formatted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from .. import naming
from ..plan import Family, Package
from . import templates
from .environment import environment, offered
from .imports import (
    Module,
    defined,
    import_statement,
    in_import_order,
    in_module_order,
    relative,
    with_imports,
)
from .line_breaks import laid_out

_MODELS, _WRITERS, _READERS = "models", "writers", "readers"

# The runtime modules that a package has only if it needs them or the options ask for them.
_OPTIONAL = frozenset({"_anytype", "_stream", "addressing", "security"})


@dataclass(frozen=True, slots=True)
class OutputFile:
    """A generated file.

    Attributes:
        path: Its path within the package, with slashes.
        text: Its text.
        is_formatted: Whether black has nothing to do: it is no Python, or is copied as it is.
    """

    path: str
    text: str
    is_formatted: bool = False


@dataclass(frozen=True, slots=True)
class Export:
    """What an ``__init__`` module exports from another one.

    Attributes:
        module: The relative name of that module: ``.client``.
        names: The names.
    """

    module: str
    names: tuple[str, ...]

    @property
    def statement(self) -> str:
        """The import of the names, for a block that is indented by four spaces."""
        return import_statement(self.module, self.names, indent=4).rstrip("\n")


def render(family: Family) -> Iterator[OutputFile]:
    """Every file of ``family``; in each package the longest file is first."""
    renderer = _Renderer(family)
    for package in family.packages:
        yield from renderer.service(package)
    if family.nested:
        yield from renderer.shared()
    yield from renderer.runtime()


class _Renderer:
    def __init__(self, family: Family) -> None:
        self.family = family
        self.texts = _runtime(family)
        # The module that defines each name which modules of several services may use.
        self.homes: dict[str, Module] = {
            name: (module,) for module, text in self.texts.items() for name in defined(text)
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
        """The runtime modules."""
        for name, text in self.texts.items():
            yield OutputFile(f"{name}.py", _header(self.family.source) + text, is_formatted=True)
        yield OutputFile("py.typed", "", is_formatted=True)

    def service(self, package: Package) -> Iterator[OutputFile]:
        """The modules of one service."""
        folder: Module = (package.name,) if self.family.nested else ()
        homes = self.homes | dict.fromkeys(package.own_classes, (*folder, _MODELS))
        homes |= dict.fromkeys(("builders", "parsers"), folder)
        context = {"package": package, "exports": self._exports(package, folder)}
        for name in ("builders", "parsers", "client", _MODELS, "__init__"):
            yield _file((*folder, name), f"{name}.py.jinja", homes, package.source, context)

    def _exports(self, package: Package, folder: Module) -> list[Export]:
        """What the package of a service exports: clients, models, and names of the runtime."""
        modules: dict[Module, list[str]] = {
            (*folder, "client"): [package.client, package.asynchronous_client],
            (*folder, _MODELS): list(package.own_classes),
        }
        for name in offered() & self.homes.keys():
            home = self.homes[name]
            if home != ("_anytype",) or package.anytype:
                modules.setdefault(home, []).append(name)
        for name in (*package.shared_names, *package.shared_header_classes):
            modules.setdefault(self.shared_homes[name], []).append(name)
        return _exported(modules, (*folder, "__init__"))

    def shared(self) -> Iterator[OutputFile]:
        """The ``__init__`` module around several services, and the modules that they share."""
        family, source = self.family, self.family.source
        yield _file(("__init__",), "family.py.jinja", {}, source, {"family": family})
        if not family.shared:
            return
        modules: dict[Module, list[str]] = {}
        for name, home in self.shared_homes.items():
            modules.setdefault(home, []).append(name)
        exports = _exported(modules, (naming.COMMON, "__init__"))
        path: Module = (naming.COMMON, "__init__")
        yield _file(path, "common/__init__.py.jinja", {}, source, {"exports": exports})
        for kind in (_MODELS, _WRITERS, _READERS):
            path = (naming.COMMON, kind, "__init__")
            yield _file(path, f"common/{kind}/__init__.py.jinja", {}, source, {})
            for module in family.shared:
                path = (naming.COMMON, kind, module.name)
                template = f"common/{kind}/module.py.jinja"
                file = _file(path, template, self.homes, source, {"module": module})
                if defined(file.text):
                    yield file


def _runtime(family: Family) -> dict[str, str]:
    """The texts of the runtime modules that ``family`` needs, by their names."""
    unused = _OPTIONAL - family.optional_modules
    files = {name: f"{name}.py" for name in templates.runtime_modules() if name not in unused}
    files |= {vendor.name: str(vendor.template) for vendor in family.vendors}
    return {name: templates.text(path) for name, path in files.items()}


def _file(
    module: Module,
    template: str,
    homes: Mapping[str, Module],
    source: str,
    context: Mapping[str, object],
) -> OutputFile:
    text = environment().get_template(template).render(context)
    text = laid_out(with_imports(text, module, homes))
    return OutputFile("/".join(module) + ".py", _header(source) + text)


def _exported(modules: Mapping[Module, Iterable[str]], module: Module) -> list[Export]:
    names = {relative(module, home): in_import_order(names) for home, names in modules.items()}
    return [Export(home, tuple(names[home])) for home in in_module_order(names) if names[home]]


def _header(source: str) -> str:
    shown = source if source.isprintable() else repr(source)
    return f"# Generated by soapgen from {shown}. Do not edit: build it again.\n"
