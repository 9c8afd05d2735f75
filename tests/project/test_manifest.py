"""A manifest that soapgen did not write is refused in one line, whatever is in it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from soapgen.errors import OutputError
from soapgen.project.manifest import Manifest, read_manifest

from tests.project.conftest import Project
from tests.support.command import soapgen

GOOD: dict[str, Any] = {
    "soapgen": "0.1.0",
    "black": "26.1.0",
    "sources": {"../../People.wsdl": {"People.wsdl": "0" * 64}},
    "options": {
        "name": "people",
        "server": False,
        "services": [],
        "operations": [],
        "keep_apart": [],
        "with": [],
    },
    "files": {"models.py": "0" * 64},
}
OPTIONS = GOOD["options"]


def parsed(project: Project, content: str | bytes) -> Manifest | None:
    project.package.mkdir(parents=True, exist_ok=True)
    path = project.package / "soapgen.json"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_manifest(project.package)


def refused(project: Project, content: str | bytes) -> None:
    with pytest.raises(OutputError) as caught:
        parsed(project, content)
    assert str(caught.value) == (
        f"{project.package}/soapgen.json: this is not a manifest that soapgen wrote; "
        "remove it, then build the package again with --force"
    )


def test_good(project: Project) -> None:
    assert parsed(project, json.dumps(GOOD)) is not None


def test_names_and_an_overlay_are_there_only_where_they_are_given(project: Project) -> None:
    overlay = {"documentation": {"types": {"A": "B"}}, "secrets": ["A.b"]}
    for options in ({**OPTIONS, "names": {"types": {"A": "B"}}, **overlay}, OPTIONS):
        manifest = parsed(project, json.dumps({**GOOD, "options": options}))
        assert manifest is not None
        assert json.loads(manifest.text())["options"] == options


def test_facets_are_named_only_where_they_are_checked(project: Project) -> None:
    """A manifest from before there was this option is one that a build would write now."""
    for options in ({**OPTIONS, "facets": True}, OPTIONS):
        manifest = parsed(project, json.dumps({**GOOD, "options": options}))
        assert manifest is not None
        assert json.loads(manifest.text())["options"] == options


WRONG: list[dict[str, Any]] = [
    {"options": {}},
    {"options": []},
    {"options": {**OPTIONS, "name": None}},
    {"options": {**OPTIONS, "name": "../people"}},
    {"options": {**OPTIONS, "name": "a/b"}},
    {"options": {**OPTIONS, "name": ""}},
    {"options": {**OPTIONS, "server": 1}},
    {"options": {**OPTIONS, "server": "no"}},
    {"options": {**OPTIONS, "facets": 1}},
    {"options": {**OPTIONS, "names": []}},
    {"options": {**OPTIONS, "documentation": {"type": {"A": "B"}}}},
    {"options": {**OPTIONS, "documentation": {"secrets": {"A": "B"}}}},
    {"options": {**OPTIONS, "secrets": "A.b"}},
    {"options": {**OPTIONS, "names": {"types": ["A"]}}},
    {"options": {**OPTIONS, "names": {"types": {"A": 1}}}},
    {"options": {**OPTIONS, "names": {"type": {"A": "B"}}}},
    {"options": {**OPTIONS, "services": "People"}},
    {"options": {**OPTIONS, "services": {"a": 1}}},
    {"options": {**OPTIONS, "operations": [1]}},
    {"options": {**OPTIONS, "operations": [["a"]]}},
    {"options": {**OPTIONS, "keep_apart": None}},
    {"options": {**OPTIONS, "keep_apart": ["\ud800"]}},
    {"options": {**OPTIONS, "with": ["nonsense"]}},
    {"sources": {}},
    {"sources": []},
    {"sources": {"a": "b"}},
    {"sources": {"a": {"b": 1}}},
    {"sources": {"/etc/passwd": {"passwd": ""}}},
    {"sources": {"a\0b": {}}},
    {"files": []},
    {"files": {"a": None}},
    {"files": {"../a": ""}},
    {"files": {"/a": ""}},
    {"files": {"a/../../b": ""}},
    {"files": {"a\\b": ""}},
    {"files": {"a\0": ""}},
    {"files": {"": ""}},
    {"files": {"\udc80": ""}},
]


@pytest.mark.parametrize("change", WRONG, ids=repr)
def test_a_wrong_type_or_value(change: dict[str, Any], project: Project) -> None:
    refused(project, json.dumps({**GOOD, **change}))


TEXT = json.dumps(GOOD)


@pytest.mark.parametrize(
    "content",
    {
        "nothing": "",
        "no JSON": "nonsense",
        "no object": "[]",
        "nothing in it": "{}",
        "a repeated key": TEXT.replace('"files"', '"files": {}, "files"'),
        "a repeated file": TEXT.replace('"models.py"', '"models.py": "", "models.py"'),
        "deep": "[" * 100_000,
        "deep in it": TEXT.replace('"0.1.0"', "[" * 5_000 + "]" * 5_000),
        "a number with many digits": TEXT.replace('"0.1.0"', "9" * 5_000),
        "no UTF-8": b"\xff" + TEXT.encode(),
        "cut off": TEXT[:-10],
        "conflict": f"<<<<<<< ours\n{TEXT}\n=======\n{TEXT}\n>>>>>>> theirs\n",
    }.items(),
    ids=lambda item: item[0],
)
def test_odd_text(content: tuple[str, str | bytes], project: Project) -> None:
    refused(project, content[1])


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=5,
)


@pytest.mark.slow
@given(
    place=st.sampled_from(
        [(key,) for key in GOOD] + [("options", key) for key in OPTIONS] + [("files", "a")]
    ),
    value=JSON,
)
def test_any_value_anywhere(
    place: tuple[str, ...], value: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """It is read, and then written as it was read; or it is refused."""
    content = json.loads(TEXT)
    inner = content
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = value
    project = Project(tmp_path_factory.mktemp("project"))
    try:
        manifest = parsed(project, json.dumps(content))
    except OutputError:
        return
    assert manifest is not None
    assert parsed(project, manifest.text()) == manifest


@pytest.mark.slow
@pytest.mark.parametrize("command", [("check",), ("build", "People.wsdl", "--name", "people")])
def test_the_commands_refuse_it(
    command: tuple[str, ...], make_project: Callable[[], Project]
) -> None:
    project = make_project()
    project.build()
    path = project.package / "soapgen.json"
    path.write_text("[" * 100_000, encoding="utf-8")
    result = soapgen(*command, cwd=project.folder)
    assert result.returncode == 2
    assert result.stderr == (
        "soapgen: error: generated/people/soapgen.json: this is not a manifest that soapgen "
        "wrote; remove it, then build the package again with --force\n"
    )


@pytest.mark.slow
def test_a_source_whose_name_is_too_long(project: Project) -> None:
    project.build()
    path = project.package / "soapgen.json"
    text = path.read_text(encoding="utf-8").replace("../../People.wsdl", "a" * 5_000)
    path.write_text(text, encoding="utf-8")
    result = soapgen("check", cwd=project.folder)
    assert result.returncode == 2
    assert "cannot be found; put the WSDL back" in result.stderr
