"""The literals between two numbers: those that decimals find to be so."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from soapgen.messages.intervals import between
from soapgen.messages.matching import matches

DECIMALS = st.decimals(-2000, 2000, allow_nan=False, places=2)
BOUNDS = st.none() | DECIMALS | st.integers(-1100, 1100).map(Decimal)
LITERALS = st.from_regex(r"\A[+-]?([0-9]{1,5}(\.[0-9]{0,4})?)\Z").filter(str.isascii)


@pytest.mark.slow
@settings(max_examples=300)
@given(BOUNDS, BOUNDS, LITERALS | DECIMALS.map(str), st.booleans())
def test_literals(one: Decimal | None, other: Decimal | None, text: str, near: bool) -> None:
    least, greatest = (
        (other, one)
        if one is not None and other is not None and other < one
        else (
            one,
            other,
        )
    )
    if near and least is not None:
        text = f"{least:f}"
    expected = (least is None or Decimal(text) >= least) and (
        greatest is None or Decimal(text) <= greatest
    )
    assert matches([between(least, greatest)], text) is expected
