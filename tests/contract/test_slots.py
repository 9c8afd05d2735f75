"""The places in a content model: what each takes, and what becomes a list in its order."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
import soapgen
from hypothesis import given
from hypothesis import strategies as st
from soapgen.contract.members import elements, particles
from soapgen.contract.model import (
    AnyParticle,
    Compositor,
    ElementParticle,
    Group,
    Occurrence,
    QName,
)
from soapgen.contract.slots import Slot, slots

SEQUENCE, CHOICE, ALL = Compositor.SEQUENCE, Compositor.CHOICE, Compositor.ALL
STRING = QName("http://www.w3.org/2001/XMLSchema", "string")
ONCE, OPTIONAL, MANY = Occurrence(), Occurrence(0), Occurrence(1, None)

Leaf = ElementParticle | AnyParticle
Place = tuple[Group, int]


def element(name: str, occurrence: Occurrence = ONCE, namespace: str = "") -> ElementParticle:
    return ElementParticle(QName(namespace, name), STRING, occurrence)


def group(
    compositor: Compositor, *inside: Leaf | Group, occurrence: Occurrence = ONCE, name: str = ""
) -> Group:
    return Group(compositor, inside, occurrence, name)


def found(content: Group) -> list[Slot]:
    return slots(content, lambda item: (item.name,))


def shown(content: Group) -> list[str]:
    """The places by the names in them: ``a``, a list as ``[a b]``, and ``*`` for a wildcard."""
    texts = []
    for slot in found(content):
        names = [
            item.name.local if isinstance(item, ElementParticle) else "*" for item in slot.particles
        ]
        texts.append(f"[{' '.join(names)}]" if slot.is_list else names[0])
    return texts


def optional(content: Group) -> list[bool]:
    return [slot.optional for slot in found(content)]


def alternative(content: Group) -> list[bool]:
    return [slot.is_alternative for slot in found(content)]


A, B, C, D = (element(name) for name in "abcd")
ANY, ANYS = AnyParticle(), AnyParticle(occurrence=MANY)
OTHER = AnyParticle(("",), occurrence=MANY)
"""Any element that is in a namespace, which those above are not."""


def test_a_sequence() -> None:
    assert found(group(SEQUENCE, A, B)) == [Slot((A,)), Slot((B,))]
    assert found(group(SEQUENCE)) == []


def test_groups_in_groups_keep_the_order_of_the_schema() -> None:
    inner = group(SEQUENCE, B, group(ALL, C, D))
    content = group(SEQUENCE, A, inner, element("e"))
    assert shown(content) == ["a", "b", "c", "d", "e"]
    assert not any(optional(content) + alternative(content))
    assert list(elements(content)) == [A, B, C, D, element("e")]


def test_a_choice_has_a_first_and_alternatives_and_all_of_it_is_optional() -> None:
    content = group(CHOICE, A, group(SEQUENCE, B, C))
    assert optional(content) == [True, True, True]
    assert alternative(content) == [False, True, True]


def test_a_choice_in_a_choice() -> None:
    """The first of a choice that is itself an alternative is one."""
    content = group(CHOICE, group(CHOICE, A, B), group(CHOICE, C, D))
    assert alternative(content) == [False, True, True, True]


def test_a_choice_that_is_not_the_first_of_a_sequence() -> None:
    content = group(SEQUENCE, A, group(CHOICE, B, C))
    assert optional(content) == [False, True, True]
    assert alternative(content) == [False, False, True]


def test_what_is_in_an_optional_group_is_optional() -> None:
    inner = group(SEQUENCE, B, group(ALL, C), occurrence=OPTIONAL)
    assert optional(group(SEQUENCE, A, inner, D)) == [False, True, True, False]


def test_the_occurrence_of_an_element_is_its_own() -> None:
    (slot,) = found(group(SEQUENCE, element("a", OPTIONAL)))
    assert not slot.optional
    assert slot.elements[0].occurrence == OPTIONAL


def test_a_group_that_repeats_is_a_list_by_the_name_of_the_group() -> None:
    repeated = group(CHOICE, A, group(SEQUENCE, B), occurrence=MANY, name="lines")
    (slot,) = found(group(SEQUENCE, repeated))
    assert slot == Slot((A, B), is_list=True, name="lines")


def test_the_name_of_the_only_group_in_a_group_that_repeats() -> None:
    named = group(CHOICE, A, B, name="lines")
    (slot,) = found(group(SEQUENCE, group(SEQUENCE, named, occurrence=MANY)))
    assert slot.name == "lines"
    (slot,) = found(group(SEQUENCE, group(SEQUENCE, named, C, occurrence=MANY)))
    assert slot.name == ""


def test_a_group_of_one_element_that_repeats_is_that_element_repeated() -> None:
    for inner, outer, expected in (
        (ONCE, MANY, MANY),
        (Occurrence(2, 3), Occurrence(1, 2), Occurrence(2, 6)),
        (MANY, Occurrence(0, 2), Occurrence(0, None)),
    ):
        content = group(SEQUENCE, group(CHOICE, element("a", inner), occurrence=outer))
        (slot,) = found(content)
        assert slot.elements == (element("a", expected),)
        assert not slot.is_list


def test_elements_from_the_first_place_of_a_name_to_its_last_are_one_list() -> None:
    assert shown(group(SEQUENCE, A, B, C, B, D)) == ["a", "[b c b]", "d"]
    assert shown(group(SEQUENCE, A, B, A, B)) == ["[a b a b]"]
    assert shown(group(SEQUENCE, A, A, B, C, C)) == ["[a a]", "b", "[c c]"]


def test_an_element_that_is_also_in_a_group_that_repeats() -> None:
    repeated = group(CHOICE, B, C, occurrence=MANY)
    assert shown(group(SEQUENCE, A, repeated, D, C)) == ["a", "[b c d c]"]


def test_names_of_a_substitution_group_come_back_too() -> None:
    def names_of(item: ElementParticle) -> Iterator[QName]:
        yield item.name
        if item is A:
            yield C.name

    content = group(SEQUENCE, A, B, C, D)
    assert [slot.is_list for slot in slots(content, names_of)] == [True, False]


def test_a_list_is_optional_if_all_in_it_is() -> None:
    may_be_missing = element("a", OPTIONAL)
    assert optional(group(SEQUENCE, may_be_missing, may_be_missing)) == [True]
    assert optional(group(SEQUENCE, may_be_missing, A)) == [False]


def test_wildcards() -> None:
    content = group(SEQUENCE, A, group(CHOICE, B, OTHER))
    assert shown(content) == ["a", "b", "*"]
    assert alternative(content) == [False, False, True]
    assert not found(content)[2].takes_named
    assert list(elements(content)) == [A, B]


def test_a_wildcard_that_admits_names_before_it_takes_the_rest_of_them() -> None:
    content = group(SEQUENCE, A, ANYS)
    assert shown(content) == ["a", "*"]
    assert found(content)[1].takes_named


def test_a_wildcard_that_admits_a_name_of_which_there_are_many_is_in_one_list_with_it() -> None:
    assert shown(group(SEQUENCE, OTHER, element("b", MANY), C, OTHER)) == ["[* b c *]"]
    assert shown(group(SEQUENCE, element("b", MANY), C, ANY)) == ["[b c *]"]
    assert shown(group(SEQUENCE, element("b", MANY), OTHER)) == ["b", "*"]


def test_a_wildcard_in_a_list_cannot_leave_the_first_of_a_name_to_what_is_before_it() -> None:
    assert shown(group(SEQUENCE, A, element("b", MANY), C, ANY)) == ["[a b c *]"]
    assert shown(group(SEQUENCE, A, group(CHOICE, B, ANY, occurrence=MANY))) == ["[a b *]"]


def test_what_any_of_several_wildcards_admits_is_in_one_list_with_them() -> None:
    foreign = AnyParticle(("urn:x",), is_excluding=False)
    assert shown(group(SEQUENCE, foreign, A, ANY, B)) == ["[* a * b]"]


def test_a_wildcard_that_admits_a_name_behind_it_is_in_one_list_with_it() -> None:
    assert shown(group(SEQUENCE, ANY, A)) == ["[* a]"]
    assert shown(group(SEQUENCE, OTHER, A)) == ["*", "a"]


def test_two_wildcards_are_one_list() -> None:
    assert shown(group(SEQUENCE, A, OTHER, B, OTHER, C)) == ["a", "[* b *]", "c"]


def test_which_namespaces_a_wildcard_admits() -> None:
    assert AnyParticle().admits("urn:a")
    assert not AnyParticle(("", "urn:a")).admits("urn:a")
    assert AnyParticle(("urn:a",), is_excluding=False).admits("urn:a")
    assert not AnyParticle(("urn:a",), is_excluding=False).admits("")


# --- any content model ---------------------------------------------------------------------------

OCCURRENCES = st.sampled_from([ONCE, OPTIONAL, MANY, Occurrence(0, None), Occurrence(2, 5)])
NAMES = st.sampled_from("abcdef")
LEAVES = st.builds(element, NAMES, OCCURRENCES) | st.builds(
    AnyParticle, st.sampled_from([(), ("",)]), occurrence=OCCURRENCES
)


def groups(inside: st.SearchStrategy[Leaf | Group]) -> st.SearchStrategy[Group]:
    return st.builds(
        Group,
        st.sampled_from(Compositor),
        st.lists(inside, max_size=4).map(tuple),
        OCCURRENCES,
    )


CONTENTS = groups(st.recursive(LEAVES, groups, max_leaves=12))


def leaves(content: Group, around: tuple[Place, ...] = ()) -> Iterator[tuple[Leaf, list[Place]]]:
    """Each particle that is no group, and the groups around it with its position in each."""
    for position, particle in enumerate(content.particles):
        places = (*around, (content, position))
        if isinstance(particle, Group):
            yield from leaves(particle, places)
        else:
            yield particle, list(places)


def name_of(particle: Leaf) -> object:
    return particle.name if isinstance(particle, ElementParticle) else None


@pytest.mark.slow
@given(CONTENTS)
def test_every_particle_is_in_one_place_in_the_order_of_the_schema(content: Group) -> None:
    placed = [name_of(item) for slot in found(content) for item in slot.particles]
    assert placed == [name_of(item) for item in particles(content)]
    assert placed == [name_of(item) for item, _ in leaves(content)]


@pytest.mark.slow
@given(CONTENTS)
def test_a_name_tells_its_place(content: Group) -> None:
    places = found(content)
    for name in {name_of(item) for item in particles(content)}:
        assert sum(name in map(name_of, slot.particles) for slot in places) == 1
    for slot in places:
        assert slot.is_list or len(slot.particles) == 1


@pytest.mark.slow
@given(CONTENTS)
def test_what_may_be_missing_follows_from_the_groups_around_it(content: Group) -> None:
    expected = [
        (
            any(
                around.compositor is CHOICE or around.occurrence.minimum == 0
                for around, _ in places
            ),
            any(around.compositor is CHOICE and position for around, position in places),
        )
        for _, places in leaves(content)
    ]
    position = 0
    for slot in found(content):
        if not slot.is_list and not any(
            around.occurrence.repeats for around, _ in list(leaves(content))[position][1]
        ):
            assert (slot.optional, slot.is_alternative) == expected[position]
        position += len(slot.particles)


# --- who looks into content models ---------------------------------------------------------------


@pytest.mark.slow
def test_only_these_modules_look_at_particles() -> None:
    """Any other one gets the members of a type, or its elements in a row."""
    folder = Path(soapgen.__file__).parent
    looking = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == "particles"
    }
    assert looking == {
        "contract/collector.py",
        "contract/complex_types.py",
        "contract/encoding.py",
        "contract/members.py",
        "contract/schemas.py",
        "contract/slots.py",
        "look/tree.py",
        "messages/elements.py",
        "plan/one_of.py",
    }
