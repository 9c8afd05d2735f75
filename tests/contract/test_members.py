"""The one walk over a content model: what it gives, and that there is no other."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import soapgen
from hypothesis import given
from hypothesis import strategies as st
from soapgen.contract.members import ContentMember, content_members, elements
from soapgen.contract.model import (
    AnyParticle,
    Compositor,
    ElementParticle,
    Group,
    Occurrence,
    QName,
)

SEQUENCE, CHOICE, ALL = Compositor.SEQUENCE, Compositor.CHOICE, Compositor.ALL
STRING = QName("http://www.w3.org/2001/XMLSchema", "string")
ONCE, OPTIONAL, MANY, NEVER = Occurrence(), Occurrence(0), Occurrence(1, None), Occurrence(0, 0)

Leaf = ElementParticle | AnyParticle
Place = tuple[Group, int]


def element(name: str, occurrence: Occurrence = ONCE) -> ElementParticle:
    return ElementParticle(QName("", name), STRING, occurrence)


def group(compositor: Compositor, *particles: Leaf | Group, occurrence: Occurrence = ONCE) -> Group:
    return Group(compositor, particles, occurrence)


def members(content: Group) -> dict[str, ContentMember]:
    """The members of ``content`` by the names of their elements, in order; ``*`` is a wildcard."""
    return {
        member.particle.name.local if isinstance(member.particle, ElementParticle) else "*": member
        for member in content_members(content)
    }


A, B, C, D = (element(name) for name in "abcd")


def test_a_sequence() -> None:
    assert list(content_members(group(SEQUENCE, A, B))) == [ContentMember(A), ContentMember(B)]


def test_nothing() -> None:
    assert list(content_members(group(SEQUENCE))) == []


def test_groups_in_groups_keep_the_order_of_the_schema() -> None:
    inner = group(SEQUENCE, B, group(ALL, C, D))
    found = members(group(SEQUENCE, A, inner, element("e")))
    assert list(found) == ["a", "b", "c", "d", "e"]
    assert not any(member.optional or member.is_alternative for member in found.values())


def test_a_choice_has_a_first_and_alternatives_and_all_of_it_is_optional() -> None:
    found = members(group(CHOICE, A, group(SEQUENCE, B, C)))
    assert all(member.optional for member in found.values())
    assert [member.is_alternative for member in found.values()] == [False, True, True]


def test_a_choice_in_a_choice() -> None:
    """The first of a choice that is itself an alternative is one."""
    found = members(group(CHOICE, group(CHOICE, A, B), group(CHOICE, C, D)))
    assert [name for name, member in found.items() if not member.is_alternative] == ["a"]


def test_a_choice_that_is_not_the_first_of_a_sequence() -> None:
    found = members(group(SEQUENCE, A, group(CHOICE, B, C)))
    assert [member.optional for member in found.values()] == [False, True, True]
    assert [member.is_alternative for member in found.values()] == [False, False, True]


def test_what_is_in_an_optional_group_is_optional() -> None:
    inner = group(SEQUENCE, B, group(ALL, C), occurrence=OPTIONAL)
    found = members(group(SEQUENCE, A, inner, D))
    assert [member.optional for member in found.values()] == [False, True, True, False]


def test_the_occurrence_of_an_element_is_its_own() -> None:
    (member,) = content_members(group(SEQUENCE, element("a", OPTIONAL)))
    assert not member.optional
    assert member.particle.occurrence == OPTIONAL


def test_the_innermost_group_that_repeats() -> None:
    inner = group(CHOICE, B, group(SEQUENCE, C), occurrence=MANY)
    found = members(group(SEQUENCE, A, inner, D, occurrence=Occurrence(1, 2)))
    repeated = {name: member.repeated_in for name, member in found.items()}
    assert repeated == {"a": SEQUENCE, "b": CHOICE, "c": CHOICE, "d": SEQUENCE}


def test_what_may_stand_no_time_at_all_is_no_member() -> None:
    never = group(SEQUENCE, B, C, occurrence=NEVER)
    assert list(members(group(SEQUENCE, A, never, element("x", NEVER), D))) == ["a", "d"]


def test_it_keeps_its_place_in_a_choice() -> None:
    """What is second stays an alternative, though the first may not stand."""
    (member,) = content_members(group(CHOICE, element("a", NEVER), B))
    assert member.is_alternative


def test_wildcards() -> None:
    content = group(SEQUENCE, A, group(CHOICE, B, AnyParticle("##other", "lax")))
    assert list(members(content)) == ["a", "b", "*"]
    assert members(content)["*"].is_alternative
    assert list(elements(content)) == [A, B]


# --- any content model ---------------------------------------------------------------------------

OCCURRENCES = st.sampled_from([ONCE, OPTIONAL, MANY, Occurrence(0, None), Occurrence(2, 5), NEVER])
LEAVES = st.builds(element, st.sampled_from("abc"), OCCURRENCES) | st.builds(
    AnyParticle, occurrence=OCCURRENCES
)


def groups(particles: st.SearchStrategy[Leaf | Group]) -> st.SearchStrategy[Group]:
    return st.builds(
        Group,
        st.sampled_from(Compositor),
        st.lists(particles, max_size=4).map(tuple),
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


@given(CONTENTS)
def test_the_attributes_of_a_member_follow_from_the_groups_around_it(content: Group) -> None:
    expected = []
    for particle, places in leaves(content):
        inner = [found for found, _ in places[1:]]
        if any(item.occurrence.maximum == 0 for item in (*inner, particle)):
            continue
        choices = [position for found, position in places if found.compositor is CHOICE]
        repeating = [found.compositor for found, _ in places if found.occurrence.repeats]
        expected.append(
            ContentMember(
                particle,
                optional=bool(choices) or any(not found.occurrence.minimum for found, _ in places),
                is_alternative=any(choices),
                repeated_in=repeating[-1] if repeating else None,
            )
        )
    assert list(content_members(content)) == expected


# --- the only walk -------------------------------------------------------------------------------


def test_there_is_no_other_walk() -> None:
    """Particles are read in schemas, and collector asks whether a type has any or a wildcard."""
    folder = Path(soapgen.__file__).parent
    found = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == "particles"
    }
    assert found == {"contract/collector.py", "contract/members.py", "contract/schemas.py"}
