"""A file of TOML → its content, and the line of each key."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import OutputError, Place

PYPROJECT = "pyproject.toml"
SOAPGEN = "soapgen.toml"

Key = tuple[str, ...]
"""The keys that lead from the top of a file to a value."""

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_LINE = re.compile(r"line (\d+)")


class ConfigurationError(OutputError):
    """The configuration cannot be read, or says what soapgen does not know or cannot do."""


@dataclass(frozen=True, slots=True)
class ConfigurationFile:
    """A file that may configure soapgen.

    Attributes:
        path: Its path.
        text: Its text.
        content: What is in it.
    """

    path: Path
    text: str
    content: Mapping[str, Any]

    @classmethod
    def read(cls, path: Path) -> ConfigurationFile:
        """The file at ``path``.

        Raises:
            ConfigurationError: It cannot be read, or is not TOML.
        """
        shown = os.path.relpath(path)
        try:
            # Its lines may end as Windows ends them; TOML knows no other ends.
            text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
            return cls(path, text, tomllib.loads(text))
        except OSError as error:
            raise ConfigurationError(
                f"this file cannot be read: {error.strerror}", place=Place(shown)
            ) from error
        except UnicodeDecodeError as error:
            raise ConfigurationError(
                "this is not text in UTF-8, as TOML is", place=Place(shown)
            ) from error
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            line = _LINE.search(str(error))
            message = f"this is not TOML: {error}"
            raise ConfigurationError(
                message, place=Place(shown, int(line[1]) if line else None)
            ) from error

    @property
    def shown(self) -> str:
        """Its path from the working directory."""
        return os.path.relpath(self.path)

    @property
    def folder(self) -> Path:
        """Its folder, to which paths in it are relative."""
        return self.path.parent

    @property
    def root(self) -> Key:
        """The key of the table that configures soapgen; in a file of soapgen's own, none."""
        return ("tool", "soapgen") if self.path.name == PYPROJECT else ()

    @property
    def configures(self) -> bool:
        """Whether it configures soapgen."""
        return has_key(self.content, self.root)

    def line_of(self, key: Key) -> int | None:
        """The line in which ``key`` first stands, counted from 1; None if it is not there.

        That is where the first statement begins with which the file has the key: tomllib tells no
        lines, but it reads the lines up to any statement.
        """
        if not key:
            return None
        lines = self.text.splitlines(keepends=True)
        begin = 0
        for end in range(1, len(lines) + 1):
            try:
                content = tomllib.loads("".join(lines[:end]))
            except tomllib.TOMLDecodeError:
                continue  # within a statement of several lines
            if has_key(content, key):
                return begin + 1
            begin = end
        return None


def has_key(content: Mapping[str, Any], key: Key) -> bool:
    """Whether ``content`` has ``key``."""
    value: Any = content
    for name in key:
        if not isinstance(value, dict) or name not in value:
            return False
        value = value[name]
    return True


def dotted(key: Key) -> str:
    """``key`` as TOML writes it: ``tool.soapgen.packages."my client"``."""
    return ".".join(
        (
            name
            if _BARE.fullmatch(name)
            else '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
        )
        for name in key
    )
