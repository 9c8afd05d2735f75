"""One process at a time works in a folder, and one that dies keeps nobody waiting."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from soapgen.project import turns
from soapgen.project.turns import turn, unannounced

from tests.support.paths import PROJECT

_HOLD = """
import sys
from pathlib import Path
from soapgen.project.turns import turn, unannounced
from tests.project.test_turns import lock_no_folders
if sys.argv[2] == "False":
    lock_no_folders()
with turn(Path(sys.argv[1]), unannounced):
    print("mine", flush=True)
    sys.stdin.read()
"""


def lock_no_folders() -> None:
    """Let folders have no locks, as on Windows, and on some network file systems."""
    lock = turns._lock

    def lock_a_file(descriptor: int) -> bool:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EBADF, "Bad file descriptor")
        return lock(descriptor)

    turns._lock = lock_a_file


def held(folder: Path, folders_have_locks: bool = True) -> subprocess.Popen[str]:
    """Another process that has its turn in ``folder``, until its input ends."""
    process = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(folder), str(folders_have_locks)],
        cwd=PROJECT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "mine\n"
    return process


@pytest.mark.slow
@pytest.mark.parametrize("folders_have_locks", [True, False])
@pytest.mark.parametrize("end", ["kill", "communicate"])
def test_it_waits_and_says_so_once(
    end: str, folders_have_locks: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "out"
    folder.mkdir()
    monkeypatch.setattr(turns, "_lock", turns._lock)
    if not folders_have_locks:
        lock_no_folders()
    process = held(folder, folders_have_locks)
    said = []

    def announce(text: str) -> None:
        said.append(text)
        getattr(process, end)()

    with turn(folder, announce):
        assert said == [f"waiting for another soapgen that is writing in {folder}"]
    process.kill()
    process.communicate()
    assert not os.listdir(folder)


def test_it_does_not_wait_for_who_works_in_another_folder(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    process = held(tmp_path / "a")
    with turn(tmp_path / "b", pytest.fail):
        pass
    process.communicate()


def test_a_turn_ends_with_an_error(tmp_path: Path) -> None:
    with pytest.raises(KeyError), turn(tmp_path, unannounced):
        raise KeyError
    with turn(tmp_path, pytest.fail):
        pass


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"), turn(tmp_path / "a", unannounced):
        pass
