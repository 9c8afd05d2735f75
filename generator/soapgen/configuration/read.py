"""A configuration file → the builds that it asks for."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from .. import naming
from ..errors import GivenError, Place
from ..given import Failure, GivenNames, Overlay, Pairs
from ..project import EXTRAS, Options, UserFolder, Wanted
from ..sources import ReadOptions, host_problem, is_address
from .files import ConfigurationError, ConfigurationFile, dotted
from .tables import Table, near

# Keys that stand in the table of a package, or above: there they hold for each package.
_COMMON = (
    "allow-host",
    "catalog",
    "docs",
    "documentation",
    "facets",
    "failure",
    "import",
    "keep-apart",
    "names",
    "out",
    "repair",
    "secrets",
    "server",
    "strict",
    "templates",
    "with",
)
_OWN = ("operations", "services", "sources")

_KINDS = tuple(GivenNames().kinds())

_OUT = "generated"


@dataclass(frozen=True, slots=True)
class Configuration:
    """What a configuration file asks for.

    Attributes:
        file: The file.
        wanted: The builds, in the order of the file.
    """

    file: ConfigurationFile
    wanted: tuple[Wanted, ...]

    def of(self, package: Path) -> Wanted | None:
        """The build of the folder ``package``; None if the file has none."""
        place = package.resolve()
        return next((item for item in self.wanted if item.folder.resolve() == place), None)

    def placed(self, wanted: Wanted, error: GivenError) -> ConfigurationError:
        """``error`` in the build ``wanted``, with the line that it is about."""
        above = self.file.root
        own = (*above, "packages", wanted.options.package_name(""))
        # What a list says has no key of its own.
        keys = [(*at, *key) for key in (error.key, error.key[:-1]) for at in (own, above)]
        key = next((key for key in keys if self.file.line_of(key)), error.key)
        return ConfigurationError(
            f"{dotted(key)}: {error.reason}",
            place=Place(self.file.shown, self.file.line_of(key)),
            hint=error.hint,
        )


def read_configuration(file: ConfigurationFile) -> Configuration:
    """The builds that ``file`` asks for.

    Raises:
        ConfigurationError: It has a key that soapgen does not know, or a value that it cannot have.
    """
    content = file.content
    for name in file.root:
        content = content[name]
    root = Table(file, file.root, content, ("packages", *_COMMON))
    packages = root.table("packages")
    if not packages.names():
        example = "packages.my_client" if not file.root else "tool.soapgen.packages.my_client"
        root.fail("no package is configured", f"write a table [{example}] with its sources")
    return Configuration(file, tuple(_wanted(root, packages, name) for name in packages.names()))


def _wanted(root: Table, packages: Table, name: str) -> Wanted:
    if problem := naming.package_problem(name):
        packages.fail(f"{name!r} {problem}", "choose another name", name)
    table = packages.table(name, (*_OWN, *_COMMON))
    sources = table.texts("sources")
    if not sources:
        table.fail("sources are missing", 'name them: sources = ["wsdl/Service.wsdl"]')
    # What stands in the package's own table counts; what stands above it is for all.
    by_key = {key: table if key in table else root for key in _COMMON}
    folder = by_key["out"].folder
    options = Options(
        name=name,
        server=by_key["server"].flag("server", False),
        facets=by_key["facets"].flag("facets", False),
        services=table.texts("services"),
        operations=table.texts("operations"),
        unshared=by_key["keep-apart"].texts("keep-apart"),
        extras=by_key["with"].checked("with", _extra_problem),
        names=GivenNames(**_said("names", root, table)),
        overlay=Overlay(
            **_said("documentation", root, table),
            secrets=tuple(sorted({*root.texts("secrets"), *table.texts("secrets")})),
            failure=_failure(by_key["failure"]),
        ),
        templates=_folder(by_key, "templates"),
        docs=_folder(by_key, "docs"),
        reading=_reading(by_key),
    )
    return Wanted(
        sources=tuple(item if is_address(item) else _path(folder, item) for item in sources),
        options=options,
        out=Path(_path(folder, by_key["out"].text("out", _OUT))),
        strict=by_key["strict"].flag("strict", False),
        said_in=table.place().document,
    )


def _said(name: str, *tables: Table) -> dict[str, Pairs]:
    """What the tables ``name`` in ``tables`` say of parts; the last counts that says it of one."""
    kinds: dict[str, dict[str, str]] = {kind: {} for kind in _KINDS}
    for table in tables:
        said = table.table(name, _KINDS)
        for kind, found in kinds.items():
            found.update(said.pairs(kind))
    return {kind: tuple(sorted(found.items())) for kind, found in kinds.items()}


def _failure(around: Table) -> Failure:
    """How the table ``failure`` in ``around`` says that headers report failure."""
    table = around.table("failure", ("message", "succeeded", "success", "type"))
    failure = Failure(
        succeeded=table.text("succeeded", ""),
        success=table.texts("success"),
        message=table.text("message", ""),
        type=table.text("type", ""),
    )
    if "failure" in around and not failure:
        table.fail("no header is named", 'name one: succeeded = "Status.Success"')
    if failure.success and not failure.succeeded:
        table.fail("nothing is named that has it", 'name it: succeeded = "Status.Code"', "success")
    return failure


def _folder(tables: dict[str, Table], name: str) -> UserFolder:
    path = tables[name].text(name, "")
    return UserFolder(_path(tables[name].folder, path) if path else "")


def _reading(tables: dict[str, Table]) -> ReadOptions:
    imports, catalog = tables["import"], tables["catalog"].text("catalog", "")
    hosts = tables["allow-host"].checked("allow-host", host_problem)
    return ReadOptions(
        imports=tuple(
            (namespace, _path(imports.folder, path)) for namespace, path in imports.pairs("import")
        ),
        catalog=catalog and _path(tables["catalog"].folder, catalog),
        hosts=tuple(sorted({host.lower() for host in hosts})),
        repair=tables["repair"].flag("repair", True),
    )


def _extra_problem(name: str) -> str:
    return "" if name in EXTRAS else f"is no optional module; {near(name, EXTRAS)}"


def _path(folder: Path, path: str) -> str:
    """``path``, which is relative to ``folder``, from the working directory."""
    return os.path.relpath(folder / path)
