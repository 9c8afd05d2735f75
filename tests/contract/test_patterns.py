"""Patterns of XML Schema in Python: what they match, and which are none."""

from __future__ import annotations

import re
import runpy
from collections.abc import Iterator
from pathlib import Path

import pytest
from elementpath.regex import translate_pattern
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from soapgen.contract import PatternError, has_categories, translated
from soapgen.errors import Place

from tests.support.packages import contract_of
from tests.support.paths import PROJECT, corpus
from tests.support.small import SCHEMA, wsdl
from tests.w3c.groups import Group, instances, unpacked

XSD = "{http://www.w3.org/2001/XMLSchema}"
with_categories = runpy.run_path(str(PROJECT / "templates" / "_categories.py"))["with_categories"]


def matches(pattern: str, text: str) -> bool:
    source = translated(pattern)
    if has_categories(source):
        source = with_categories(source)
    return re.fullmatch(source, text) is not None


@pytest.mark.parametrize(
    ("pattern", "python"),
    [
        ("[A-Z]{3}", "[A-Z]{3}"),
        (r"\d{1,3}(a|b)?", r"\d{1,3}(?:a|b)?"),
        ("^a$", r"\^a\$"),
        ("a.b", r"a[^\n\r]b"),
        ("[a-z-[aeiou]]", "(?:(?![aeiou])[a-z])"),
        (r"\s\S", "[\\t\\n\\r ][\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f!-\\U0010ffff]"),
        (r"\p{Lu}\w", r"[\p{Lu}][\p{L}\p{M}\p{N}\p{S}]"),
        ("[&&~~||]", r"[\&\&\~\~\|\|]"),
    ],
)
def test_the_translation_stays_readable(pattern: str, python: str) -> None:
    assert translated(pattern) == python


@pytest.mark.parametrize(
    ("pattern", "good", "bad"),
    [
        (r"\d", ["1", "٣"], ["a", "", "11"]),
        (r"\D", ["a"], ["1"]),
        (r"\w+", ["aé+1"], ["a b", "a-b", "a."]),
        (r"\W", ["-", " ", "."], ["a", "+"]),
        (r"\i\c*", ["_a-1", ":x", "é"], ["1", "-", ""]),
        (r"\I\C", ["1 ", "-!"], ["a ", "1a"]),
        (r"[\i-[:]][\c-[:]]*", ["a1", "_"], ["a:b", ":a"]),
        (r"\p{IsBasicLatin}+", ["az~"], ["é"]),
        (r"\P{IsBasicLatin}", ["é"], ["e"]),
        (r"[^\p{Lu}0-9]", ["a"], ["A", "5"]),
        (r"[\P{Lu}]", ["a", "1"], ["A"]),
        (r"[^a-z-[^x]]", [], ["a", "x", "A"]),
        (r"[a-z-[b-y-[m]]]+", ["amz"], ["b", "n"]),
        (r"[-a]|[b-]|[^-]", ["-", "a", "b", "c"], ["--"]),
        ("a|", ["a", ""], ["b"]),
        (r"\.\\\?\*\+\(\)\{\}\[\]\-\^\|", [".\\?*+(){}[]-^|"], [""]),
        (r"\n\r\t", ["\n\r\t"], ["nrt"]),
        (".", ["a", "\t"], ["\n", "\r", ""]),
        ("a{0}b{2}c{1,}d{0,1}", ["bbc", "bbccd"], ["abbc", "bbdd"]),
    ],
)
def test_what_a_pattern_matches(pattern: str, good: list[str], bad: list[str]) -> None:
    assert [text for text in good if not matches(pattern, text)] == []
    assert [text for text in bad if matches(pattern, text)] == []


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("(?=a)", "'?' repeats or closes nothing"),
        ("a**", "'*' repeats or closes nothing"),
        ("a)", "')' closes nothing"),
        ("(a", "a group has no end"),
        ("[a", "it ends too early"),
        ("a\\", "it ends too early"),
        ("[]", "a class is empty"),
        ("[a-c-e]", "'-' is neither first nor last"),
        ("[c-a]", "the range c-a has no characters"),
        ("a{2,1}", "more at least than at most"),
        (r"\b", r"\b stands for nothing"),
        (r"\p{Xy}", "there is no category Xy"),
        (r"\p{IsNowhere}", "there is no block IsNowhere"),
        ("(" * 60 + ")" * 60, "more than 50 groups"),
        ("a" * 20_001, "more than 20,000 characters"),
    ],
)
def test_what_is_no_pattern(pattern: str, reason: str) -> None:
    with pytest.raises(PatternError, match=re.escape(reason)):
        translated(pattern)


_ATOMS = st.sampled_from(
    ["a", "b", "-", r"\d", r"\s", ".", "[a-c]", "[^a]", "[a-z-[b]]", r"[\d\-]", r"\i", r"\p{Lu}"]
)
_PATTERNS = st.recursive(
    _ATOMS,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["?", "+", "{2}", "{0,2}"])).map(
            lambda pair: f"({pair[0]}){pair[1]}"
        ),
        st.lists(inner, min_size=1, max_size=3).map("".join),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"({'|'.join(parts)})"),
    ),
    max_leaves=6,
)


@pytest.mark.slow
@given(pattern=_PATTERNS, text=st.text("ab-1 \nAé", max_size=6))
def test_it_matches_what_another_translation_matches(pattern: str, text: str) -> None:
    other = translate_pattern(pattern, back_references=False, lazy_quantifiers=False, anchors=False)
    assert matches(pattern, text) == bool(re.fullmatch(other, text))


def test_what_is_no_pattern_is_left_out_by_name_and_place(tmp_path: Path) -> None:
    pattern = '<xs:pattern value="\\b"/>'
    odd = f'<xs:simpleType name="Odd"><xs:restriction base="xs:string">\n{pattern}\n'
    path = tmp_path / "People.wsdl"
    path.write_text(wsdl(f"{odd}</xs:restriction></xs:simpleType>{SCHEMA}"), encoding="utf-8")
    line = path.read_text(encoding="utf-8").splitlines().index(pattern) + 1
    (item,) = contract_of(path).left_out
    assert item.what == r"the pattern '\\b'"
    assert item.place == Place(str(path), line)
    assert item.reason.startswith("it is not checked: ")


@pytest.mark.slow
def test_the_patterns_of_the_w3c(tmp_path: Path) -> None:
    """Each instance matches exactly if the test suite says that it is valid."""
    archive = corpus() / "w3c.zip"
    if not archive.is_file():
        pytest.skip(f"the test suite is not at {archive}")
    tried, wrong = 0, []
    for group in unpacked(archive, tmp_path):
        if not any("/regex/" in path for path in group.schemas):
            continue
        for text, patterns, is_valid in _texts(group, tmp_path):
            tried += 1
            if any(matches(pattern, text) for pattern in patterns) != is_valid:
                wrong.append((group.name, patterns, text))
    assert wrong == []
    assert tried > 250


def _texts(group: Group, folder: Path) -> Iterator[tuple[str, list[str], bool]]:
    """The texts in the instances of a group that restricts one type once."""
    root = etree.parse(str(folder / group.schemas[0])).getroot()
    steps = [
        item for item in root.iter(f"{XSD}restriction") if item.find(f"{XSD}pattern") is not None
    ]
    if len(steps) != 1:
        return
    patterns = [str(item.get("value")) for item in steps[0].findall(f"{XSD}pattern")]
    collapses = not str(steps[0].get("base")).endswith(":string")
    for paths, is_valid in ((group.valid, True), (group.invalid, False)):
        for instance in instances(folder, paths):
            for item in instance.root.iter():
                own = [value for name, value in item.items() if not str(name).startswith("{")]
                if not own and item is not instance.root and not len(item):
                    own = [item.text or ""]
                for text in map(str, own):
                    yield " ".join(text.split()) if collapses else text, patterns, is_valid
