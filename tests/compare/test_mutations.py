"""Each single change of a contract is one difference, by the rule for it, in both directions."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from soapgen.compare import Grade, Side, compare, read_side
from soapgen.compare.nodes import Change, Event, Node
from soapgen.compare.python_rules import PYTHON_RULES
from soapgen.compare.wire import wire_rule
from soapgen.compare.wire_rules import WIRE_RULES

from .contracts import CONTRACT
from .mutations import MUTATIONS

pytestmark = pytest.mark.slow

BACK = {
    "made-optional": "made-required",
    "made-required": "made-optional",
    "made-repeated": "made-single",
    "facet-tightened": "facet-loosened",
    "facet-loosened": "facet-tightened",
    "type-widened": "type-narrowed",
    "type-narrowed": "type-widened",
    "opened": "closed",
    "closed": "opened",
    "minimum-lowered": "minimum-raised",
    "maximum-raised": "maximum-lowered",
    "maximum-lowered": "maximum-raised",
    "made-abstract": "made-concrete",
    "addressing-required": "addressing-dropped",
}

Read = Callable[[str], Side]


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Read:
    path = tmp_path_factory.mktemp("compare") / "Zoo.wsdl"

    def read(text: str) -> Side:
        path.write_text(text, encoding="utf-8")
        return read_side(str(path), ())

    return read


@pytest.fixture(scope="module")
def base(read: Read) -> Side:
    return read(CONTRACT)


def mutated(changes: tuple[str, ...]) -> str:
    text = CONTRACT
    for before, after in zip(changes[::2], changes[1::2], strict=True):
        assert before in text, before
        text = text.replace(before, after)
    return text


def wire_rules(old: Side, new: Side) -> list[str]:
    found = [item.rule for item in compare(old, new).differences]
    assert set(found) <= WIRE_RULES.keys() | PYTHON_RULES.keys()
    return sorted(rule for rule in found if rule in WIRE_RULES)


def back(rule: str) -> str:
    if rule in BACK:
        return BACK[rule]
    for one, other in (("-added", "-removed"), ("-removed", "-added")):
        if rule.endswith(one):
            return rule.removesuffix(one) + other
    return rule


def test_a_contract_does_not_differ_from_itself(base: Side, read: Read) -> None:
    comparison = compare(base, read(CONTRACT))
    assert comparison.differences == ()
    assert comparison.step == "none"


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda item: item[1][:40] or item[0][:40])
def test_a_change_is_what_it_is(mutation: tuple[str, ...], base: Side, read: Read) -> None:
    *changes, expected = mutation
    new = read(mutated(tuple(changes)))
    rules = sorted(expected.split())
    assert wire_rules(base, new) == rules
    assert wire_rules(new, base) == sorted(map(back, rules))


def test_no_change_of_a_package_is_unclassified(base: Side, read: Read) -> None:
    for *changes, _ in MUTATIONS:
        for item in compare(base, read(mutated(tuple(changes)))).differences:
            assert "unclassified-in-python" not in (item.rule, *item.python_rules)


def test_what_no_rule_knows_is_risky() -> None:
    node = Node("something", "new", {"colour": "red"})
    change = Change(Event.CHANGED, (Node("contract", ""), node), "colour", "red", "blue")
    rule = WIRE_RULES[wire_rule(change)]
    assert rule.name == "unclassified"
    assert rule.request.worst is rule.response.worst is Grade.RISKY


def test_documentation_is_documentation(base: Side, read: Read) -> None:
    comparison = compare(base, read(CONTRACT.replace("It lives.", "It moves.")))
    (difference,) = comparison.differences
    assert difference.grade is difference.python is Grade.DOCUMENTATION
    assert comparison.step == "patch"


@pytest.mark.parametrize(
    ("before", "after", "old_client", "new_client", "python"),
    [
        # Animal is in requests alone, Counts in responses alone.
        (
            'name="Age" type="xs:int" minOccurs="0"',
            'name="Age" type="xs:int"',
            "breaking",
            "compatible",
            "breaking",
        ),
        (
            'name="Name" type="xs:string"',
            'name="Name" type="xs:string" minOccurs="0"',
            "compatible",
            "breaking",
            "breaking",
        ),
        (
            'name="Value" type="xs:int"',
            'name="Value" type="xs:long"',
            "breaking",
            "compatible",
            "compatible",
        ),
        (
            'name="A" type="xs:string"',
            'name="A" type="xs:int"',
            "compatible",
            "compatible",
            "compatible",
        ),
    ],
)
def test_who_is_affected(
    before: str, after: str, old_client: str, new_client: str, python: str, base: Side, read: Read
) -> None:
    first = compare(base, read(CONTRACT.replace(before, after))).differences[0]
    assert (first.wire.old_client, first.wire.new_client) == (old_client, new_client)
    assert first.python == python


def test_a_namespace_with_another_version_is_one_difference(base: Side, read: Read) -> None:
    comparison = compare(base, read(CONTRACT.replace("urn:example:zoo/1", "urn:example:zoo/2")))
    (difference,) = comparison.differences
    assert difference.rule == "namespace-changed"
    assert (difference.old, difference.new) == ("urn:example:zoo/1", "urn:example:zoo/2")
    assert difference.wire.worst is Grade.BREAKING
    assert difference.python is Grade.COMPATIBLE
