"""Is a generated package what a build would write now? Regenerates in memory and compares."""

from __future__ import annotations

import difflib
import os
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from .errors import OutputError, Place
from .manifest import FILE_NAME, manifest_of, read_manifest
from .pipeline import Progress, generate
from .write import contents


@dataclass(frozen=True, slots=True)
class Freshness:
    """How a package differs from what a build would write.

    Attributes:
        package: The package's folder.
        diff: A unified diff from what is there to what should be, empty when fresh.
        command: What to run to make it fresh.
    """

    package: Path
    diff: str
    command: str

    @property
    def is_fresh(self) -> bool:
        """Whether nothing differs."""
        return not self.diff


def packages_in(folder: Path) -> list[Path]:
    """The generated packages in ``folder``: itself, or those right below it.

    Raises:
        OutputError: There is none.
    """
    if (folder / FILE_NAME).is_file():
        return [folder]
    found = sorted(path.parent for path in folder.glob(f"*/{FILE_NAME}"))
    if not found:
        raise OutputError(
            f"there is no package here that soapgen wrote: no {FILE_NAME}",
            place=Place(str(folder)),
            hint="name the folder of a generated package, or build one",
        )
    return found


def check(package: Path, progress: Progress, source: Path | None = None) -> Freshness:
    """Compare ``package`` with what a build of its source would write now.

    Args:
        package: The package's folder.
        progress: Told how far the build is.
        source: The WSDL; by default where the manifest says.

    Raises:
        SourceError: The source is missing or broken.
        OutputError: The manifest is not readable.
    """
    manifest = read_manifest(package)
    assert manifest is not None, "packages_in found a manifest"
    found = source or manifest.find_source(package)
    generated = generate(found, manifest.options, progress)
    now = manifest_of(generated, found, package, manifest.options)
    if source is not None:  # the question is what the source says, not where it lies
        now = replace(now, source=manifest.source)
    wanted = contents({file.path: file.text for file in generated.files}, now)
    paths = sorted({*wanted, *manifest.files})
    diff = "".join(line for path in paths for line in _diff(package / path, wanted.get(path)))
    options = " --server" if manifest.options.server else ""
    options += "".join(f" --operation {name}" for name in manifest.options.operations)
    command = (
        f"soapgen build {shlex.quote(str(found))}"
        f" --out {shlex.quote(os.path.relpath(package.resolve().parent))}"
        f" --name {manifest.options.name}{options}"
    )
    return Freshness(package, diff, command)


def _diff(path: Path, wanted: bytes | None) -> Iterator[str]:
    """The unified diff for one file; a file that is missing, or should be, is compared to none."""
    there = path.read_bytes() if path.is_file() else None
    if there == wanted:
        return
    lines = difflib.unified_diff(
        (there or b"").decode(errors="replace").splitlines(keepends=True),
        (wanted or b"").decode().splitlines(keepends=True),
        f"{path} (as it is)" if there is not None else "/dev/null",
        f"{path} (as it should be)" if wanted is not None else "/dev/null",
    )
    produced = False
    for line in lines:
        produced = True
        yield line if line.endswith("\n") else f"{line}\n"
    if not produced:  # an empty file that is missing, or one that should not be there
        yield f"{path}: {'missing' if there is None else 'not expected'}\n"
