"""The WSDLs of the wild corpus, and the packages that are generated for them."""

from __future__ import annotations

import importlib
import pickle
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from soapgen.plan import Family
from soapgen.render import guarded, render

from tests.support.packages import Built, planned
from tests.support.paths import corpus

CLEAN = "clean"
_PLAN = "plan.pickle"

# The services of those that have several; each is built and tried alone.
_SERVICES = {
    "axis2-wsat": ("ParticipantPortTypeRPC", "CoordinatorPortTypeRPC", "CompletionPortTypeRPC"),
    "cxf-mtom_xop": ("TestMtom", "TestMtomJMS"),
    "cxf-wsn": (
        "NotificationConsumer",
        "NotificationProducer",
        "NotificationBroker",
        "SubscriptionManager",
        "PausableSubscriptionManager",
        "PublisherRegistrationManager",
        "CreatePullPoint",
        "PullPoint",
        "GetResourceProperty",
    ),
    "rb-PayPalSvc": ("PayPalAPIInterface", "PayPalAPIAAInterface"),
    "rb-oracle": (
        "SAWSession",
        "WebCatalog",
        "XmlView",
        "Security",
        "Condition",
        "HtmlView",
        "IBot",
        "JobManagement",
        "Metadata",
        "Replication",
        "ReportEditing",
    ),
}


@dataclass(frozen=True)
class Wild:
    """A WSDL that somebody published.

    Attributes:
        name: What the corpus calls it, with the service where it has several.
        path: The WSDL.
        services: The service that is meant; empty for the only one.
    """

    name: str
    path: Path
    services: tuple[str, ...] = ()

    @property
    def package(self) -> str:
        """The name of the package for it."""
        return f"wild_{re.sub('[^a-z0-9]', '_', self.name.lower())}"


def known_names() -> list[str]:
    """The names of all that are clean; where the corpus is missing, one that stands for them."""
    try:
        return [*wild()]
    except pytest.skip.Exception:
        return ["corpus"]


def wild() -> dict[str, Wild]:
    """The WSDLs that keep the specifications, by their names, as the table of the corpus has them.

    The test that asks for them is skipped where the corpus is missing.
    """
    folder = corpus() / "wild"
    lines = (folder / "README.md").read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines if line[:2] == "| "]
    found: dict[str, Wild] = {}
    for row in rows:
        if len(row) > 3 and row[2] == CLEAN:
            name, path = row[0], folder / row[0] / row[1]
            for service in _SERVICES.get(name, ()):
                found[f"{name}/{service}"] = Wild(f"{name}/{service}", path, (service,))
            if name not in _SERVICES:
                found[name] = Wild(name, path)
    return found


def planned_package(contract: Wild) -> Family:
    """The plan of the package for ``contract``, with what a server needs.

    Raises:
        SoapgenError: The package cannot be generated.
    """
    return planned(contract.path, name=contract.package, server=True, services=contract.services)


def stored(contract: Wild, folder: Path) -> Family:
    """The plan of the package for ``contract``, which is written below ``folder``, not formatted.

    It is written beside its place and moved there as a whole, if it is not there: the processes of
    a session share ``folder``.
    """
    place = folder / contract.package
    if not place.is_dir():
        family = planned_package(contract)
        beside = Path(tempfile.mkdtemp(dir=folder.parent))
        for file in render(family):
            path = beside / file.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(guarded(file).text, encoding="utf-8")
        (beside / _PLAN).write_bytes(pickle.dumps(family))
        try:
            beside.rename(place)
        except OSError:  # another process was faster
            shutil.rmtree(beside)
    found = pickle.loads((place / _PLAN).read_bytes())
    assert isinstance(found, Family)
    return found


@contextmanager
def imported(family: Family, folder: Path) -> Iterator[Built]:
    """The package that ``family`` was written as below ``folder``; it is forgotten afterwards."""
    before = list(sys.path)
    try:
        yield Built(family, folder / family.name)
    finally:
        sys.path[:] = before
        for name in [name for name in sys.modules if name.partition(".")[0] == family.name]:
            del sys.modules[name]
        importlib.invalidate_caches()
