"""A build that is killed, or gets an error, at any system call that changes something on disk.

The same as test_interrupted.py, for every call of the process and not only for those that Python
reports: strace kills it.
"""

from __future__ import annotations

import os
import pickle
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.project.conftest import Project, Tree
from tests.project.test_interrupted import again, first, found, states, with_work_by_hand
from tests.support.paths import PROJECT

CALLS = (
    "rename,renameat,renameat2,link,linkat,symlink,symlinkat,unlink,unlinkat,mkdir,mkdirat,rmdir,"
    "chmod,fchmod,fchmodat,chown,lchown,fchown,fchownat,utimensat,write,pwrite64,ftruncate,"
    "setxattr,lsetxattr,fsetxattr,flock"
).split(",")
_TRACED = ",".join(f"?{name}" for name in (*CALLS, "openat"))


def is_there() -> bool:
    """Whether there is a strace that may trace a process."""
    strace = shutil.which("strace")
    command = [str(strace), "-f", "-qqq", "-o", os.devnull, sys.executable, "-c", ""]
    return strace is not None and subprocess.run(command, check=False).returncode == 0


pytestmark = [
    pytest.mark.conformance,
    pytest.mark.skipif(not is_there(), reason="there is no strace that may trace a process"),
]


class Traced:
    """Builds of a project, each under strace.

    Args:
        project: The project.
        generated: What is generated from its contract, as a pickle.
        in_one_step: Whether the system can exchange two folders.
    """

    def __init__(self, project: Project, generated: Path, in_one_step: bool) -> None:
        self.project = project
        self.generated = generated
        self.always = [] if in_one_step else ["-e", "inject=renameat2:error=EINVAL"]

    def run(self, *options: str, log: str = os.devnull) -> int:
        command = ["strace", "-f", "-qqq", "-o", log, "-e", f"trace={_TRACED}", *self.always]
        build = [sys.executable, "-m", "tests.support.build_again", self.project.folder]
        return subprocess.run(
            [*command, *options, *map(str, build), str(self.generated)],
            cwd=PROJECT,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
            stderr=subprocess.DEVNULL,
            check=False,
        ).returncode

    def calls(self) -> Iterator[tuple[str, int]]:
        """Each call that changes something: its name, and its number among those of this name."""
        log = self.project.folder / "log"
        assert self.run(log=str(log)) == 0
        counts: Counter[str] = Counter()
        for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
            if call := re.match(r"\d+ +(\w+)\(", line):
                counts[call[1]] += 1
                if call[1] != "openat" or "O_CREAT" in line:
                    yield call[1], counts[call[1]]


def prepared(
    project: Project, start: Callable[[Project], None], in_one_step: bool
) -> tuple[Traced, Tree | None, Tree | None, list[tuple[str, int]]]:
    old, new = states(project, start)
    generated = project.folder / "generated.pickle"
    again(project, start)
    generated.write_bytes(pickle.dumps(project.build().generated))
    traced = Traced(project, generated, in_one_step)
    again(project, start)
    calls = list(traced.calls())
    if not in_one_step:
        calls = [call for call in calls if call[0] != "renameat2"]
    assert {"mkdir", "write", "openat", "flock"} <= {name for name, _ in calls}
    assert project.tree() == new
    return traced, old, new, calls


@pytest.mark.parametrize(
    ("start", "in_one_step"), [(first, True), (with_work_by_hand, True), (with_work_by_hand, False)]
)
def test_killed(project: Project, start: Callable[[Project], None], in_one_step: bool) -> None:
    traced, old, new, calls = prepared(project, start, in_one_step)
    for name, number in calls:
        again(project, start)
        traced.run("-e", f"inject={name}:signal=KILL:when={number}")
        state = project.tree()
        where = f"killed at {name} {number}"
        assert state in (old, new) or (state is None and not in_one_step), where
        assert bool(found(project.package)) == (state is not None or old is not None), where
        if found(project.package):
            assert project.check().is_fresh == (project.tree() == new), where
        project.build()
        assert project.tree() == new, where
        assert not project.beside(), where


@pytest.mark.parametrize("error", ["ENOSPC", "EACCES"])
@pytest.mark.parametrize("start", [first, with_work_by_hand])
def test_an_error(project: Project, start: Callable[[Project], None], error: str) -> None:
    traced, old, new, calls = prepared(project, start, True)
    for name, number in calls:
        again(project, start)
        status = traced.run("-e", f"inject={name}:error={error}:when={number}")
        where = f"{error} at {name} {number}"
        assert status in (0, 2), where
        assert project.tree() == (new if status == 0 else old), where
        project.build()
        assert project.tree() == new, where
        assert not project.beside(), where
