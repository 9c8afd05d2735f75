"""Every example on the page on types is what soapgen writes."""

from __future__ import annotations

import doctest
import re

import pytest

from tests.support.definitions import definitions
from tests.support.echoes import Echoes, optional
from tests.support.paths import PROJECT

PAGE = (PROJECT / "docs" / "types.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(xml|python)\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
SCHEMAS = [text for kind, text in BLOCKS if kind == "xml"]
EXAMPLES = [text for kind, text in BLOCKS if kind == "python"]
STEPS = [text for text in EXAMPLES if text.startswith(">>>")]
CLASSES = [text for text in EXAMPLES if not text.startswith(">>>")]


@pytest.fixture(scope="module")
def echoes(tmp_path_factory: pytest.TempPathFactory) -> Echoes:
    """A package for the types in all of the page's schemas."""
    names = re.findall('^<xs:complexType name="(.*?)"', "".join(SCHEMAS), re.MULTILINE)
    return Echoes(tmp_path_factory.mktemp("page"), "".join(SCHEMAS), optional(*names))


def test_each_schema_has_its_classes() -> None:
    assert len(SCHEMAS) == len(CLASSES) >= 11


@pytest.mark.slow
@pytest.mark.parametrize("position", range(len(CLASSES)))
def test_the_classes_are_those_that_soapgen_writes(position: int, echoes: Echoes) -> None:
    written = definitions((echoes.built.path / "models.py").read_text(encoding="utf-8"))
    wanted = definitions(CLASSES[position])
    assert wanted
    for name, text in wanted.items():
        assert written.get(name) == text


@pytest.mark.parametrize("position", range(len(STEPS)))
def test_the_steps_do_what_they_show(position: int, echoes: Echoes) -> None:
    text = STEPS[position].replace("package", echoes.built.plan.name)
    steps = doctest.DocTestParser().get_doctest(text, vars(echoes.models), "page", None, None)
    report: list[str] = []
    result = doctest.DocTestRunner().run(steps, out=report.append)
    assert result.attempted
    assert not result.failed, "".join(report)


def test_the_page_names_its_sections() -> None:
    def anchor(heading: str) -> str:
        return heading.lower().replace(" ", "-")

    headings = re.findall(r"^#+ (.+)$", PAGE, re.MULTILINE)
    assert set(re.findall(r"\]\(#(.+?)\)", PAGE)) <= {anchor(heading) for heading in headings}
