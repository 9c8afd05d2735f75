"""The code for the constructs that Services86 does not use, as files that a person has read.

``make golden`` writes them anew; read what it changed before you commit it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.packages import generated
from tests.support.paths import PROJECT

CODE = Path(__file__).parent / "code"
SHAPES = PROJECT / "tests" / "contracts" / "Shapes.wsdl"


@pytest.mark.parametrize("name", ["models.py", "builders.py", "parsers.py", "client.py"])
def test_shapes(name: str, request: pytest.FixtureRequest) -> None:
    files = {file.path: file.text for file in generated(SHAPES).files}
    path = CODE / f"{name}.txt"
    if request.config.getoption("--renew-golden"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(files[name], encoding="utf-8")
    expected = path.read_text(encoding="utf-8") if path.exists() else ""
    assert files[name] == expected, (
        f"{name} is not what soapgen writes now; if the change is meant, "
        "run `make golden`, read the difference and commit it"
    )
