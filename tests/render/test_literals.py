"""The two ways for text into source: nothing in the text can become code."""

from __future__ import annotations

import ast
import inspect

from hypothesis import example, given
from hypothesis import strategies as st
from soapgen.render.literals import docstring, literal


@given(st.text(max_size=300))
@example('"')
@example("\\")
@example("\n{}")
@example("x" * 200)
def test_a_literal_is_the_text(text: str) -> None:
    assert ast.literal_eval(literal(text)) == text


@given(st.text(min_size=1, max_size=300))
@example('"""')
@example('ends with "')
@example("ends with \\")
@example('\\"""; import os; """')
@example("\\N{DASH} \\x41 \\u0041")
@example("a\n\nb\\")
@example(". ")
def test_a_docstring_is_a_docstring_and_nothing_else(text: str) -> None:
    source = f"def f():\n    {docstring(text, 4, [('a', text)])}\n"
    (function,) = ast.parse(source).body
    assert isinstance(function, ast.FunctionDef)
    (statement,) = function.body
    assert isinstance(statement, ast.Expr)
    assert isinstance(statement.value, ast.Constant)
    assert all(len(line) <= 100 for line in source.splitlines())


def test_the_first_sentence_comes_alone() -> None:
    text = docstring("Start a run. One goes on\n at a time.\n\nMore.", 4, [("a", "What.")])
    assert text == (
        '"""Start a run.\n\n    One goes on at a time.\n\n    More.\n\n'
        '    Args:\n        a: What.\n    """'
    )


def test_backslashes_and_quotes_stay_what_they_are() -> None:
    text = 'A path C:\\new and "quotes".'
    assert inspect.cleandoc(ast.literal_eval(docstring(text))) == text
