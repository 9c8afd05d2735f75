"""Patterns that are held to texts by their automaton: as by Python's ``re``, and in time."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from soapgen.automata import Automaton, TooManySteps

ATOMS = ["(?:)", "a", "b", "[ab]", "[^a]", r"\.", "[a-c]", "(?:(?![b])[a-c])", r"\d", r"[^\n\r]"]
COUNTS = ["", "?", "*", "+", "{2}", "{0}", "{1,}", "{0,2}", "{2,3}"]


def repeated(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    parts = st.lists(inner, min_size=1, max_size=3)
    groups = st.one_of(parts.map("".join), parts.map("|".join)).map("(?:{})".format)
    return st.builds("{}{}".format, groups, st.sampled_from(COUNTS))


patterns = st.recursive(
    st.builds("{}{}".format, st.sampled_from(ATOMS), st.sampled_from(COUNTS)),
    repeated,
    max_leaves=5,
)


@pytest.mark.slow
@given(patterns, st.text("abc.1\n", max_size=6))
def test_an_automaton_matches_what_python_matches(pattern: str, text: str) -> None:
    assert Automaton(pattern).fullmatch(text) == bool(re.fullmatch(pattern, text))


@pytest.mark.parametrize("pattern", ["(?:a+)+", "(?:a|a)*", "(?:a?){30}a{30}", "(?:.*a){12}"])
def test_the_time_grows_with_the_text(pattern: str) -> None:
    automaton, started = Automaton(pattern.replace(".", r"[^\n]")), time.process_time()
    assert not automaton.fullmatch("a" * 2_000 + "!")
    assert time.process_time() - started < 5


def test_an_empty_pattern_matches_nothing_else() -> None:
    assert Automaton("").fullmatch("")
    assert not Automaton("").fullmatch("a")


def test_what_is_empty_is_not_repeated() -> None:
    pattern = "(?:" * 40 + "a{0}" + "){9,}" * 40 + "(?:){999999999}b"
    assert Automaton(pattern).fullmatch("b")


def test_the_steps_can_be_bounded() -> None:
    assert Automaton("a{0,40}", most_steps=2_000).fullmatch("a" * 40)
    with pytest.raises(TooManySteps):
        Automaton("a{0,999999999}", most_steps=2_000)
