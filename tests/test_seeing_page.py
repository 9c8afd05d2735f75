"""Every command and every step on the page on seeing what happens, as a reader would run them."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from soapgen.serve import SoapServer
from soapgen.sources import find_sources

from tests.support.command import soapgen
from tests.support.paths import PROJECT
from tests.support.small import SCHEMA, wsdl

pytest.importorskip("opentelemetry.trace", reason="needs opentelemetry-api")

PAGE = (PROJECT / "docs" / "seeing.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(sh|python)\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
ADDRESS = "https://people.example/"

# What differs from run to run.
NUMBERS = re.compile(r"\d+\.\d ms, \d+ bytes sent, \d+ received")
ANSWER = b"""<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"
 xmlns="urn:example:people"><s:Header><Cost>3</Cost></s:Header><s:Body><FindResponse>
<Person><Name>Eva</Name><Age>34</Age></Person></FindResponse></s:Body></s:Envelope>"""


def test_the_page_has_commands_and_steps() -> None:
    kinds = [kind for kind, _ in BLOCKS]
    assert (kinds.count("sh"), kinds.count("python")) == (2, 7)


@pytest.mark.slow
def test_they_do_what_they_show(tmp_path: Path) -> None:
    """In their order, in one folder, against a server on this machine."""
    header = '<xs:element name="Cost" type="xs:int"/>'
    text = wsdl(SCHEMA + header, response_header="Cost")
    (tmp_path / "people.wsdl").write_text(text, encoding="utf-8")
    steps = "\n".join(text for kind, text in BLOCKS if kind == "python")
    first, last = (shlex.split(text)[1:] for kind, text in BLOCKS if kind == "sh")
    built = soapgen(*first, cwd=tmp_path)
    assert built.returncode == 0, built.stderr
    with SoapServer(find_sources([tmp_path / "people.wsdl"])) as server:
        server.service.answer("Find", ANSWER)
        steps = NUMBERS.sub("... ms, ... bytes sent, ... received", steps)
        steps = steps.replace(ADDRESS, server.url)
        (tmp_path / "steps.txt").write_text(steps, encoding="utf-8")
        run = subprocess.run(
            [sys.executable, "-m", "doctest", "-o", "ELLIPSIS", "steps.txt"],
            cwd=tmp_path,
            env={"PYTHONPATH": str(tmp_path / "generated")},
            capture_output=True,
            text=True,
            check=False,
        )
    assert (run.returncode, run.stdout) == (0, ""), run.stdout + run.stderr
    verified = soapgen(*last, cwd=tmp_path)
    assert verified.returncode == 0, verified.stdout
    assert "2 of 2 examples match." in verified.stdout
