"""JSON of values for contracts that others published: for a sample of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from soapgen.render import guarded, render

from tests.support.json_trips import json_problems
from tests.support.packages import planned
from tests.support.plan_values import Size

from .contracts import imported, known_names, wild

pytestmark = pytest.mark.conformance

# In bytes: what a contract of the sample has at most.
_LARGEST = 150_000


@pytest.mark.parametrize("name", known_names()[::3])
def test_every_value_comes_back_from_json(name: str, tmp_path: Path) -> None:
    contract = wild()[name]
    if contract.path.stat().st_size > _LARGEST:
        pytest.skip("the contract is too large for a sample")
    package = f"{contract.package}_json"
    family = planned(
        contract.path, name=package, server=True, services=contract.services, extras=("json",)
    )
    for file in render(family):
        path = tmp_path / package / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(guarded(file).text, encoding="utf-8")
    with imported(family, tmp_path) as built:
        assert not [*json_problems(built, 0, tuple(Size))]
