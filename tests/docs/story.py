"""The blocks of a page, run from the first to the last in one folder, as a reader would."""

from __future__ import annotations

import contextlib
import doctest
import io
import json
import os
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import yaml
from lxml import etree

from tests.docs.blocks import Block
from tests.support.shell import Shell

_TIMES = r"\d+\.\d+ (?:s|ms)"


class Story:
    """A folder and a Python session, in which the blocks of a page are run.

    A block with the name of a file is that file, or a piece of it if it is there. One of
    ``console`` has commands and what they print, one of ``sh`` commands alone. One of ``python`` is
    typed into a session that all of the page's blocks share, and may be followed by one of ``text``
    with what it prints. One of data has to be readable.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._names: dict[str, Any] = {"__name__": "__main__"}
        self._shell = Shell(folder)
        self._printed = ""

    def __enter__(self) -> Self:
        self._before = (Path.cwd(), list(sys.path), set(sys.modules))
        os.chdir(self._folder)
        # Builds write into ``generated`` by default.
        sys.path[:0] = [str(self._folder), str(self._folder / "generated")]
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._shell.close()
        folder, path, modules = self._before
        os.chdir(folder)
        sys.path[:] = path
        for name in set(sys.modules) - modules:
            file = getattr(sys.modules[name], "__file__", None) or ""
            if Path(file).is_relative_to(self._folder):
                del sys.modules[name]

    def run(self, block: Block) -> None:
        """Do what a block shows; an AssertionError says where it is not so."""
        text = self._shell.typed(block.text)
        if block.file is not None:
            self._file(block, self._folder / block.file, text)
        elif block.language == "console":
            for command, printed in _commands(block.text):
                self._command(block, command, printed)
        elif block.language == "sh":
            self._command(block, f"set -e\n{block.text}", "")
        elif block.language == "python":
            self._python(block, text)
        elif block.language == "text":
            assert _is_like(self._printed, text), f"{block.place}: printed {self._printed!r}"
        else:
            _read(block)

    def _file(self, block: Block, path: Path, text: str) -> None:
        """Write a file; if it is there, it must have each paragraph of the block."""
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            return
        whole = " ".join(path.read_text(encoding="utf-8").split())
        for paragraph in text.split("\n\n"):
            assert (
                " ".join(paragraph.split()) in whole
            ), f"{block.place}: {path.name} has no\n{paragraph}"

    def _command(self, block: Block, command: str, printed: str) -> None:
        if command.startswith("soapgen serve "):
            output = self._shell.serve(command)
            status = int(not output.startswith("Serving "))
        else:
            output, status = self._shell.run(command)
        where = f"{block.place}: {command}"
        assert _is_like(output, printed), f"{where} printed\n{output}"
        # A page says that a command fails by showing what it prints then.
        assert not status or printed.strip(" …\n"), f"{where} failed with {status}:\n{output}"

    def _python(self, block: Block, text: str) -> None:
        if text.startswith(">>>"):
            steps = doctest.DocTestParser().get_doctest(text, self._names, block.page, None, 0)
            report: list[str] = []
            flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
            result = doctest.DocTestRunner(optionflags=flags).run(
                steps, out=report.append, clear_globs=False
            )
            assert not result.failed, f"{block.place}: {''.join(report)}"
            self._names.update(steps.globs)
            return
        with contextlib.redirect_stdout(io.StringIO()) as output:
            # This module's own __future__ would hide names that a page does not import.
            exec(compile(text, block.place, "exec", dont_inherit=True), self._names)
        self._printed = output.getvalue()


def _commands(text: str) -> Iterator[tuple[str, str]]:
    """Each command behind a ``$``, with its continued lines, and what it prints."""
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        end = re.match(r"(?:[^\n]*\\\n)*[^\n]*\n", part)
        assert end is not None
        yield end[0].rstrip(), part[end.end() :]


def _is_like(output: str, shown: str) -> bool:
    """Is an output what a page shows? ``…`` stands for any text, and a time for any time.

    Where a page shows nothing of what a command prints, anything is.
    """
    if not shown.strip():
        return True
    pattern = re.escape(shown.strip()).replace("…", ".*")
    pattern = re.sub(_TIMES.replace(r"\.", r"\\\."), lambda _: _TIMES, pattern.replace(r"\ ", " "))
    return re.fullmatch(pattern, output.strip(), re.DOTALL) is not None


def _read(block: Block) -> None:
    """Read a block of data."""
    match block.language:
        case "toml":
            tomllib.loads(block.text)
        case "json":
            json.loads(block.text)
        case "yaml":
            yaml.safe_load(block.text)
        case "xml":
            etree.fromstring(block.text.encode())
        case "" if not re.search(r"^(?:\$|>>>) ", block.text, re.MULTILINE):
            pass  # a drawing, or a line of a file that has no language
        case language:
            raise AssertionError(
                f"{block.place}: nothing runs a block of {language or 'no language'}"
            )
