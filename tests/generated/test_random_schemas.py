"""What a package reads it writes again, whatever the schema is made of."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from tests.w3c.compare import Comparer
from tests.w3c.contracts import wsdl_of
from tests.w3c.packages import imported
from tests.w3c.trial import Carrier

from .random_schemas import Case, cases

_CHECKS = [HealthCheck.filter_too_much, HealthCheck.too_slow, HealthCheck.data_too_large]


def problems(case: Case) -> list[str]:
    """What is lost or becomes wrong when the instances are read and written by a package."""
    found: list[str] = []
    comparer = Comparer(case.schema)
    roots = [etree.fromstring(text) for text in case.instances]
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for name, text in case.documents.items():
            (folder / name).write_text(text, encoding="utf-8")
        tags = list(dict.fromkeys(str(root.tag) for root in roots))
        text, operations = wsdl_of(folder, list(case.documents), tags)
        wsdl = folder / "random.wsdl"
        wsdl.write_text(text, encoding="utf-8")
        with imported(wsdl) as (family, modules):
            carrier = Carrier(family, modules, dict(zip(tags, operations, strict=True)))
            for root in roots:
                element = carrier.written(root.tag, carrier.read(root))
                # As a document of its own: xmlschema looks for prefixes at the root of a document.
                written = etree.tostring(element, encoding="unicode", with_tail=False)
                differences = comparer.differences(root, element)
                # In an xs:all, the order of the elements says nothing.
                found += [str(item) for item in differences if not item.is_order]
                found += [
                    f"{item.path}: {item.reason}" for item in case.schema.iter_errors(written)
                ]
                if found:
                    return [*found, written]
    return []


@pytest.mark.slow
@settings(max_examples=15, derandomize=True, deadline=None, suppress_health_check=_CHECKS)
@given(case=cases())
def test_nothing_is_lost(case: Case) -> None:
    assert problems(case) == []


@pytest.mark.conformance
@settings(max_examples=300, derandomize=True, deadline=None, suppress_health_check=_CHECKS)
@given(case=cases())
def test_nothing_is_lost_in_many(case: Case) -> None:
    assert problems(case) == []
