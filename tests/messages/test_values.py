"""Sample values: valid by the facets of their types, as xmlschema sees it."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from decimal import Context, Decimal
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

import pytest
import xmlschema
from hypothesis import given, settings
from hypothesis import strategies as st
from soapgen import namespaces
from soapgen.contract import SCALARS, zero_text
from soapgen.contract.model import (
    ComplexType,
    Compositor,
    EnumType,
    EnumValue,
    Facets,
    Group,
    ListType,
    QName,
    ScalarType,
    TypeReference,
    UnionType,
)
from soapgen.errors import Place, UnsupportedError
from soapgen.messages.literals import INTEGERS
from soapgen.messages.values import sample_text

from tests.support.paths import corpus
from tests.support.simple_types import model_of
from tests.w3c.groups import unpacked

FEW = settings(max_examples=100)


def xsd(name: str) -> QName:
    return QName(namespaces.XSD, name)


def sample(base: str, **facets: Any) -> str:
    return sample_text(ScalarType(None, xsd(base), Facets(**facets)), {})


def built(base: str, facets: list[tuple[str, object]]) -> Any:
    """The restriction of ``base`` that xmlschema builds of the text of a schema."""
    inner = "".join(f"<xs:{name} value={quoteattr(str(value))}/>" for name, value in facets)
    text = (
        f"<xs:schema xmlns:xs='{namespaces.XSD}'><xs:simpleType name='T'>"
        f"<xs:restriction base='xs:{base}'>{inner}</xs:restriction></xs:simpleType></xs:schema>"
    )
    return xmlschema.XMLSchema10(text).types["T"]


def assert_valid(base: str, facets: list[tuple[str, object]]) -> None:
    type_ = built(base, facets)
    type_.validate(sample_text(model_of(type_), {}))


@pytest.mark.parametrize("name", sorted(SCALARS), ids=str)
def test_a_built_in_type_has_its_plain_value(name: QName) -> None:
    """But for the built-in lists, of which nothing is no valid value."""
    lists = {"NMTOKENS", "IDREFS", "ENTITIES"}
    assert sample_text(name, {}) == ("en" if name.local in lists else zero_text(name))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("base", "facets", "text"),
    [
        ("string", {"max_length": 10}, ""),
        ("string", {"min_length": 6}, "textte"),
        ("hexBinary", {"length": 2}, "0000"),
        ("base64Binary", {"length": 4}, "AAAAAA=="),
        ("int", {"min_inclusive": "-5", "max_inclusive": "5"}, "0"),
        ("int", {"min_exclusive": "5"}, "6"),
        ("decimal", {"min_exclusive": "0.1", "max_exclusive": "0.2"}, "0.11"),
        ("decimal", {"max_inclusive": "-7.5", "total_digits": 1}, "-8"),
        ("date", {"min_exclusive": "2001-12-31"}, "2002-01-01"),
        ("gDay", {"min_inclusive": "---30"}, "---30"),
        ("duration", {"min_inclusive": "P1M"}, "P1M"),
        ("double", {"min_inclusive": "2.5"}, "2.5"),
        ("decimal", {"patterns": (("[0-9.]*7",),), "min_inclusive": "99.95"}, "107"),
        ("string", {"patterns": (("[A-Z]{2}[0-9]{3}",),)}, "AA000"),
        ("string", {"patterns": (("[a-z]+", "[0-9]+"), (".*[0-9]",))}, "0"),
        ("string", {"patterns": (("a+|(bc)+",),), "length": 4}, "aaaa"),
        ("int", {"patterns": (("[0-9]*7",),), "min_inclusive": "5013"}, "5017"),
        ("decimal", {"patterns": ((r"\d{3}\.\d\d",),), "min_inclusive": "12"}, "012.00"),
        ("dateTime", {"patterns": ((".*Z",),)}, "0001-01-01T00:00:00Z"),
        ("QName", {"patterns": (("x.+",),)}, "xa"),
        ("NMTOKENS", {"min_length": 2}, "en en"),
        ("token", {"values": ("b", "a"), "patterns": (("a",),)}, "a"),
    ],
    ids=str,
)
def test_facets(base: str, facets: dict[str, Any], text: str) -> None:
    assert sample(base, **facets) == text


@pytest.mark.parametrize(
    ("type_", "text"),
    [
        (EnumType(None, (EnumValue("red"), EnumValue("blue"))), "red"),
        (ListType(None, xsd("int")), "0"),
        (ListType(None, xsd("string"), Facets(length=2)), "a a"),
        (ListType(None, xsd("int"), Facets(max_length=0)), ""),
        (ListType(None, xsd("int"), Facets(patterns=(("[1-9] .*",),))), "1 0"),
        (UnionType(None, (xsd("int"), xsd("string"))), "0"),
        (UnionType(None, (xsd("int"), xsd("string")), Facets(patterns=(("x+",),))), "x"),
        (
            UnionType(None, (xsd("int"), xsd("date")), Facets(values=("x", "2001-01-01"))),
            "2001-01-01",
        ),
    ],
)
def test_other_varieties(type_: TypeReference, text: str) -> None:
    assert sample_text(type_, {}) == text


def test_names_are_looked_up() -> None:
    size = ScalarType(QName("urn:t", "Size"), xsd("int"), Facets(min_inclusive="3"))
    sizes = ListType(QName("urn:t", "Sizes"), QName("urn:t", "Size"), Facets(min_length=2))
    assert (
        sample_text(
            QName("urn:t", "Sizes"), {QName("urn:t", "Size"): size, QName("urn:t", "Sizes"): sizes}
        )
        == "3 3"
    )


def test_a_complex_type_has_no_text() -> None:
    name = QName("urn:t", "Person")
    with pytest.raises(TypeError, match="Person is no simple type"):
        sample_text(name, {name: ComplexType(name, Group(Compositor.SEQUENCE))})


@pytest.mark.slow
@pytest.mark.parametrize(
    ("base", "facets"),
    [
        ("string", {"patterns": (("(a{1000}){1000}",),)}),
        ("string", {"patterns": (("(((a{9999}){9999}){9999}){9999}b",),)}),
        ("string", {"patterns": (("(a*)*b",), ("(a*)*c",))}),
        ("string", {"patterns": (("(a|aa)+b",),), "length": 3_000_000}),
        ("string", {"patterns": (("(((a?){0,90}){0,90}){0,90}b",), ("a*",)), "length": 90}),
        ("string", {"patterns": (("(.*a){12}.{12}",), ("(.*b){12}.{12}",), ("[^b]*",))}),
        ("string", {"patterns": (("(" * 60 + ")" * 60,),), "length": 1}),
        ("string", {"patterns": (("[a-z",),)}),
        ("string", {"min_length": 2_000_000_000}),
        ("int", {"patterns": (("[0-9]*7",),), "min_inclusive": "8", "max_inclusive": "16"}),
        ("int", {"min_inclusive": "2", "max_inclusive": "1"}),
        ("decimal", {"min_exclusive": "0", "max_exclusive": "1", "fraction_digits": 0}),
        ("gDay", {"min_exclusive": "---31"}),
    ],
    ids=str,
)
def test_what_has_no_value_is_refused_in_time(base: str, facets: dict[str, Any]) -> None:
    place = Place("People.xsd", 7)
    type_ = ScalarType(QName("urn:t", "Code"), xsd(base), Facets(**facets), place=place)
    start = time.process_time()
    with pytest.raises(UnsupportedError, match=r"no sample value was found for type \{urn:t\}Code"):
        sample_text(type_, {})
    assert time.process_time() - start < 20


def test_the_error_names_the_pattern_and_the_place() -> None:
    facets = Facets(patterns=(("[a-z",),))
    type_ = ScalarType(None, xsd("string"), facets, place=Place("People.xsd", 7))
    with pytest.raises(UnsupportedError) as caught:
        sample_text(type_, {})
    assert str(caught.value) == (
        "People.xsd:7: no sample value was found for an anonymous simple type with the pattern "
        "'[a-z': it ends too early; see whether its facets contradict one another, or simplify its "
        "patterns"
    )


@st.composite
def numbers(draw: st.DrawFn) -> tuple[str, list[tuple[str, object]]]:
    """A type of numbers that has a value, and its facets."""
    base = draw(st.sampled_from([*sorted({*INTEGERS} - {"char"}), "decimal"]))
    least, greatest = INTEGERS.get(base, (None, None))
    places = 0 if base in INTEGERS else draw(st.integers(0, 6))
    value = Decimal(draw(st.integers(least, greatest))).scaleb(-places)
    facets: list[tuple[str, object]] = []
    unit = Decimal(1).scaleb(-places)
    for name, sign in (("min", -1), ("max", 1)):
        kind = draw(st.sampled_from(["", "Inclusive", "Exclusive"]))
        distance = draw(st.integers(0, 50)) + (kind == "Exclusive")
        bound = Context(prec=60).add(value, sign * distance * unit)
        inside = (least is None or bound >= least) and (greatest is None or bound <= greatest)
        if kind and inside:
            facets.append((name + kind, f"{bound:f}"))
    digits = len(f"{abs(value):f}".replace(".", ""))
    if draw(st.booleans()):
        facets.append(("totalDigits", max(digits, places, 1) + draw(st.integers(0, 2))))
    if base == "decimal" and draw(st.booleans()):
        facets.append(("fractionDigits", places))
    if draw(st.booleans()):
        facets.append(("pattern", f"-?[0-9.]*{f'{abs(value):f}'[-1]}"))
    return base, facets


@pytest.mark.slow
@FEW
@given(numbers())
def test_numbers_in_bounds(case: tuple[str, list[tuple[str, object]]]) -> None:
    assert_valid(*case)


TIMES = {
    "dateTime": "%Y-%m-%dT%H:%M:%S",
    "date": "%Y-%m-%d",
    "time": "%H:%M:%S",
    "gYear": "%Y",
    "gYearMonth": "%Y-%m",
    "gMonth": "--%m",
    "gMonthDay": "--%m-%d",
    "gDay": "---%d",
}


@st.composite
def times(draw: st.DrawFn) -> tuple[str, list[tuple[str, object]]]:
    """A type of dates or times that has a value, and its facets."""
    base = draw(st.sampled_from(sorted(TIMES)))
    moments = st.datetimes(datetime(1000, 1, 1), datetime(9998, 1, 1))
    value = draw(moments)
    zone = draw(st.sampled_from(["", "", "Z", "+05:00"]))
    before = value - draw(st.timedeltas(timedelta(seconds=1), timedelta(days=900)))
    after = value + draw(st.timedeltas(timedelta(seconds=1), timedelta(days=900)))
    first, text, last = (moment.strftime(TIMES[base]) for moment in (before, value, after))
    facets: list[tuple[str, object]] = []
    for name, bound, fits in (("min", first, first < text), ("max", last, last > text)):
        kind = draw(st.sampled_from(["", "Inclusive", "Exclusive"]))
        if kind and fits:
            facets.append((name + kind, bound + zone))
    return base, facets


@pytest.mark.slow
@FEW
@given(times())
def test_times_in_bounds(case: tuple[str, list[tuple[str, object]]]) -> None:
    assert_valid(*case)


@pytest.mark.slow
@FEW
@given(
    st.sampled_from(["float", "double"]),
    st.floats(-1e30, 1e30),
    st.sampled_from(["Inclusive", "Exclusive"]),
    st.sampled_from(["Inclusive", "Exclusive"]),
)
def test_floating_numbers_in_bounds(base: str, middle: float, low: str, high: str) -> None:
    distance = abs(middle) / 1000 + 0.5
    bounds: list[tuple[str, object]] = [
        (f"min{low}", middle - distance),
        (f"max{high}", middle + distance),
    ]
    assert_valid(base, bounds)


@pytest.mark.slow
@FEW
@given(
    st.sampled_from(["string", "token", "NCName", "NMTOKEN", "language", "anyURI", "ID"]),
    st.integers(1, 30),
    st.integers(0, 3),
    st.booleans(),
)
def test_texts_of_a_length(base: str, least: int, more: int, exact: bool) -> None:
    lengths: list[tuple[str, object]] = (
        [("length", least)] if exact else [("minLength", least), ("maxLength", least + more)]
    )
    assert_valid(base, lengths)


@pytest.mark.slow
@FEW
@given(st.sampled_from(["hexBinary", "base64Binary"]), st.integers(0, 40), st.booleans())
def test_octets_of_a_length(base: str, size: int, has_pattern: bool) -> None:
    pattern: list[tuple[str, object]] = [("pattern", "[0-9A-F=]*")] if has_pattern else []
    assert_valid(base, [("length", size), *pattern])


Pair = tuple[str, str]
ATOMS: st.SearchStrategy[Pair] = st.sampled_from(
    [
        *(("a", "a"), (r"\.", "."), (".", "x"), (r"\d", "5"), (r"\D", "q"), (r"\w", "w")),
        *((r"\s", " "), (r"\S", "s"), (r"\i", "_"), (r"\c", "-"), (r"\p{Lu}", "Q")),
        *((r"\P{Lu}", "q"), (r"\p{IsBasicLatin}", "~"), ("[abc]", "b"), ("[^abc]", "d")),
        *(("[a-z-[aeiou]]", "z"), (r"[\d\-x]", "-"), ("[^-a]", "b"), (r"[\i-[:]]", "k")),
        *(("é", "é"), ("^", "^"), ("$", "$"), (r"\^", "^"), ("[+-]", "+"), (r"[\]\[]", "]")),
    ]
)


def larger(inner: st.SearchStrategy[Pair]) -> st.SearchStrategy[Pair]:
    """Patterns made of others, each with a text that matches."""
    several = st.lists(inner, min_size=1, max_size=3)
    return st.one_of(
        several.map(lambda pairs: ("".join(p for p, _ in pairs), "".join(t for _, t in pairs))),
        several.map(lambda pairs: (f"({'|'.join(p for p, _ in pairs)})", pairs[-1][1])),
        inner.map(lambda pair: (f"({pair[0]})*", pair[1] * 3)),
        inner.map(lambda pair: (f"({pair[0]})+", pair[1] * 2)),
        inner.map(lambda pair: (f"({pair[0]})?", "")),
        inner.map(lambda pair: (f"({pair[0]}){{2,3}}", pair[1] * 2)),
        inner.map(lambda pair: (f"({pair[0]}){{2}}", pair[1] * 2)),
        inner.map(lambda pair: (f"({pair[0]}){{1,}}", pair[1])),
    )


PATTERNS = st.recursive(ATOMS, larger, max_leaves=8)


@pytest.mark.slow
@settings(max_examples=200)
@given(PATTERNS, st.sampled_from(["none", "exact", "least", "bounds"]))
def test_patterns_and_lengths(pair: Pair, lengths: str) -> None:
    pattern, text = pair
    facets: list[tuple[str, object]] = [("pattern", pattern)]
    if lengths == "exact":
        facets.append(("length", len(text)))
    if lengths in {"least", "bounds"}:
        facets.append(("minLength", len(text)))
    if lengths == "bounds":
        facets.append(("maxLength", len(text) + 1))
    assert_valid("string", facets)


@pytest.mark.slow
@FEW
@given(PATTERNS, st.integers(0, 3))
def test_patterns_of_several_steps(pair: Pair, position: int) -> None:
    """The second pattern asks for a character of a text that matches the first, in its place."""
    pattern, text = pair
    position = min(position, len(text))
    wanted = "".join(f"\\{c}" if c in ".^-][+" else c for c in text[position:])
    facets = Facets(patterns=((pattern,), (f"[\\s\\S]{{{position}}}{wanted}",)))
    found = sample_text(ScalarType(None, xsd("string"), facets), {})
    for step in facets.patterns:
        built("string", [("pattern", one) for one in step]).validate(found)


@pytest.mark.conformance
def test_the_types_of_nist(tmp_path: Path) -> None:
    """All types of NIST's part of the W3C's test suite: their samples are valid."""
    archive = corpus() / "w3c.zip"
    if not archive.exists():
        pytest.skip(f"the W3C's test suite is not at {archive}")
    count = 0
    failed = []
    for group in unpacked(archive, tmp_path):
        if group.contributor != "nist":
            continue
        schema = xmlschema.XMLSchema10(str(tmp_path / group.schemas[0]))
        for name, type_ in schema.types.items():
            if not type_.is_simple():
                continue
            count += 1
            try:
                type_.validate(sample_text(model_of(type_), {}))
            except (UnsupportedError, xmlschema.XMLSchemaValidationError) as error:
                failed.append(f"{group.name}, {name}: {error}")
    assert count > 400
    assert failed == []
