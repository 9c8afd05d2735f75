"""What becomes of a contract: what is built of it, what is left out, and what is lost."""

from __future__ import annotations

import importlib
import os
import re
import sys
import traceback
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from soapgen.contract import read_all
from soapgen.errors import LeftOut, Place, SoapgenError
from soapgen.plan import Family
from soapgen.project import Options
from soapgen.project.generate import Possible, choose, interfaces_of, plan_interfaces
from soapgen.render import guarded, render
from soapgen.sources import find_sources, read_all_documents
from soapgen.vendors import conventions

from tests.support.packages import make_importable

from .contracts import Wild, imported, stored
from .counted import Bound, bound_operations
from .encoded import encoded_problems
from .samples import Samples
from .trips import value_problems
from .zeeps import by_zeep

MOST_TRIPS = 500
"""How many classes and messages of a package are tried; the largest would take many minutes."""
ALONE = "alone"
"""The folder of the packages for one service each, beside those for whole contracts."""


@dataclass
class Outcome:
    """What became of a contract.

    Attributes:
        name: The contract.
        package: The package that can be written, or empty.
        obstacle: The first thing that could not be done, with file and line, or empty.
        why: The same in short: the name of the file alone, the line, and the reason.
        crashed: The traceback of an error that soapgen should have reported as its own, or empty.
        bound: How many operations the SOAP ports bind, each counted for each port.
        generated: How many of them the package has.
        left_out: How many of them are left out, with a reason.
        lost: Those that are neither.
        reasons: What is left out, each with its reason.
        repaired: How much was mended.
        problems: What is wrong with values and samples that went through the package.
        zeep: How many messages zeep reads and writes, or why none, for each service.
        types: What mypy and pyright found, if they were asked.
    """

    name: str
    package: str = ""
    obstacle: str = ""
    why: str = ""
    crashed: str = ""
    bound: int = 0
    generated: int = 0
    left_out: int = 0
    lost: list[str] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    repaired: int = 0
    problems: list[str] = field(default_factory=list)
    zeep: list[str] = field(default_factory=list)
    types: list[str] = field(default_factory=list)

    @property
    def status(self) -> str:
        """In a word, the worst first."""
        if self.crashed:
            return "crashed"
        if not self.package:
            return "refused"
        return "in part" if self.left_out or self.lost else "built"

    def as_data(self) -> dict[str, Any]:
        """All of it, for JSON."""
        return {"status": self.status, **asdict(self)}


def outcome(path: Path, folder: Path, out: Path | None = None) -> Outcome:
    """What becomes of the contract at ``path`` in ``folder``.

    Its packages are written to ``out`` and tried; without, only what they would have is counted.
    Nothing that goes wrong is raised.
    """
    found = Outcome(str(path.relative_to(folder)))
    try:
        _fill(found, path, out)
    except SoapgenError as error:
        found.obstacle = str(error)
        found.why = _short(error.place, error.message)
        found.reasons = [str(item) for item in error.left_out]
        found.left_out = found.bound
    except Exception:  # that is what this is about
        found.crashed = traceback.format_exc()
    return found


def _fill(found: Outcome, path: Path, out: Path | None) -> None:
    bound = bound_operations(path)
    found.bound = len(bound)
    package = f"wild_{re.sub('[^a-z0-9]', '_', found.name.lower())}"
    sources, options = find_sources([path]), Options(name=package, server=True)
    contracts = read_all(read_all_documents(sources))
    found.repaired = sum(len(contract.repairs) for contract in contracts)
    possible = interfaces_of(contracts, choose(contracts, options), options)
    wanted = [item for item in possible.left_out if item.is_wanted]
    found.obstacle = str(wanted[0]) if wanted else ""
    found.reasons = [str(item) for item in possible.left_out]
    for item in (wanted or [*possible.left_out])[:1]:
        found.why = _short(item.place, f"{item.what}: {item.reason}")
    family = plan_interfaces(sources, possible, options, conventions())
    account(found, bound, _generated(possible, family), possible.left_out)
    found.package = package
    if out is not None:
        _try(found, path, possible, family, out)


def _short(place: Place | None, reason: str) -> str:
    """``reason`` with its file and line, wherever the folder is."""
    if place is None:
        return reason
    name = place.document.replace(os.sep, "/").rpartition("/")[2]
    return f"{name}:{place.line}: {reason}" if place.line else f"{name}: {reason}"


def _try(found: Outcome, path: Path, possible: Possible, family: Family, out: Path) -> None:
    """Write the packages, and send messages through them."""
    _write(family, out)
    _import_all(family, out)
    for service in sorted({item.name for item in possible.chosen}):
        try:
            _try_service(found, Wild(f"{found.name}/{service}", path, (service,)), out)
        except Exception as error:  # the package is there: what it does with messages is wrong
            found.problems.append(f"{service}: {type(error).__name__}: {error}")


def _generated(possible: Possible, family: Family) -> set[tuple[str, str]]:
    """The service and the name of each operation that the plan of the package has."""
    return {
        (interface.service.name.local, operation.xml_name)
        for interface, package in zip(possible.interfaces, family.packages, strict=True)
        for operation in package.operations
    }


def account(
    found: Outcome,
    bound: list[Bound],
    generated: set[tuple[str, str]],
    left_out: tuple[LeftOut, ...],
) -> None:
    """Find each of ``bound`` among what is ``generated`` or ``left_out``."""
    said = {item.what for item in left_out}
    alike = Counter((item.service, item.port, item.operation) for item in bound)
    for item in bound:
        names = [item.operation]
        if alike[item.service, item.port, item.operation] > 1:
            # They are generated under the names of their inputs, or with a number.
            names += [item.input, *(f"{item.operation}{number}" for number in range(2, 9))]
        port = f"port {item.port} of service {item.service}"
        if port in said or any(f"operation {name}" in said for name in names):
            found.left_out += 1
        elif any((item.service, name) in generated for name in names):
            found.generated += 1
        else:
            found.lost.append(str(item))


def _import_all(family: Family, out: Path) -> None:
    """Import every module of a package, and forget them."""
    root = out / family.name
    before = [*sys.path]
    try:
        make_importable(root)
        for path in sorted(root.rglob("*.py")):
            parts = path.relative_to(out).with_suffix("").parts
            importlib.import_module(".".join(part for part in parts if part != "__init__"))
    finally:
        sys.path[:] = before
        for name in [name for name in sys.modules if name.partition(".")[0] == family.name]:
            del sys.modules[name]


def _write(family: Family, out: Path) -> None:
    for file in render(family):
        path = out / family.name / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(guarded(file).text, encoding="utf-8")


def _try_service(found: Outcome, service: Wild, out: Path) -> None:
    """Send values and samples of one service through a package of its own, and through zeep."""
    folder = out / ALONE
    folder.mkdir(exist_ok=True)
    with imported(stored(service, folder), folder) as built:
        found.problems += [f"{service.name}: {line}" for line in value_problems(built, MOST_TRIPS)]
        found.problems += [f"{service.name}: {line}" for line in encoded_problems(service, built)]
        samples = Samples(service)
        found.problems += [f"{service.name}: {line}" for line in samples.problems(built)]
        found.zeep.append(by_zeep(service.path, built))
