"""Contracts that others published: their packages carry all that the contracts allow."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.packages import Built
from tests.support.store import Store
from tests.support.typing import mypy, needs_pyright, pyright

from .contracts import Wild, imported, known_names, stored, wild
from .outcomes import outcome
from .samples import Samples
from .trips import value_problems
from .zeeps import by_zeep

pytestmark = pytest.mark.conformance

# What is wrong with samples, or what they become, as a pattern of each line. It only shrinks.
KNOWN = {
    # The same value in another text: an empty element that has a default.
    "w2p-bingsearch": "<n1:Version> became <n1:Version>2.2</n1:Version>",
}

# In bytes: the models of a package that pyright is not asked about.
_LARGE = 60_000


@pytest.fixture(scope="session")
def folder(store: Store) -> Path:
    """Where the packages are, for all processes of the session."""
    path = store.folder / "wild"
    path.mkdir(exist_ok=True)
    return path


@pytest.fixture(scope="module", params=known_names())
def contract(request: pytest.FixtureRequest) -> Wild:
    return wild()[request.param]


@pytest.fixture(scope="module")
def built(contract: Wild, folder: Path) -> Iterator[Built]:
    with imported(stored(contract, folder), folder) as package:
        yield package


def test_every_sample_is_valid_and_comes_back_unchanged(contract: Wild, built: Built) -> None:
    samples = Samples(contract)
    problems = list(samples.problems(built))
    known = KNOWN.get(contract.name)
    assert bool(problems) is (known is not None), "\n".join(problems)
    assert all(re.search(known or "", problem) for problem in problems), "\n".join(problems)
    assert samples.number > 0


def test_every_value_comes_back_equal(built: Built) -> None:
    problems = list(value_problems(built))
    assert not problems, "\n".join(problems)


def test_most_messages_go_through_zeep_both_ways(folder: Path) -> None:
    """It reads what the packages write, and they read what it writes for that as the same value.

    The rest is zeep's: it drops what is empty, and the types of values that may be of any.
    """
    tried = read = written = 0
    for contract in wild().values():
        with imported(stored(contract, folder), folder) as package:
            said = by_zeep(contract.path, package)
        if found := re.fullmatch(r"reads (\d+) of (\d+), writes (\d+)", said):
            counts = map(int, found.groups())
            read, tried, written = map(sum, zip((read, tried, written), counts, strict=True))
    assert read > 0.9 * tried
    assert written > 0.7 * tried


def test_ports_of_another_transport_are_left_out_with_a_line(tmp_path: Path) -> None:
    """The 13 operations of each of the two ports on net.tcp are said to be left out."""
    contract = wild()["wcf-tempuri.org"]
    found = outcome(contract.path, contract.path.parent, tmp_path)
    assert (found.bound, found.generated, found.left_out, found.lost) == (143, 117, 26, [])
    said = [reason for reason in found.reasons if "http://schemas.microsoft.com/soap/tcp" in reason]
    assert [reason.partition(" (")[0] for reason in said] == [
        "port nettcpdefaultBinding of service WcfProjectNService",
        "port nettcpdefaultBinding1 of service WcfProjectNService",
    ]
    assert all(re.search(r"tempuri\.org\.wsdl:\d+\)", reason) for reason in said)


def test_mypy_finds_nothing(folder: Path) -> None:
    for contract in wild().values():
        stored(contract, folder)
    found = mypy(".", cwd=folder)
    assert found.startswith("Success: no issues"), found


@needs_pyright
def test_pyright_finds_nothing(folder: Path) -> None:
    """Of the packages that it takes seconds for: it needs many minutes for the largest ones."""
    packages: list[Path] = []
    for contract in wild().values():
        stored(contract, folder)
        packages.append(folder / contract.package)
    small = [path for path in packages if (path / "models.py").stat().st_size < _LARGE]
    assert len(small) > len(packages) / 2
    found = pyright(*small, cwd=folder)
    assert found.startswith("0 errors"), found
