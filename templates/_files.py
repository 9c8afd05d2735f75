"""Binaries that are files: what is sent from an open one, and what was received into one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from .errors import InvalidValue

# How much of a file is read at a time, in bytes.
_PIECE = 2**18


class FileContent:
    """The octets of a file from where it stood, in the place of a ``bytes``; it is none itself.

    What takes real ``bytes`` refuses it, so that nothing is lost by mistake.

    Attributes:
        file: The file, which stays open.
        size: How many octets there are; None if that is known only when they were read.
    """

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.size: int | None = None
        self._start = 0
        self._is_read = False
        self._kept: bytes | None = None
        self._can_rewind = file.seekable()
        if self._can_rewind:
            self._start = file.tell()
            self.size = file.seek(0, 2) - self._start
            file.seek(self._start)

    @property
    def can_be_read(self) -> bool:
        """Whether all octets can be had, perhaps once more."""
        return self._can_rewind or not self._is_read or self._kept is not None

    def pieces(self) -> Iterator[bytes]:
        """The octets, some at a time.

        Raises:
            InvalidValue: The file cannot be read, or was read before and cannot be rewound.
        """
        if not self.can_be_read:
            raise InvalidValue("the file was read before, and cannot be rewound")
        if self._kept is not None:
            yield self._kept
            return
        self._is_read = True
        try:
            file = self.rewound()
            while piece := file.read(_PIECE):
                yield piece
        except (OSError, ValueError) as error:  # ValueError: it is closed
            raise InvalidValue(f"the file cannot be read: {error}") from error

    def rewound(self) -> BinaryIO:
        """The file, where the octets begin."""
        if self._can_rewind:
            self.file.seek(self._start)
        return self.file

    def whole(self) -> bytes:
        """All octets, in memory; those of a file that cannot be rewound are kept."""
        content = b"".join(self.pieces())
        if not self._can_rewind:
            self._kept = content
        return content
