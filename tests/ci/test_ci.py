"""pre-commit, the action and the job for GitLab, as docs/ci.md has them, on a user's repository."""

from __future__ import annotations

import pytest

from .machine import PAGE, Machine
from .transcripts import WAYS, Story, section, stories, written

pytestmark = pytest.mark.conformance


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Machine:
    return Machine(tmp_path_factory.mktemp("machine"))


@pytest.fixture(scope="module")
def told(machine: Machine) -> dict[str, Story]:
    return {story.way: story for story in stories(machine)}


@pytest.mark.parametrize("way", WAYS)
class TestWays:
    def test_a_fresh_package_passes(self, way: str, told: dict[str, Story]) -> None:
        assert told[way].fresh.status == 0, told[way].fresh.printed

    @pytest.mark.parametrize(
        ("what", "difference", "command"),
        [
            (
                "A new edition of the contract",
                "-    age: int | None = None\n+    years: int | None = None\n",
                "soapgen build src/people",
            ),
            ("An edit by hand", "-MINE = 1\n", "soapgen build src/people --force"),
        ],
    )
    def test_a_stale_one_fails_with_the_difference_and_with_a_command_that_mends_it(
        self, way: str, what: str, difference: str, command: str, told: dict[str, Story]
    ) -> None:
        found = told[way].told[what]
        assert found.stale.status == 1
        assert difference in found.stale.printed
        assert found.command == command
        assert found.mended.status == 0, found.mended.printed
        assert found.fresh.status == 0, found.fresh.printed


def test_the_page_shows_it(told: dict[str, Story]) -> None:
    """``python -m tests.ci --write`` writes what it shows anew."""
    assert PAGE.read_text(encoding="utf-8") == written(section(told.values()))


def test_a_commit_of_a_stale_package_is_refused(machine: Machine, told: dict[str, Story]) -> None:
    assert machine.run("pre-commit install").status == 0
    assert machine.run("echo 'MINE = 1' >> src/people/models.py").status == 0
    before = machine.run("git rev-parse HEAD").printed
    refused = machine.run("git commit --quiet --all --message 'An edit'")
    assert refused.status == 1
    assert "src/people is stale; run: soapgen build src/people --force" in refused.printed
    assert machine.run("git rev-parse HEAD").printed == before
    assert machine.run("soapgen build src/people --force").status == 0
    assert machine.run("echo '# Notes' > notes.md && git add notes.md").status == 0
    passed = machine.run("git commit --quiet --message 'Notes'")
    assert passed.status == 0, passed.printed
    assert machine.run("git rev-parse HEAD").printed != before
