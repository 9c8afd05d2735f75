"""A package → how it differs from what a build would write now: by hashes, else by a build."""

from __future__ import annotations

import difflib
import os
import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..secret_names import shown_address
from ..sources import Limits, find_sources, inputs, is_address, read_all_documents
from .build import FindConventions, ShowProgress, generate_with
from .fingerprint import is_unchanged
from .manifest import manifest_of, portable, read_manifest
from .options import Options
from .write import contents


@dataclass(frozen=True, slots=True)
class Freshness:
    """How a package differs from what a build would write.

    Attributes:
        diff: A unified diff from the files as they are to the files as they should be; empty if
            the package is fresh.
        command: The command line that makes it fresh.
    """

    diff: str
    command: str

    @property
    def is_fresh(self) -> bool:
        """Whether nothing differs."""
        return not self.diff


def check(
    package: Path,
    conventions: FindConventions,
    show_progress: ShowProgress,
    named: Sequence[str] = (),
    headers: Mapping[str, str] | None = None,
    *,
    limits: Limits | None = None,
    regenerate: bool = False,
    workers: int = 1,
) -> Freshness:
    """Compare ``package`` with what a build of its sources would write now.

    It is fresh if every file would be the same, even if another version of soapgen wrote it.

    Args:
        package: The package's folder.
        conventions: What vendors do beyond SOAP.
        show_progress: Shows the progress of the build.
        named: The sources; by default those in the manifest.
        headers: The HTTP headers of each request to an address.
        limits: What reading the sources may take at most.
        regenerate: Whether to build even if the manifest's hashes say that nothing changed.
        workers: How many processes may work at the same time.

    Raises:
        SourceError: A source is missing or invalid.
        UnsupportedError: A source uses something that soapgen cannot generate yet.
        OutputError: The manifest cannot be read.
    """
    manifest = read_manifest(package)
    assert manifest is not None, "packages_in lists only folders with a manifest"
    names = list(named) or manifest.find_sources(package)
    sources = find_sources(names, headers, limits)
    documents = read_all_documents(sources)
    hashes = portable(inputs(documents), package)
    if named and len(hashes) == len(manifest.sources):
        # What the sources contain is compared, not where they are.
        hashes = dict(zip(manifest.sources, hashes.values(), strict=True))
    if not regenerate and is_unchanged(package, manifest, hashes, manifest.options):
        return Freshness("", "")

    texts = generate_with(
        sources, manifest.options, documents, conventions, show_progress, workers
    ).texts
    now = manifest_of(manifest.options.normalised(sources.stem), manifest.generator, hashes, texts)
    wanted = contents(texts, now)
    paths = sorted({*wanted, *manifest.files})
    diff = "".join(line for path in paths for line in _diff(package / path, wanted.get(path)))
    return Freshness(diff, _command(names, package, manifest.options))


def _command(sources: Sequence[str], package: Path, options: Options) -> str:
    """The command line that builds ``package``; secrets in addresses are to be filled in."""
    shown = [shown_address(name) if is_address(name) else name for name in sources]
    words = ["soapgen", "build", *shown, "--out", os.path.relpath(package.resolve().parent)]
    words += ["--name", options.name or package.name]
    words += ["--server"] if options.server else []
    for option, values in (
        ("--service", options.services),
        ("--operation", options.operations),
        ("--keep-apart", options.unshared),
        ("--with", options.extras),
    ):
        for value in values:
            words += [option, value]
    return shlex.join(words)


def _diff(path: Path, wanted: bytes | None) -> Iterator[str]:
    """The unified diff for one file; ``wanted`` is None for a file that should not exist."""
    actual = path.read_bytes() if path.is_file() else None
    if actual == wanted:
        return
    lines = difflib.unified_diff(
        (actual or b"").decode(errors="replace").splitlines(keepends=True),
        (wanted or b"").decode().splitlines(keepends=True),
        f"{path} (as it is)" if actual is not None else "/dev/null",
        f"{path} (as it should be)" if wanted is not None else "/dev/null",
    )
    is_empty = True
    for line in lines:
        is_empty = False
        yield line if line.endswith("\n") else f"{line}\n"
    if is_empty:  # an empty file is missing, or should not exist
        yield f"{path}: {'missing' if actual is None else 'not expected'}\n"
