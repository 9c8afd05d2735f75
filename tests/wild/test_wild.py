"""Contracts that others published: their packages carry all that the contracts allow."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from soapgen.errors import SoapgenError

from tests.support.packages import Built
from tests.support.paths import PROJECT

from .contracts import Wild, imported, known_names, wild, written
from .samples import Samples
from .trips import value_problems

pytestmark = pytest.mark.conformance

# What cannot be generated, with the reason by which it is refused. It only shrinks.
REFUSED = {
    "axis2-RPCLitSWA": "part dummyAttachmentIN is an attachment",
    "cxf-swa_mime": "part data is an attachment",
    "cxf-xkms": "the file has a DOCTYPE",
    "metro-SchemaRedefine": "operation echoFoo is of style 'rpc'",
    "rb-PayPalSvc": "has the element TransactionID with two types",
    "rb-operation_overloading": "operation Lookup is overloaded",
    "wasabi-savon295": "operation sendsms is of style 'rpc'",
    "wcf-tempuri.org": "a message of operation MessageRequestReply is not one element",
    "zeep-soap_header": "has no part 'body' that is an element",
}

# What is wrong with the samples of a contract, and the samples it is wrong with. It only shrinks.
WRONG_SAMPLES = {
    # A wildcard there wants an element that a schema declares, and the sampler knows none.
    "cxf-hello_world_any": "invalid: .* unavailable namespace 'urn:any'",
}

_PYRIGHT = PROJECT / ".cache" / "pyright" / "node_modules" / ".bin" / "pyright"


@pytest.fixture(scope="module", params=[name for name in known_names() if name not in REFUSED])
def contract(request: pytest.FixtureRequest) -> Wild:
    return wild()[request.param]


@pytest.fixture(scope="module")
def built(contract: Wild, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    folder = tmp_path_factory.mktemp("wild")
    with imported(written(contract, folder), folder) as package:
        yield package


def test_every_sample_is_valid_and_comes_back_unchanged(contract: Wild, built: Built) -> None:
    samples = Samples(contract)
    problems = list(samples.problems(built))
    known = WRONG_SAMPLES.get(contract.name)
    assert bool(problems) is (known is not None), "\n".join(problems)
    assert all(re.search(known or "", problem) for problem in problems), "\n".join(problems)
    assert samples.number > 0


def test_every_value_comes_back_equal(built: Built) -> None:
    problems = list(value_problems(built))
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_generated_says_why(name: str, tmp_path: Path) -> None:
    with pytest.raises(SoapgenError) as caught:
        written(wild()[name], tmp_path)
    assert REFUSED[name] in str(caught.value)
    assert caught.value.place is not None


def test_type_checkers_find_nothing(tmp_path: Path) -> None:
    for name, contract in wild().items():
        if name not in REFUSED:
            written(contract, tmp_path)
    cache = PROJECT / ".cache" / "mypy"
    options = ["--strict", "--config-file=", f"--cache-dir={cache}"]
    found = [_output([sys.executable, "-m", "mypy", *options, "."], tmp_path)]
    if _PYRIGHT.is_file():  # what `make pyright` installs
        found.append(_output([str(_PYRIGHT), "--pythonpath", sys.executable, "."], tmp_path))
    assert all(text.startswith(("Success: no issues", "0 errors")) for text in found), found


def _output(command: list[str], folder: Path) -> str:
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False).stdout
