"""Which packages this very code has generated on this machine: noted in the user's cache folder.

A note is an empty file whose name is the hash of the code's fingerprint and of a manifest. It says
something about the two and nothing about a place, so that it can never become wrong.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from platformdirs import user_cache_path

from .fingerprint import fingerprint
from .manifest import Manifest, digest

_MOST_NOTES = 1000


def is_confirmed(manifest: Manifest) -> bool:
    """Whether this code has generated the very files of ``manifest`` from its sources."""
    return _note(manifest).exists()


def confirm(manifest: Manifest) -> None:
    """Note that this code has generated the files of ``manifest`` from its sources."""
    note = _note(manifest)
    with suppress(OSError):  # without notes, packages are generated to be compared
        note.parent.mkdir(parents=True, exist_ok=True)
        note.touch()
        notes = sorted(note.parent.iterdir(), key=lambda path: path.stat().st_mtime)
        for old in notes[:-_MOST_NOTES]:
            old.unlink()


def _note(manifest: Manifest) -> Path:
    folder = user_cache_path("soapgen", appauthor=False) / "confirmed"
    return folder / digest(f"{fingerprint()}\n{manifest.text()}".encode())
