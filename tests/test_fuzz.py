"""The fuzzed targets keep their promises over the corpus, and over mutations of it.

``make fuzz`` does the same with a library that looks for new inputs, and for longer.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from fuzz.mutations import mutated
from fuzz.targets import TARGETS, seeds

SEEDS = [(name, path) for name in TARGETS for path in seeds(name)]
NAMES = [f"{name}/{path.name}" for name, path in SEEDS]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "path"), SEEDS, ids=NAMES)
def test_corpus(name: str, path: Path) -> None:
    TARGETS[name](path.read_bytes())


def run_mutations(name: str, path: Path, first: int, count: int) -> int:
    """Fuzz with mutations of ``path``; how many of them the target got."""
    others = [other.read_bytes() for other in seeds(name)]
    ran = 0
    for seed in range(first, first + count):
        content = mutated(path.read_bytes(), others, seed)
        if content is not None:
            try:
                TARGETS[name](content)
            except BaseException as error:
                error.add_note(f"{name}: mutation {seed} of {path.name}")
                raise
            ran += 1
    return ran


@pytest.mark.slow
@pytest.mark.parametrize(("name", "path"), SEEDS, ids=NAMES)
def test_mutations(name: str, path: Path) -> None:
    count = {"contracts": 10, "answers": 100}[name]
    assert run_mutations(name, path, 0, count) == count


@pytest.mark.conformance
@pytest.mark.parametrize(("name", "path"), SEEDS, ids=NAMES)
def test_more_mutations(name: str, path: Path) -> None:
    count = {"contracts": 400, "answers": 2_000}[name]
    assert run_mutations(name, path, 1_000, count) == count
