"""docs/testing.md: its examples are tests that pass, and whose types are right."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.command import soapgen
from tests.support.paths import BANK, PROJECT
from tests.support.typing import mypy, needs_pyright, pyright

_BLOCK = re.compile(r"```python\n# (\w+\.py)\n(.*?)```", re.DOTALL)

# Lines of a user's tests that are wrong: each must be found, and none beside them.
_WRONG = """
from decimal import Decimal

from bank_client import AsyncBankClient, BankClient
from soapgen.testing import SoapServers


def wrong(client: BankClient, other: AsyncBankClient, soap_server: SoapServers) -> None:
    soap_server.on(client.withdraw).answer("much")  # wrong
    soap_server.on(client.withdraw).answer(Decimal(1), None)  # wrong
    soap_server.on(other.withdraw).answer("much")  # wrong
    soap_server.on(client.close_).answer(1)  # wrong
    soap_server.on(client.withdraw).call("1")  # wrong
    soap_server.on(client.withdraw).call(amounts=Decimal(1))  # wrong
    soap_server.on(client.withdraw).answer_with(lambda amount: str(amount))  # wrong
    soap_server.on(client.withdraw).fail("no")  # wrong
    soap_server(BankClient)  # wrong
    soap_server.on(other.withdraw).answer(Decimal(1), Decimal(2))
    soap_server.on(other.withdraw).answer_with(lambda amount: amount)
    soap_server.on(client.close_).answer(None)
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a user, with what the page has in it."""
    folder = tmp_path_factory.mktemp("user")
    (folder / "bank.wsdl").write_bytes(BANK.read_bytes())
    assert soapgen("build", "bank.wsdl", "--out", ".", cwd=folder).returncode == 0
    page = (PROJECT / "docs" / "testing.md").read_text(encoding="utf-8")
    texts: dict[str, str] = {}
    for name, text in _BLOCK.findall(page):
        texts[name] = f"{texts[name]}\n\n{text}" if name in texts else text
    assert texts.keys() == {"conftest.py", "test_bank.py"}
    assert page.count("```python") == len(_BLOCK.findall(page)), "each says what file it is of"
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "wrong.py").write_text(_WRONG, encoding="utf-8")
    return folder


def run(folder: Path, *command: str | Path) -> subprocess.CompletedProcess[str]:
    # What the environment says of pytest and Python is about these tests, not about a user's.
    mine = ("PYTEST_", "PYTHON", "COV_")
    environment = {key: value for key, value in os.environ.items() if not key.startswith(mine)}
    return subprocess.run(
        list(map(str, command)),
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


@pytest.mark.slow
def test_the_examples_pass(folder: Path) -> None:
    count = (folder / "test_bank.py").read_text(encoding="utf-8").count("def test_")
    result = run(folder, sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider")
    assert result.returncode == 0, result.stdout
    assert count >= 7
    assert f"{count} passed" in result.stdout


@pytest.mark.slow
def test_without_pytest_and_from_another_folder(folder: Path) -> None:
    """The manifest says where the sources are, relative to the package."""
    (folder / "elsewhere").mkdir()
    program = (
        "import sys; sys.path.insert(0, '..')\n"
        "from bank_client import BankClient\nfrom soapgen.testing import SoapServers\n"
        "with SoapServers() as servers, BankClient(servers('../bank.wsdl').url) as client:\n"
        "    servers.on(client.withdraw).answer(5)\n"
        "    print(client.withdraw(1))\n"
    )
    result = run(folder / "elsewhere", sys.executable, "-c", program)
    assert (result.stdout, result.stderr) == ("5\n", "")


@pytest.mark.conformance
def test_mypy_finds_what_is_wrong_and_no_more(folder: Path) -> None:
    found = mypy("conftest.py", "test_bank.py", "wrong.py", cwd=folder)
    assert wrong_lines(r"^(\w+\.py):(\d+): error:", found) == wanted(), found


@pytest.mark.conformance
@needs_pyright
def test_pyright_finds_what_is_wrong_and_no_more(folder: Path) -> None:
    found = pyright("conftest.py", "test_bank.py", "wrong.py", cwd=folder)
    assert wrong_lines(r"(\w+\.py):(\d+):\d+ - error:", found) == wanted(), found


def wanted() -> set[tuple[str, int]]:
    lines = enumerate(_WRONG.splitlines(), 1)
    return {("wrong.py", number) for number, line in lines if line.endswith("# wrong")}


def wrong_lines(pattern: str, output: str) -> set[tuple[str, int]]:
    return {(name, int(line)) for name, line in re.findall(pattern, output, re.MULTILINE)}
