"""Folders that a user adds to the sources, templates and pages: which files they have, as texts."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from ..errors import LeftOut, OutputError, Place
from ..given import Pairs
from ..sources import check_path

_LARGEST = 10_000_000


@dataclass(frozen=True, slots=True)
class UserFolder:
    """A folder that a user adds to the sources.

    Attributes:
        path: Its path from the working directory or, in a manifest, from the package; empty where
            there is none.
        hashes: The hash of each file in it, by its path in the folder. A build takes them from the
            files.
    """

    path: str = ""
    hashes: Pairs = ()

    def __bool__(self) -> bool:
        """Whether there is one."""
        return bool(self.path)

    def with_path(self, change: Callable[[str], str]) -> UserFolder:
        """The same with ``change`` of its path."""
        return replace(self, path=change(self.path)) if self.path else self


@dataclass(frozen=True, slots=True)
class UserFiles:
    """What a user adds to the sources, as it was read.

    Attributes:
        templates: The text of each template of the user's, by its name.
        templates_folder: The folder that they are in.
        pages: The text of each page of documentation, by its path in its folder.
        pages_folder: The folder that they are in.
    """

    templates: Mapping[str, str] = field(default_factory=dict)
    templates_folder: str = ""
    pages: Mapping[str, str] = field(default_factory=dict)
    pages_folder: str = ""

    @classmethod
    def read(cls, templates: UserFolder, pages: UserFolder) -> UserFiles:
        """The files in the two folders.

        Raises:
            OutputError: There is no such folder, or a file in it cannot be read.
        """
        return cls(
            dict(_texts(templates.path, "")) if templates else {},
            templates.path,
            dict(_texts(pages.path, ".md")) if pages else {},
            pages.path,
        )

    def folders(self, portable: Callable[[str], str]) -> tuple[UserFolder, UserFolder]:
        """The folders of templates and pages with their hashes; ``portable`` changes paths."""
        templates = UserFolder(self.templates_folder, _hashes(self.templates))
        pages = UserFolder(self.pages_folder, _hashes(self.pages))
        return templates.with_path(portable), pages.with_path(portable)

    def in_folder(self, item: LeftOut) -> LeftOut:
        """``item``, which is left out of a page, with the path of the page."""
        if item.place is None:
            return item
        page = f"{self.pages_folder}/{item.place.document}"
        return replace(item, place=replace(item.place, document=page))


def _hashes(texts: Mapping[str, str]) -> Pairs:
    return tuple(
        sorted((name, hashlib.sha256(text.encode()).hexdigest()) for name, text in texts.items())
    )


def _texts(folder: str, suffix: str) -> Iterator[tuple[str, str]]:
    """The path in ``folder``, and the text, of each file that ends in ``suffix``.

    What is hidden, and what Python compiles, is none of them.
    """
    root = Path(folder)
    if not root.is_dir():
        hint = check_path(folder, "check its name")
        raise OutputError("there is no such folder", place=Place(folder), hint=hint)
    for path in sorted(root.rglob(f"*{suffix}")):
        name = path.relative_to(root)
        is_other = any(part.startswith(".") or part == "__pycache__" for part in name.parts)
        if not is_other and path.is_file():
            yield name.as_posix(), _text(path)


def _text(path: Path) -> str:
    shown = Place(os.fspath(path))
    try:
        with open(path, "rb") as file:
            content = file.read(_LARGEST + 1)
        if len(content) > _LARGEST:
            raise OutputError(f"the file has more than {_LARGEST:,} bytes", place=shown)
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise OutputError("this is not text in UTF-8", place=shown) from error
    except OSError as error:
        message = f"the file cannot be read: {error.strerror}"
        raise OutputError(message, place=shown) from error
