"""Is a generated package what a build would write now? Regenerates in memory and compares."""

from __future__ import annotations

import difflib
import os
import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from .errors import OutputError, Place
from .manifest import FILE_NAME, manifest_of, read_manifest
from .pipeline import Options, Progress, generate
from .sources import find_sources
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


def check(
    package: Path,
    progress: Progress,
    named: Sequence[str] = (),
    headers: Mapping[str, str] | None = None,
    *,
    workers: int = 1,
) -> Freshness:
    """Compare ``package`` with what a build of its sources would write now.

    Args:
        package: The package's folder.
        progress: Told how far the build is.
        named: The sources; by default where the manifest says.
        headers: Sent with each request to an address.
        workers: How many processes may format at the same time.

    Raises:
        SourceError: A source is missing or broken.
        OutputError: The manifest is not readable.
    """
    manifest = read_manifest(package)
    assert manifest is not None, "packages_in found a manifest"
    found = list(named) or manifest.find_sources(package)
    sources = find_sources(found, headers)
    generated = generate(sources, manifest.options, progress, workers=workers)
    now = manifest_of(generated, package, manifest.options)
    if named and len(now.sources) == len(manifest.sources):
        # The question is what the sources say, not where they lie.
        renamed = dict(zip(manifest.sources, now.sources.values(), strict=True))
        now = replace(now, sources=renamed)
    wanted = contents({file.path: file.text for file in generated.files}, now)
    paths = sorted({*wanted, *manifest.files})
    diff = "".join(line for path in paths for line in _diff(package / path, wanted.get(path)))
    return Freshness(package, diff, _command(found, package, manifest.options))


def _command(sources: Sequence[str], package: Path, options: Options) -> str:
    """The command line that builds ``package``."""
    words = ["soapgen", "build", *sources, "--out", os.path.relpath(package.resolve().parent)]
    words += ["--name", options.name or package.name]
    words += ["--server"] if options.server else []
    for option, values in (
        ("--service", options.services),
        ("--operation", options.operations),
        ("--keep-apart", options.apart),
        ("--with", options.extras),
    ):
        for value in values:
            words += [option, value]
    return shlex.join(words)


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
