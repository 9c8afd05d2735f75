"""A plan → the path of the page for each of its services, operations and classes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .. import naming
from ..plan import Family, Package
from ..plan.faults import Fault
from ..plan.members import Choice
from ..plan.modules import SharedModule
from ..plan.operations import HeaderClass, Record
from ..plan.types import Entity
from ..plan.values import Enumeration

Named = Entity | Enumeration | Choice
Item = Entity | Enumeration | Choice | Record | HeaderClass | Fault


@dataclass(frozen=True, slots=True)
class Defined:
    """A class of the plan.

    Attributes:
        name: The class.
        item: Its plan.
        path: Its page.
        owner: The package of the service that it belongs to; None where services share it.
        package: What it is imported from.
    """

    name: str
    item: Item
    path: str
    owner: Package | None
    package: str


@dataclass(frozen=True, slots=True)
class Addresses:
    """The paths of all pages, from the root of the site.

    Attributes:
        services: Those of services, by the names of their packages.
        operations: Those of operations, by the names of the package and of the method.
        defined: All classes.
        shared: The pages of the classes that services share, by their names.
        own: The pages of the others, by the name of the package.
    """

    services: Mapping[str, str]
    operations: Mapping[tuple[str, str], str]
    defined: tuple[Defined, ...]
    shared: Mapping[str, str]
    own: Mapping[str, Mapping[str, str]]

    def known(self, package: Package | None) -> Mapping[str, str]:
        """The pages of the classes that code in ``package`` may name; None is what is shared."""
        return self.shared if package is None else {**self.shared, **self.own[package.name]}


def addresses(family: Family) -> Addresses:
    """The paths of the pages for ``family``: no two are one file on any system."""
    services: dict[str, str] = {}
    operations: dict[tuple[str, str], str] = {}
    folders = naming.Names(for_files=True)
    for package in family.packages:
        folder = f"services/{folders.take(naming.file_stem(package.name))}"
        services[package.name] = f"{folder}/index.html"
        files = naming.Names(("index",), for_files=True)
        for operation in package.operations:
            stem = files.take(naming.file_stem(operation.method))
            operations[package.name, operation.method] = f"{folder}/{stem}.html"
    defined: list[Defined] = []
    files = naming.Names(("index",), for_files=True)
    common = f"{family.name}.common"
    for part in family.shared:
        defined += _placed(_shared_items(part), files, "types", None, common)
    faults = ((fault.class_name, fault) for fault in family.faults)
    defined += _placed(faults, files, "types", None, common)
    own: dict[str, dict[str, str]] = {}
    for package in family.packages:
        folder = services[package.name].removesuffix("/index.html") + "/types"
        within = naming.Names(("index",), for_files=True)
        root = f"{family.name}.{package.name}" if family.nested else family.name
        if not family.nested:
            folder, within = "types", files
        found = list(_placed(_own_items(package), within, folder, package, root))
        own[package.name] = _by_name(found)
        defined += found
    shared = _by_name([item for item in defined if item.owner is None])
    return Addresses(services, operations, tuple(defined), shared, own)


def _placed(
    items: Iterator[tuple[str, Item]],
    files: naming.Names,
    folder: str,
    owner: Package | None,
    package: str,
) -> Iterator[Defined]:
    for name, item in items:
        path = f"{folder}/{files.take(naming.file_stem(name))}.html"
        yield Defined(name, item, path, owner, package)


def _by_name(defined: list[Defined]) -> dict[str, str]:
    """The pages by the names of classes; a class around a value is on the page of its choice."""
    found = {item.name: item.path for item in defined}
    for each in defined:
        if isinstance(each.item, Choice):
            found |= {wrapper.class_name: each.path for wrapper in each.item.wrappers}
    return found


def _shared_items(part: SharedModule) -> Iterator[tuple[str, Item]]:
    items: tuple[Named, ...] = (*part.enumerations, *part.entities, *part.choices)
    for item in items:
        yield item.class_name, item
    if part.header_class is not None:
        yield part.header_class.class_name, part.header_class


def _own_items(package: Package) -> Iterator[tuple[str, Item]]:
    items: tuple[Named, ...] = (*package.enumerations, *package.entities, *package.choices)
    for item in (*items, *package.records):
        yield item.class_name, item
    for headers in package.own_header_classes:
        yield headers.class_name, headers
    for fault in package.own_faults:
        yield fault.class_name, fault
