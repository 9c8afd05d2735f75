"""A client of a generated package → what a server of its service needs, in the same classes.

A client's package neither writes answers nor reads requests, unless it was built with ``--server``.
What does is generated for a while then, by the manifest of the package.
"""

from __future__ import annotations

import importlib
import os
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType

from ..plan import Family, Operation, Package
from ..project import Wanted, is_package, repeated, temporary_name, temporary_package
from ..project.generate import choose, interfaces_of, plan_interfaces
from ..sources import find_sources, read_all_documents
from ..vendors import conventions
from .beside import import_beside
from .contracts import Contracts


@dataclass(frozen=True, slots=True)
class Half:
    """What a server needs for one service of a package.

    Attributes:
        package: The plan of the service's package.
        builders: The module that builds responses.
        parsers: The module that reads requests.
        own: The package of the service itself.
        errors: The errors of the package.
    """

    package: Package
    builders: ModuleType
    parsers: ModuleType
    own: str
    errors: ModuleType

    def operation(self, method: str) -> Operation:
        """The operation that the client's ``method`` calls.

        Raises:
            TypeError: It calls none.
        """
        for operation in self.package.operations:
            if operation.method == method:
                return operation
        raise TypeError(f"{method} is no method of {self.package.client} that makes a call")


class Halves:
    """Finds what a server needs for the service of a client, and keeps it until it is closed.

    Args:
        contracts: What reads contracts.
    """

    def __init__(self, contracts: Contracts) -> None:
        self._contracts = contracts
        self._families: dict[str, tuple[Family, str]] = {}

    def of(self, client: object) -> Half:
        """What a server needs for the service that ``client`` calls.

        Raises:
            TypeError: It is no client of a package that soapgen built.
            CallError: The package has other classes than a build would write now.
            SourceError: The sources of the package are no longer there, or cannot be read.
        """
        root, service = _packages_of(client)
        if root not in self._families:
            self._families[root] = self._family(root)
        family, name = self._families[root]
        within = service.removeprefix(root)
        (package,) = [
            item for item in family.packages if not family.nested or within == f".{item.name}"
        ]
        return Half(
            package,
            importlib.import_module(f"{name}{within}.builders"),
            importlib.import_module(f"{name}{within}.parsers"),
            service,
            importlib.import_module(f"{root}.errors"),
        )

    def close(self) -> None:
        """Forget all of it."""
        for root, (_, name) in self._families.items():
            if name != root:
                for module in [item for item in sys.modules if item.partition(".")[0] == name]:
                    del sys.modules[module]
        self._families.clear()

    def _family(self, root: str) -> tuple[Family, str]:
        """The plan of the package ``root``, and the name by which its other half is imported."""
        folder = _folder(root)
        wanted = repeated(folder)
        family = self._planned(wanted)
        if wanted.options.server:
            return family, root
        with temporary_package(family) as place:
            shown = Path(os.path.relpath(folder))
            import_beside(root, shown, family.name, Path(place) / family.name)
        return family, family.name

    def _planned(self, wanted: Wanted) -> Family:
        options = replace(wanted.options, name=temporary_name(), server=True)
        sources = find_sources(wanted.sources, options=options.reading)
        contracts = [self._contracts(item)[0] for item in read_all_documents(sources)]
        possible = interfaces_of(contracts, choose(contracts, options), options)
        return plan_interfaces(sources, possible, options, conventions())


def _packages_of(client: object) -> tuple[str, str]:
    """The package that was built, and that of the service in it; often the same.

    Raises:
        TypeError: There is none.
    """
    for class_ in type(client).__mro__:
        service = class_.__module__.rpartition(".")[0]
        root = service
        while root:
            if is_package(_folder(root)):
                return root, service
            root = root.rpartition(".")[0]
    raise TypeError(f"{type(client).__name__} is no client of a package that soapgen built")


def _folder(package: str) -> Path:
    return Path(importlib.import_module(package).__file__ or "").parent
