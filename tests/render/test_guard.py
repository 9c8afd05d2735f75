"""A text of a contract that would become code stops a build, whatever let it through."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from soapgen.errors import GuardError
from soapgen.render import guarded, render
from soapgen.render.environment import environment, environment_of
from soapgen.render.guard import require_same

from tests.support.packages import generated, planned
from tests.support.paths import SHAPES, SHOP
from tests.support.small import wsdl

MARKS = "¤" * 20


def raw(text: str, *options: Any) -> str:
    return f'"{text}"'


def verbatim(text: str, *options: Any) -> str:
    return text or '""'


def raw_docstring(text: str, *options: Any) -> str:
    return f'"""{text}"""'


@pytest.fixture(params=["string", "docstring", "constant"])
def filter_of(request: pytest.FixtureRequest) -> Iterator[str]:
    """A filter of the templates, which a test may break."""
    yield str(request.param)
    environment_of.cache_clear()


@pytest.mark.slow
def test_what_templates_place_is_the_same_program() -> None:
    cases: list[tuple[Path, dict[str, Any]]] = [
        (SHAPES, {"server": True, "extras": ("json", "security")}),
        (SHOP, {}),
    ]
    for source, options in cases:
        for file in render(planned(source, **options)):
            assert guarded(file) is file


@pytest.mark.slow
@pytest.mark.parametrize("broken", [raw, verbatim, raw_docstring])
def test_a_filter_that_lets_text_through(filter_of: str, broken: Any, tmp_path: Path) -> None:
    # It ends a string between any quotes, and goes on as an expression.
    hostile = "x&quot; + exec(1) + '' + &quot;&quot;&quot; + exec(1) + &quot;&quot;&quot;"
    note = f"<wsdl:documentation>{hostile}</wsdl:documentation><wsdl:input message"
    text = wsdl().replace("<wsdl:input message", note)
    text = text.replace(
        'soapAction="urn:example:people:Find"', f'soapAction="urn:{hostile}/{hostile}"'
    )
    text = text.replace("localhost/people", hostile)
    source = tmp_path / "People.wsdl"
    source.write_text(text, encoding="utf-8")
    assert generated(source)
    environment_of.cache_clear()  # compiled templates keep their filters
    environment().filters[filter_of] = broken
    with pytest.raises(GuardError):
        generated(source)


def test_a_name_that_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    source = tmp_path / "People.wsdl"
    source.write_text(wsdl(), encoding="utf-8")
    monkeypatch.setattr("soapgen.naming.pascal", lambda name: f"{name}(exec(1))")
    with pytest.raises(GuardError, match="not one"):
        generated(source)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x = 'a'\n", "x = 1\n"),
        ("x = 'a'\n", "x = 'b'\n"),
        ("x = 1\n", "x = 1.0\n"),
        ("x = 'a'\nimport os\n", f"x = '{MARKS}'\n"),
        (f"# a\rimport os\n# {MARKS}\n", f"# {MARKS}\n"),
        ("x = f'{a}'\n", f"x = f'{MARKS}'\n"),
        ("x = b'a'\n", f"x = '{MARKS}'\n"),
        ("x = call('a', b)\n", f"x = call('{MARKS}')\n"),
        ("def f(a=1): pass\n", "def f(b=1): pass\n"),
        ("x: int = 1\n", "x: str = 1\n"),
        ("@a\ndef f(): pass\n", "def f(): pass\n"),
        ("x = 'a", f"x = '{MARKS}'\n"),
        ("x = 'a\0'", f"x = '{MARKS}'\n"),
        ("# coding: utf-7\nx = 'a'\n", f"x = '{MARKS}'\n"),
    ],
)
def test_another_program(text: str, expected: str) -> None:
    with pytest.raises(GuardError) as error:
        require_same(text, expected, "a/b.py")
    assert "a/b.py" in str(error.value)
    assert "nothing was written" in str(error.value)


@pytest.mark.parametrize(
    "text", ["x = 'a'\n", "x = (\n    'a'\n    'b'\n)  # c\n", "x = '\\N{BULLET}\\x00\\n'\n"]
)
def test_the_same_program(text: str) -> None:
    require_same(text, f"x = '{MARKS}'\n", "a.py")


@pytest.mark.parametrize("line", ["# a\rimport os", "import os", "# -*- coding: utf-7 -*-"])
def test_the_first_line_of_a_runtime_module(line: str) -> None:
    require_same("# a\nx = 1\n", f"# {MARKS}\nx = 1\n", "a.py")
    for text in (f"{line}\nx = 1\n", "# a\nx = 2\n"):
        with pytest.raises(GuardError):
            require_same(text, f"# {MARKS}\nx = 1\n", "a.py")
