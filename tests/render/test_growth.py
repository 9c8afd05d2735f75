"""What is done to render a type is in proportion to its members."""

from __future__ import annotations

import sys
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from soapgen.render import render

from benchmarks.schemas import many_members
from tests.support.packages import planned


def calls(members: int, folder: Path) -> int:
    """How many functions are called to render a type of so many ``members``."""
    wsdl = folder / f"members{members}.wsdl"
    wsdl.write_text(many_members(members), encoding="utf-8")
    plan = planned(wsdl, name="members")
    list(render(plan))  # what is done once for all packages
    found = 0

    def count(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal found
        found += event == "call"

    sys.setprofile(count)
    try:
        list(render(plan))
    finally:
        sys.setprofile(None)
    return found


@pytest.mark.slow
def test_a_member_among_many_takes_no_more(tmp_path: Path) -> None:
    few, some, many = (calls(members, tmp_path) for members in (100, 300, 500))
    assert many - some <= 1.1 * (some - few)
