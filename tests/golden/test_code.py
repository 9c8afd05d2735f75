"""Generated code for what Services86 does not use, as files that a person has read.

``make golden`` writes them anew; read what it changed before you commit it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.packages import generated
from tests.support.paths import PROJECT

CODE = Path(__file__).parent / "code"
CONTRACTS = PROJECT / "tests" / "wsdl"


@pytest.mark.parametrize("name", ["models.py", "builders.py", "parsers.py", "client.py"])
def test_shapes(name: str, request: pytest.FixtureRequest) -> None:
    """Constructs of a single service."""
    check(CONTRACTS / "Shapes.wsdl", name, CODE, request)


@pytest.mark.parametrize(
    "name",
    [
        "__init__.py",
        "common/__init__.py",
        "common/models/article.py",
        "common/writers/article.py",
        "common/readers/article.py",
        "stock/__init__.py",
        "stock/models.py",
        "stock/builders.py",
        "stock/parsers.py",
    ],
)
def test_shop(name: str, request: pytest.FixtureRequest) -> None:
    """Two services that share some types."""
    check(CONTRACTS / "shop", name, CODE / "shop", request)


def check(source: Path, name: str, folder: Path, request: pytest.FixtureRequest) -> None:
    """Compare the generated file ``name`` with the golden one in ``folder``."""
    files = generated(source).texts
    path = folder / f"{name}.txt"
    if request.config.getoption("--renew-golden"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(files[name], encoding="utf-8")
    expected = path.read_text(encoding="utf-8") if path.exists() else ""
    assert files[name] == expected, (
        f"{name} is not what soapgen writes now; if the change is meant, "
        "run `make golden`, read the difference and commit it"
    )
