"""What odd arguments get: one line that says what is wrong, exit 2, and nothing written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from soapgen.cli.app import run
from soapgen.cli.arguments import parse_limits
from soapgen.sources import Limits

from tests.support.small import wsdl


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory, with a WSDL in it."""
    (tmp_path / "People.wsdl").write_text(wsdl(), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


SERVE = ("serve", "People.wsdl", "--port", "0")
BUILD = ("build", "People.wsdl")
SAMPLE = ("sample", "People.wsdl")
ADDRESS = "http://127.0.0.1:9/People.svc?wsdl"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("build", ""), "the name of a source is empty; name a WSDL"),
        (("build", "http://127.0.0.1:9/?wsdl"), "127.0.0.1:9/?wsdl does not give the package a"),
        (("build", "/"), "--limit files=|does not give the package a name|no WSDL|cannot be read"),
        ((*BUILD, "--out", ""), "'--out' / '-o': the name is empty"),
        ((*BUILD, "--name", ""), "--name: '' is not a name"),
        ((*BUILD, "--forse"), "--force"),
        (("bild", "People.wsdl"), "Did you mean 'build'? See `soapgen --help`."),
        (("check", ""), "the name is empty"),
        (("check", ".", "--source", ""), "no package here"),
        ((*SAMPLE, "--all", "-o", ""), "the name is empty"),
        ((*SAMPLE, "Find", "--timestamp", "a\1b"), "--timestamp.*a text in one line"),
        (("verify", "People.wsdl", ""), "the name is empty"),
        (("verify", "People.wsdl", ".", "--write", ""), "'--write': the name is empty"),
        # --- headers
        (("build", ADDRESS, "--header", "secret"), 'this is not "NAME: VALUE"'),
        (("build", ADDRESS, "--header", ": secret"), 'this is not "NAME: VALUE"'),
        (("build", ADDRESS, "--header", ""), 'this is not "NAME: VALUE"'),
        (("build", ADDRESS, "--header", "a b: c"), "'a b' is not the name of an HTTP header"),
        (("build", ADDRESS, "--header", "X: é"), "the value of the HTTP header X cannot be sent"),
        (("build", ADDRESS, "--header", "X: a\r\nY: b"), "the value of the HTTP header X cannot"),
        (("build", ADDRESS, "--header", "X: 1", "--header", "x: 2"), "x is given twice"),
        # --- limits
        ((*BUILD, "--limit", "sise=1MB"), "there is no limit 'sise'; did you mean size? See"),
        ((*BUILD, "--limit", ""), "there is no limit ''; there are size, total, documents"),
        ((*BUILD, "--limit", "size"), "'' is no value for size, which is like 100MB"),
        ((*BUILD, "--limit", "size=1TB"), "'1TB' is no value for size"),
        ((*BUILD, "--limit", "documents=1KB"), "'1KB' is no value for documents"),
        ((*BUILD, "--limit", "documents=0"), "the limit documents must be a number above 0"),
        ((*BUILD, "--limit", "seconds=nan"), "'nan' is no value for seconds"),
        ((*BUILD, "--limit", "seconds=-1"), "'-1' is no value for seconds"),
        ((*BUILD, "--limit", "depth=251"), "the limit depth can be at most 250"),
        ((*BUILD, "--limit", "depth=9", "--limit", "depth=8"), "depth is given twice"),
        ((*BUILD, "--limit", "size=1KB"), "People.wsdl: the document is larger than 1,024 bytes"),
        (("check", "--limit", "size=x"), "'x' is no value for size"),
        ((*SAMPLE, "Find", "--limit", "depth=3"), "nested more than 3 deep"),
        ((*SERVE, "--limit", "documents=1"), "more than 1 documents"),
        # --- the server
        (("serve", "People.wsdl", "--port", "70000"), "'--port'.*65535"),
        (("serve", "People.wsdl", "--port", "-1"), "'--port'.*0"),
        ((*SERVE, "--host", ""), "'--host': the text is empty"),
        ((*SERVE, "--answer", "Find"), "'Find' is not OPERATION=FILE"),
        ((*SERVE, "--answer", "Find="), "'Find=' is not OPERATION=FILE"),
        ((*SERVE, "--answer", "=People.wsdl"), "'=People.wsdl' is not OPERATION=FILE"),
        ((*SERVE, "--answer", "Find=."), ".: this is a folder, and not a file"),
        ((*SERVE, "--answer", "Find=nothing"), "nothing: there is no such file"),
        ((*SERVE, "--answer", "Find=/dev/zero"), "/dev/zero: this is a device"),
        ((*SERVE, "--fault", "=full"), "'=full' is not OPERATION, OPERATION:FAULT or either"),
        ((*SERVE, "--delay", "Find"), "'Find' is not OPERATION=SECONDS"),
        ((*SERVE, "--delay", "Find=nan"), "a delay is from 0 to 86400 seconds, not nan"),
        ((*SERVE, "--delay", "Find=inf"), "a delay is from 0 to 86400 seconds, not inf"),
        ((*SERVE, "--delay", "Find=-1"), "a delay is from 0 to 86400 seconds, not -1"),
        ((*SERVE, "--delay", "Find=1e300"), "a delay is from 0 to 86400 seconds, not 1e"),
        ((*SERVE, "--drop", "Find=x"), "no operation Find=x in People; did you mean Find?"),
    ],
)
def test_arguments_that_are_wrong(
    arguments: tuple[str, ...], message: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(list(arguments)) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    (line,) = printed.err.splitlines()
    assert line.startswith("soapgen: error: ")
    assert message in line or re.search(message, line), line
    assert "secret" not in line
    assert [path.name for path in folder.iterdir()] == ["People.wsdl"]


def test_limits_that_are_given() -> None:
    values = ["size=2mb", "total=3GB", "documents=7", "files=8", "depth=9", "seconds=1.5"]
    assert parse_limits(values) == Limits(2 * 2**20, 3 * 2**30, 7, 8, 9, 1.5)
    assert parse_limits(["size=100"]) == Limits(size=100)
    assert parse_limits(None) == Limits()


@pytest.mark.slow
def test_limits_that_are_raised(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is read again by other processes, or later, has the same limits."""
    deep = "<!-- -->".join(["<xs:sequence>"] * 130) + "</xs:sequence>" * 130
    content = wsdl().replace("<xs:sequence>", f"<xs:sequence>{deep}", 1)
    Path("People.wsdl").write_text(content, encoding="utf-8")
    raised = ["--limit", "depth=150"]
    assert run(["build", "People.wsdl"]) == 2
    assert "People.wsdl:8: elements are nested more than 128 deep" in capsys.readouterr().err
    assert run(["build", "People.wsdl", *raised]) == 0
    assert run(["check", *raised]) == 0
    assert run(["sample", "People.wsdl", "--all", "-o", "messages", *raised]) == 0
    assert run(["verify", "People.wsdl", "messages", *raised]) == 0
