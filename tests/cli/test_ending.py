"""How a command ends, whatever happens: with the right status, and one line on an error."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from soapgen.cli.terminal import one_line

from tests.support.command import soapgen
from tests.support.small import wsdl

pytestmark = pytest.mark.slow

# Runs the command line in a process in which something fails in a way that nobody foresaw.
BROKEN = """
import sys
import soapgen.cli.{module} as module
def broken(*_, **__): raise {error}
module.{name} = broken
from soapgen.cli import main
sys.argv = ["soapgen", *sys.argv[1:]]
main()
"""


def broken(
    cwd: Path, error: str, *arguments: str, module: str = "build", name: str = "parse_headers"
) -> subprocess.CompletedProcess[str]:
    program = BROKEN.format(error=error, module=module, name=name)
    return subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=cwd,
        env={**os.environ, "TMPDIR": str(cwd)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "People.wsdl").write_text(wsdl(), encoding="utf-8")
    return tmp_path


def test_what_the_guard_refuses_is_a_bug(folder: Path) -> None:
    error = "__import__('soapgen.errors').errors.GuardError('it is no Python')"
    result = broken(folder, error, "build", "People.wsdl")
    assert result.returncode == 70
    assert "this is a bug in soapgen: it is no Python; please report it, with" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    "error", ["KeyError('secret')", "RecursionError()", "MemoryError()", "OSError(5, 'secret')"]
)
def test_a_bug_is_one_line_and_its_traceback_a_file(error: str, folder: Path) -> None:
    result = broken(folder, error, "build", "People.wsdl")
    assert result.returncode == 70
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    kind = error.partition("(")[0]
    found = re.fullmatch(
        rf"soapgen: error: this is a bug in soapgen: {kind}; please report it, with what is in "
        rf"({folder}/soapgen-\w+\.log)",
        line,
    )
    assert found, line
    text = Path(found[1]).read_text("utf-8")
    assert text.startswith("soapgen ")
    assert "Traceback (most recent call last)" in text
    assert kind in text
    assert Path(found[1]).stat().st_mode & 0o077 == 0


def test_a_bug_where_no_file_can_be_written(folder: Path) -> None:
    program = "import tempfile\ndef no(*_, **__): raise OSError\ntempfile.NamedTemporaryFile = no\n"
    result = subprocess.run(
        [
            sys.executable,
            "-c",
            program + BROKEN.format(error="KeyError()", module="build", name="parse_headers"),
            "build",
            "People.wsdl",
        ],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert result.returncode == 70
    assert result.stderr == (
        "soapgen: error: this is a bug in soapgen: KeyError; please report it, with the command "
        "and the WSDL\n"
    )


@pytest.mark.parametrize(
    ("module", "name"), [("build", "parse_headers"), ("app", "run"), ("start", "prepare_output")]
)
def test_an_interrupt(module: str, name: str, folder: Path) -> None:
    error = "KeyboardInterrupt"
    result = broken(folder, error, "build", "People.wsdl", module=module, name=name)
    assert (result.returncode, result.stdout) == (130, "")
    assert result.stderr == "soapgen: error: interrupted\n"


def test_an_interrupt_from_the_terminal(folder: Path) -> None:
    """All processes of the command get it, also those that format."""
    for name in ("A", "B"):
        content = wsdl().replace("People", name)
        (folder / f"{name}.wsdl").write_text(content, encoding="utf-8")
    program = (
        "import os, signal, time, soapgen.project.generate as stage\n"
        "stage.generate = lambda *_, **__: (os.killpg(0, signal.SIGINT), time.sleep(30))\n"
        "from soapgen.cli import main\nmain()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program, "build", "A.wsdl", "B.wsdl", "--name", "both"],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    output, errors = process.communicate(timeout=60)
    assert (process.returncode, output) == (130, "")
    assert errors == "soapgen: error: interrupted\n"


# --- where output goes ---------------------------------------------------------------------------


def unread(cwd: Path, *arguments: str) -> tuple[int, str]:
    """Run a command whose output nobody reads; its status, and what it says on errors."""
    read, write = os.pipe()
    os.close(read)
    try:
        result = subprocess.run(
            [sys.executable, "-m", "soapgen", *arguments],
            cwd=cwd,
            stdout=write,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
            check=False,
        )
    finally:
        os.close(write)
    return result.returncode, result.stderr


def test_output_that_nobody_reads(folder: Path) -> None:
    """A command ends as it would have."""
    assert unread(folder, "build", "People.wsdl") == (0, "")
    assert unread(folder, "--help") == (0, "")
    assert unread(folder, "--version") == (0, "")
    assert unread(folder, "sample", "People.wsdl", "Find") == (0, "")
    assert unread(folder, "sample", "People.wsdl", "--all", "-o", "messages") == (0, "")
    assert unread(folder, "verify", "People.wsdl", "messages") == (0, "")
    assert unread(folder, "check") == (0, "")
    (folder / "generated" / "people_client" / "client.py").write_text("", encoding="utf-8")
    status, errors = unread(folder, "check")
    assert status == 1
    assert "is stale; run: soapgen build" in errors
    message = folder / "messages" / "Find.request.xml"
    message.write_text(message.read_text("utf-8").replace("Find", "Lose"), "utf-8")
    assert unread(folder, "verify", "People.wsdl", "messages") == (1, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_output_that_cannot_be_written(folder: Path) -> None:
    for arguments in (["build", "People.wsdl"], ["sample", "People.wsdl", "Find"], ["--version"]):
        with open("/dev/full", "w", encoding="utf-8") as full:
            result = subprocess.run(
                [sys.executable, "-m", "soapgen", *arguments],
                cwd=folder,
                stdout=full,
                stderr=subprocess.PIPE,
                text=True,
                timeout=60,
                check=False,
            )
        assert result.returncode == 2
        assert re.fullmatch("soapgen: error: standard output: .+ space left .+\n", result.stderr)


def test_output_that_is_closed(folder: Path) -> None:
    for closing in (">&-", "2>&-", ">&- 2>&-"):
        for arguments, status in (("build People.wsdl --force", 0), ("build nothing.wsdl", 2)):
            result = subprocess.run(
                ["sh", "-c", f'"{sys.executable}" -m soapgen {arguments} {closing}'],
                cwd=folder,
                capture_output=True,
                text=True,
                timeout=60,
                check=False,
            )
            assert result.returncode == status
            assert "error" not in result.stdout


def test_a_terminal_that_cannot_show_a_text(folder: Path) -> None:
    (folder / "Né.wsdl").write_text(wsdl(), encoding="utf-8")
    result = soapgen("build", "Né.wsdl", cwd=folder, PYTHONIOENCODING="ascii")
    assert result.returncode == 0
    assert result.stdout.startswith("Read N\\xe9.wsdl: service People")
    result = soapgen("build", "Nü.wsdl", cwd=folder, PYTHONIOENCODING="ascii")
    assert result.returncode == 2
    assert result.stderr.startswith("soapgen: error: N\\xfc.wsdl: there is no such file")
    result = soapgen("check", cwd=folder, LC_ALL="C")
    assert result.returncode == 0, result.stderr


def test_a_name_that_is_no_text(folder: Path) -> None:
    name = os.fsdecode(b"x\xff.wsdl")
    (folder / name).write_text(wsdl(), encoding="utf-8")
    result = soapgen("build", name, cwd=folder)
    assert result.returncode == 2
    assert result.stderr.startswith("soapgen: error: x\\udcff.wsdl: the name has characters that")


def test_a_message_stays_in_its_line_and_leaves_the_terminal_alone(folder: Path) -> None:
    (folder / "a\nb\x1b[31m\u202e.wsdl").write_text("<a", encoding="utf-8")
    result = soapgen("build", "a\nb\x1b[31m\u202e.wsdl", cwd=folder)
    (line,) = result.stderr.splitlines()
    assert line.startswith("soapgen: error: a\\nb\\x1b[31m\\u202e.wsdl:1: the file is not")
    assert one_line("plain, é, 漢 and 𝄞") == "plain, é, 漢 and 𝄞"


def test_a_server_is_interrupted_with_nothing_to_say(folder: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "soapgen", "serve", "People.wsdl", "--port", "0"],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    process.stdout.readline()
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (0, "")
