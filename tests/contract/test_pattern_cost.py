"""Which patterns Python's ``re`` may take a time for that doubles with each character."""

from __future__ import annotations

import pytest
from soapgen.contract import PatternError, may_double, translated


@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+",
        "(a*)*b",
        "(a|a)*",
        "(a|b|ab)*",
        "(.*a){11}",
        r"\s*(\S+\s*)*",
        r"(\i\c*)+",
        "([a-z-[aeiou]]+)*",
        r"(.|\s)*",
        r"(\p{L}|[A-Z])*",
        # A plus is a symbol, which \w has in XML Schema.
        r"\w+([+]\w+)*",
    ],
)
def test_two_ways_round(pattern: str) -> None:
    assert may_double(translated(pattern))


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        "[A-Z]{3}",
        r"(\d+,)*\d+",
        r"([A-Z]+\s)*",
        r"(\d{3})*",
        "((a|b)*c)*",
        "([a-z-[x]]+x)*",
        r"(\p{Lu}\p{Ll}*)*",
        r"([0-9]+|[0-9]+\.[0-9]+)( [0-9]+)*",
        "[^@]+@([^.@]+[.])+[a-z]{2,4}",
        r"(\[|\]|\\|a)*x{0}",
        r".*.*.*a",  # whose time grows with a power of the length, not more
    ],
)
def test_one_way_round(pattern: str) -> None:
    assert not may_double(translated(pattern))


def test_what_could_double_and_cannot_be_followed_is_refused() -> None:
    with pytest.raises(PatternError, match="too many parts"):
        translated("((a{1,400}){1,400})+")
