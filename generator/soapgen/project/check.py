"""Is a generated package what a build would write now? By hashes or, failing that, by a build."""

from __future__ import annotations

import difflib
import os
import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..sources import find_sources, inputs, read_all_documents
from .build import FindConventions, ShowProgress, generate_with
from .fingerprint import is_unchanged
from .manifest import manifest_of, portable, read_manifest
from .options import Options
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


def check(
    package: Path,
    conventions: FindConventions,
    show_progress: ShowProgress,
    named: Sequence[str] = (),
    headers: Mapping[str, str] | None = None,
    *,
    regenerate: bool = False,
    workers: int = 1,
) -> Freshness:
    """Compare ``package`` with what a build of its sources would write now.

    What wrote the package does not matter, as long as it would be written the same.

    Args:
        package: The package's folder.
        conventions: What vendors do beyond SOAP.
        show_progress: Shows how far the build is.
        named: The sources; by default where the manifest says.
        headers: Sent with each request to an address.
        regenerate: Whether to build in any case, and not to believe the manifest's hashes.
        workers: How many processes may work at the same time.

    Raises:
        SourceError: A source is missing or broken.
        OutputError: The manifest is not readable.
    """
    manifest = read_manifest(package)
    assert manifest is not None, "packages_in found a manifest"
    found = list(named) or manifest.find_sources(package)
    sources = find_sources(found, headers)
    documents = read_all_documents(sources)
    read = portable(inputs(documents), package)
    if named and len(read) == len(manifest.sources):
        # The question is what the sources say, not where they lie.
        read = dict(zip(manifest.sources, read.values(), strict=True))
    if not regenerate and is_unchanged(package, manifest, read, manifest.options):
        return Freshness(package, "", "")

    texts = generate_with(
        sources, manifest.options, documents, conventions, show_progress, workers
    ).texts
    now = manifest_of(manifest.options.settled(sources.stem), manifest.generator, read, texts)
    wanted = contents(texts, now)
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
        ("--keep-apart", options.unshared),
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
