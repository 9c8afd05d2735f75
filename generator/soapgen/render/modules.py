"""Plan → text: every module of the output, rendered from the templates, not yet formatted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from .. import naming
from ..plan import Family, Package
from . import templates
from .blame import blamed, blaming, rendered
from .environment import offered
from .guard import harmless, require_same
from .imports import (
    Module,
    defined,
    import_statement,
    imports_of,
    in_import_order,
    in_module_order,
    relative,
    with_imports,
)
from .json_tables import JSON_MODULES, TABLES, TEXT_MODULES, texts, unused
from .line_breaks import laid_out
from .templates import SOAPGENS, Templates

_MODELS, _WRITERS, _READERS, _FAULTS = "models", "writers", "readers", "faults"

# The runtime modules that a package has only if it needs them or the options ask for them.
_OPTIONAL = frozenset(
    {
        "_faults",
        "_stream",
        "addressing",
        "http_aiohttp",
        "http_urllib3",
        "recording",
        "security",
        "telemetry",
    }
)

# Those that it has only if its types call their functions, or another one imports them.
FOR_TYPES = frozenset(
    {
        "_anytype",
        "_arrays",
        "_attributes",
        "_automata",
        "_binary",
        "_categories",
        "_codecs",
        "_defaults",
        "_durations",
        "_encoded",
        "_facets",
        "_failures",
        "_fixed",
        "_gregorian",
        "_items",
        "_lists",
        "_moments",
        "_named_types",
        "_nil_answers",
        "_nil_attributes",
        "_nil_members",
        "_none_of",
        "_one_of",
        "_open",
        "_orders",
        "_qnames",
        "_strings",
        "_swa",
        "_unions",
        "_versions",
    }
)
_IMPORT = re.compile(r"^from \.(?:(\w+) import | import (.+))", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class OutputFile:
    """A generated file.

    Attributes:
        path: Its path within the package, with slashes.
        text: Its text.
        is_formatted: Whether black has nothing to do: it is no Python, or is copied as it is.
        harmless: The same text, rendered with marks in place of the texts of the contract.
        own: The file of the user's template that it comes of; empty where there is none.
        line: The line of the file with which the text begins: a later one for a piece of it.
    """

    path: str
    text: str
    is_formatted: bool = False
    harmless: str = ""
    own: str = ""
    line: int = 1


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


def render(family: Family, own: Templates = SOAPGENS) -> Iterator[OutputFile]:
    """Every file of ``family``, of the templates ``own``; in each package the longest is first.

    Raises:
        TemplateError: A template of the user's fails, or yields no Python.
        GuardError: The plan has a name that is none, or a template placed what is not Python.
    """
    twin = harmless(family)
    renderer = _Renderer(family, twin, own)
    for package, harmless_package in zip(family.packages, twin.packages, strict=True):
        yield from renderer.service(package, harmless_package)
    if family.nested:
        yield from renderer.shared()
    yield from renderer.runtime()


def guarded(file: OutputFile) -> OutputFile:
    """``file``, after the guard has looked at its text, formatted or not.

    Raises:
        GuardError: A text of the contract would become code.
        TemplateError: It would, because of a template of the user's.
    """
    with blaming(file.own):
        require_same(file.text, file.harmless, file.path, file.line)
    return file


class _Renderer:
    def __init__(self, family: Family, twin: Family, own: Templates) -> None:
        self.family = family
        self.twin = twin
        self.own = own
        self.texts = _runtime(family, own)
        # The module that defines each name which modules of several services may use.
        self.homes: dict[str, Module] = {
            name: (module,)
            for module, text in self.texts.items()
            if module not in JSON_MODULES
            for name in defined(text)
        }
        self.shared_homes: dict[str, Module] = {
            name: (naming.COMMON, _MODELS, module.name)
            for module in family.shared
            for name in module.class_names
        }
        for module in family.shared:
            for folder, functions in ((_WRITERS, module.written), (_READERS, module.read)):
                home = (naming.COMMON, folder, module.name)
                self.homes |= dict.fromkeys(functions.names(), home)
        self.shared_homes |= {fault.class_name: (naming.COMMON, _FAULTS) for fault in family.faults}
        self.homes |= self.shared_homes

    def runtime(self) -> Iterator[OutputFile]:
        """The runtime modules."""
        if self.family.has_json:
            contexts = [
                {"classes": plan.json_classes, "texts": [*texts(self.texts)], "source": plan.source}
                for plan in (self.family, self.twin)
            ]
            own = {name: (module,) for module in TEXT_MODULES for name in self._defined(module)}
            yield _file((TABLES,), f"{TABLES}.py.jinja", self.homes | own, contexts, self.own)
        for name, text in self.texts.items():
            yield OutputFile(
                f"{name}.py",
                _header(self.family.source) + text,
                is_formatted=True,
                harmless=_header(self.twin.source) + text,
            )
        yield OutputFile("py.typed", "", is_formatted=True)

    def _defined(self, module: str) -> frozenset[str]:
        """The names that the runtime module ``module`` defines; none if there is no such module."""
        return defined(self.texts.get(module, ""))

    def service(self, package: Package, twin: Package) -> Iterator[OutputFile]:
        """The modules of one service; ``twin`` is its harmless plan."""
        folder: Module = (package.name,) if self.family.nested else ()
        homes = self.homes | dict.fromkeys(package.own_classes, (*folder, _MODELS))
        homes |= {fault.class_name: (*folder, _FAULTS) for fault in package.own_faults}
        homes |= dict.fromkeys(("builders", "parsers"), folder)
        exports = self._exports(package, folder)
        contexts = [
            {"package": plan, "exports": exports, "source": plan.source} for plan in (package, twin)
        ]
        if package.own_faults:
            yield _faults((*folder, _FAULTS), homes, contexts, self.own)
        protocols = ("protocol",) if self.family.has_protocols else ()
        for name in ("builders", "parsers", "client", *protocols, _MODELS, "__init__"):
            yield _file((*folder, name), f"{name}.py.jinja", homes, contexts, self.own)

    def _exports(self, package: Package, folder: Module) -> list[Export]:
        """What the package of a service exports: clients, models, and names of the runtime."""
        modules: dict[Module, list[str]] = {
            (*folder, "client"): [package.client, package.asynchronous_client],
            (*folder, _MODELS): list(package.own_classes),
            (*folder, _FAULTS): [fault.class_name for fault in package.own_faults],
        }
        used = _for_types(package.called, package.runtime, self.own)
        for name in offered(self.own) & self.homes.keys():
            home = self.homes[name]
            if home[0] not in FOR_TYPES or home[0] in used:
                modules.setdefault(home, []).append(name)
        for name in (
            *package.shared_names,
            *package.shared_header_classes,
            *package.shared_fault_names,
        ):
            modules.setdefault(self.shared_homes[name], []).append(name)
        return _exported(modules, (*folder, "__init__"))

    def shared(self) -> Iterator[OutputFile]:
        """The ``__init__`` module around several services, and the modules that they share."""
        plans = (self.family, self.twin)
        contexts = [{"family": plan, "source": plan.source} for plan in plans]
        yield _file(("__init__",), "family.py.jinja", {}, contexts, self.own)
        files = [*self._shared_modules(plans)]
        if not files and not self.family.faults:
            return  # types that are plain values need no module
        modules: dict[Module, list[str]] = {}
        for name, home in self.shared_homes.items():
            modules.setdefault(home, []).append(name)
        exports = _exported(modules, (naming.COMMON, "__init__"))
        path: Module = (naming.COMMON, "__init__")
        contexts = [{"exports": exports, "source": plan.source} for plan in plans]
        yield _file(path, "common/__init__.py.jinja", {}, contexts, self.own)
        for kind in (_MODELS, _WRITERS, _READERS):
            path = (naming.COMMON, kind, "__init__")
            yield _file(path, f"common/{kind}/__init__.py.jinja", {}, contexts, self.own)
        if self.family.faults:
            contexts = [{"package": plan, "source": plan.source} for plan in plans]
            yield _faults((naming.COMMON, _FAULTS), self.homes, contexts, self.own)
        yield from files

    def _shared_modules(self, plans: tuple[Family, Family]) -> Iterator[OutputFile]:
        """The modules that services share; ``plans`` are the plan and the harmless one."""
        for kind in (_MODELS, _WRITERS, _READERS):
            for modules_alike in zip(*(plan.shared for plan in plans), strict=True):
                path = (naming.COMMON, kind, modules_alike[0].name)
                contexts_alike = [
                    {"module": module, "source": plan.source}
                    for module, plan in zip(modules_alike, plans, strict=True)
                ]
                template = f"common/{kind}/module.py.jinja"
                file = _file(path, template, self.homes, contexts_alike, self.own)
                if defined(file.text):
                    yield file


def _runtime(family: Family, own: Templates) -> dict[str, str]:
    """The texts of the runtime modules that ``family`` needs, by their names."""
    for_types = _for_types(family.called, family.runtime, own)
    left = _OPTIONAL - family.optional_modules | FOR_TYPES - for_types
    left |= unused(family.has_json, for_types)
    files = {name: f"{name}.py" for name in templates.runtime_modules() if name not in left}
    files |= {vendor.name: str(vendor.template) for vendor in family.vendors}
    return {name: own.text(path) for name, path in files.items()}


def _for_types(called: Set[str], shapes: Set[str], own: Templates) -> set[str]:
    """The runtime modules for types: those whose functions are ``called``, those for ``shapes``.

    Those that they import are among them.
    """
    texts = {name: own.text(f"{name}.py") for name in FOR_TYPES}
    used: set[str] = set()
    waiting = [name for name, text in texts.items() if called & defined(text) or name in shapes]
    while waiting:
        name = waiting.pop()
        if name not in used:
            used.add(name)
            for module, modules in _IMPORT.findall(texts[name]):
                waiting += FOR_TYPES.intersection([module, *modules.split(", ")])
    return used


def _file(
    module: Module,
    template: str,
    homes: Mapping[str, Module],
    contexts: Sequence[Mapping[str, Any]],
    own: Templates,
) -> OutputFile:
    """The module that ``template`` gives with the first of ``contexts``; the other is harmless."""
    path = "/".join(module) + ".py"
    texts = rendered(template, contexts, path, own)
    place = blamed(template, own)
    with blaming(place):
        imports = imports_of(texts[0], module, homes, path)
    text, expected = (
        _header(context["source"]) + with_imports(text, imports)
        for text, context in zip(texts, contexts, strict=True)
    )
    return OutputFile(path, laid_out(text), harmless=expected, own=place)


def _faults(
    module: Module,
    homes: Mapping[str, Module],
    contexts: Sequence[Mapping[str, Any]],
    own: Templates,
) -> OutputFile:
    """The module of the faults of a service, or of those that several declare."""
    return _file(module, "faults.py.jinja", homes, contexts, own)


def _exported(modules: Mapping[Module, Iterable[str]], module: Module) -> list[Export]:
    names = {relative(module, home): in_import_order(names) for home, names in modules.items()}
    return [Export(home, tuple(names[home])) for home in in_module_order(names) if names[home]]


def _header(source: str) -> str:
    shown = source if source.isprintable() else repr(source)
    # In a comment on the first line, this would name the encoding of the file (PEP 263).
    shown = shown.replace("coding:", "coding :").replace("coding=", "coding =")
    return f"# Generated by soapgen from {shown}. Do not edit: build it again.\n"
