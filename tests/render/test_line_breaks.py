"""Long lines are broken where black breaks them, so that it has nothing to change."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from soapgen.render import render, templates
from soapgen.render.black import format_python
from soapgen.render.line_breaks import laid_out

from tests.support.packages import planned
from tests.support.paths import SHAPES, SHOP, WSDL, corpus

LONG = "a_name_that_is_long_enough_to_fill_a_good_part_of_a_line"
CASES = [
    f"def {LONG}(first: int, second: str = None, *, last: bool = False) -> None:\n    pass",
    f"def {LONG}_and_then_some_more_of_it(only_one: dict[str, str]) -> None:\n    pass",
    f"def {LONG}({LONG}: int, second_{LONG}: int = 0) -> int:\n    return 0",
    f'value = call({LONG}, "a, b (c", other(1, 2), {{"key": [1, 2]}})',
    f"value = call({LONG}, {LONG}, {LONG})",
    f'call("{LONG}", outer({LONG}, inner(1), "it\'s"), [item for item in {LONG}])',
    f'value = (f"<{{tag}}>{LONG}" f"{{optional(\'A\', value.a)}}" f"</{{tag}}>{LONG}")',
    f'call(head, f"<{{tag}}>{LONG}" f"{{optional(\'A\', value.a)}}" f"</{{tag}}>{LONG}")',
    f"value = [read(child) for child in {LONG} if child.tag == {LONG}]",
    f"value = {LONG}.{LONG}({LONG})",
    f'path = ("{LONG}_{LONG}",)',
    f"path = ({LONG}, second_of_{LONG})",
    f"path = [{LONG}, second_of_{LONG}]",
    f"path = call({LONG}, second_{LONG})",
    f"path = of[{LONG}, another_of_the_two][{LONG}, second_of_{LONG}]",
    f"value = {{'a': {LONG}, 'b': second_{LONG}}}".replace("'", '"'),
]


@pytest.mark.parametrize("source", CASES)
def test_black_has_nothing_to_change(source: str) -> None:
    formatted = format_python(source)
    assert laid_out(source) == formatted


def test_what_is_short_or_text_stays() -> None:
    words = "words, (and brackets) " * 10
    source = f'"""{words}\n\n{words}\n"""\n\nvalue = call(1, 2)\n'
    assert laid_out(source) == source


@given(st.lists(st.text(max_size=60), min_size=1, max_size=8))
@example([" for ", "x" * 60, "y" * 60])  # a clause of a comprehension is none within a string
def test_it_stays_the_same_program(texts: list[str]) -> None:
    source = f"value = call({LONG}, {', '.join(map(repr, texts))}, last=[{texts!r}])"
    assert ast.dump(ast.parse(laid_out(source))) == ast.dump(ast.parse(source))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("sources", "most"),
    [
        (WSDL, 0),
        (SHAPES, 0),
        (SHOP, 0),
        pytest.param(WSDL / "EMail.wsdl", 0, marks=pytest.mark.conformance),
        pytest.param("Services86", 12, marks=pytest.mark.conformance),
    ],
)
def test_black_goes_over_modules_once(sources: Path | str, most: int) -> None:
    """In ``most`` modules at the most it finds something to change, and has to go over it again."""
    path = corpus() / sources / "wsdl" if isinstance(sources, str) else sources
    runtime = {f"{name}.py" for name in templates.runtime_modules()}
    modules = [file for file in render(planned(path, name="package")) if file.path not in runtime]
    changed = [file.path for file in modules if format_python(file.text) != file.text]
    assert len(changed) <= most, changed
