"""A long module is formatted and looked at in pieces, and comes out as if it were whole."""

from __future__ import annotations

from dataclasses import replace

import pytest
from soapgen.errors import GuardError
from soapgen.render import OutputFile, formatted
from soapgen.render import pieces as pieces_module
from soapgen.render.black import format_python
from soapgen.render.pieces import joined, pieces
from soapgen.render.workers import Formatter

DEFINITIONS = (
    '''def f{0}(a: int, *, b: str = "{0}") -> str:
    text = """Say {0}.


def no(): it is a text.
"""
    return  text
''',
    '@decorated\nclass C{0}:\n    """A class."""\n\n    text = "\\"\\"\\""\n',
    "async def g{0}():\n    pass\n",
    "@decorated\ndef h{0}(): ...\n",
)


def module(count: int, text: str = "a text") -> str:
    """A module of ``count`` definitions, of several kinds."""
    found = ['"""A module."""\n\nfrom a import b\n\nc = {"d":  1}\n']
    found += [DEFINITIONS[number % 4].format(number) for number in range(count)]
    return "\n\n".join(found) + f'\n\nlast = """{text}"""\n'


LONG = module(400)


@pytest.fixture(autouse=True)
def _small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces_module, "SIZE", 5_000)


def file(text: str, harmless: str = "") -> OutputFile:
    return OutputFile("a.py", text, harmless=harmless or text)


def test_pieces_are_formatted_as_the_whole_is() -> None:
    parts = pieces(file(LONG))
    assert len(parts) > 3
    assert joined(format_python(part.text) for part in parts) == format_python(LONG)


def test_each_piece_says_where_it_begins() -> None:
    lines = LONG.split("\n")
    for part in pieces(file(LONG)):
        assert lines[part.line - 1] == part.text.partition("\n")[0]


def test_what_is_short_stays_whole() -> None:
    short = file(module(10))
    assert len(short.text) < 5_000
    assert pieces(short) == [short]


def test_modules_that_are_not_alike_stay_whole() -> None:
    """Then the guard looks at all of both, and says what differs."""
    other = file(LONG, LONG.replace("f200", "other"))
    assert pieces(other) == [other]


@pytest.mark.parametrize("workers", [1, 2])
def test_the_guard_looks_at_each_piece(workers: int) -> None:
    late = LONG.replace("async def g302():\n    pass", "async def g302():\n    import os")
    line = late[: late.index("async def g302")].count("\n") + 1
    with Formatter(workers) as formatter, pytest.raises(GuardError) as caught:
        [*formatted([file(late, LONG)], formatter)]
    place = caught.value.place
    assert place is not None
    assert place.line == line


def test_modules_whose_texts_hide_definitions_stay_whole() -> None:
    text = LONG.replace('"""Say 200.', "'''Say 200.", 1)
    hidden = replace(file(LONG), harmless=text)
    assert len(pieces(hidden)) == 1
