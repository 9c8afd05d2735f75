"""Two editions of a vendor's services, against a count that lxml alone makes."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree
from soapgen.compare import Grade, compare, read_side

from tests.support.paths import corpus

pytestmark = pytest.mark.conformance

XSD = "{http://www.w3.org/2001/XMLSchema}"
WSDL = "{http://schemas.xmlsoap.org/wsdl/}"


def counted(folder: Path) -> set[tuple[str, ...]]:
    """All that the WSDLs in ``folder`` define, without the version in namespaces."""
    found: set[tuple[str, ...]] = set()
    for path in sorted(folder.glob("*.wsdl")):
        root = etree.parse(path).getroot()
        for service in root.iterchildren(f"{WSDL}service"):
            found.add(("service", service.get("name", "")))
        for port_type in root.iterchildren(f"{WSDL}portType"):
            for operation in port_type.iterchildren(f"{WSDL}operation"):
                found.add(("operation", port_type.get("name", ""), operation.get("name", "")))
        for schema in root.iter(f"{XSD}schema"):
            namespace = re.sub(r"\d+", "", schema.get("targetNamespace", ""))
            for type_ in schema.iterchildren(f"{XSD}complexType", f"{XSD}simpleType"):
                key = (namespace, type_.get("name", ""))
                found.add(("type", *key))
                for element in type_.iter(f"{XSD}element"):
                    name = element.get("name") or element.get("ref") or ""
                    facts = (element.get("type", ""), element.get("minOccurs", "1"))
                    more = (element.get("maxOccurs", "1"), element.get("nillable", "false"))
                    is_builtin = facts[0].startswith("xs:")
                    found.add(("element", *key, name))
                    found.add(
                        ("element is", *key, name, facts[0] if is_builtin else "", facts[1], *more)
                    )
                for value in type_.iter(f"{XSD}enumeration"):
                    found.add(("value", *key, value.get("value", "")))
    return found


def only_in(here: set[tuple[str, ...]], there: set[tuple[str, ...]]) -> Counter[str]:
    """How many things of each kind are ``here`` alone, but what is within something that is."""
    lacking = here - there
    outer = {item[1:] for item in lacking if item[0] in ("service", "type")}
    services = {
        item[1].removeprefix("Wcf").removesuffix("Service")
        for item in lacking
        if item[0] == "service"
    }
    return Counter(
        item[0]
        for item in lacking
        if item[0] in ("service", "type")
        or (item[0] == "operation" and item[1] not in services)
        or (item[0] in ("element", "value") and item[1:3] not in outer)
    )


def test_the_editions_differ_in_what_lxml_counts() -> None:
    folders = [corpus() / edition / "wsdl" for edition in ("Services85", "Services86")]
    old, new = map(counted, folders)
    sides = [read_side(str(folder), ()) for folder in folders]
    comparison = compare(*sides)
    rules = Counter(item.rule for item in comparison.differences)

    added, removed = only_in(new, old), only_in(old, new)
    assert added["service"] == rules["service-added"] > 0
    assert added["operation"] == rules["operation-added"] > 0
    assert added["type"] == rules["type-added"] + rules["derived-type-added"] > 0
    assert added["element"] == rules["optional-element-added"] + rules["required-element-added"] > 0
    assert added["value"] == rules["enumeration-value-added"] > 0
    assert not removed
    assert not [rule for rule in rules if rule.endswith("-removed")]

    changed = {item for item in old if item[0] == "element is"} - new
    assert not changed
    told = {
        "namespace-changed",
        "address-changed",
        "listing-changed",
        "client-added",
        "class-added",
    }
    told |= {"service-added", "operation-added", "type-added", "derived-type-added"}
    told |= {"optional-element-added", "enumeration-value-added"}
    assert rules.keys() <= told
    breaking = [item.rule for item in comparison.differences if item.grade is Grade.BREAKING]
    assert breaking == ["namespace-changed"]
    assert comparison.step == "major"
