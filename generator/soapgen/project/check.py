"""A package → how it differs from what a build would write now: by hashes, else by a build."""

from __future__ import annotations

import difflib
import os
import shlex
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .. import naming
from ..errors import LeftOut, OutputError, Place, Repair, require_nothing_left_out
from ..sources import (
    Limits,
    ReadOptions,
    Sources,
    find_sources,
    inputs,
    is_address,
    read_all_documents,
)
from .build import FindConventions, ShowProgress, generate_with
from .inventory import read_plain, take_inventory
from .manifest import (
    Manifest,
    manifest_of,
    portable,
    portable_left_out,
    portable_repairs,
    read_manifest,
    with_portable,
)
from .options import Options
from .turns import Announce, turn, unannounced
from .unchanged import is_unchanged, remember
from .user_files import UserFiles
from .wanted import Wanted
from .write import Change, change_of, contents


@dataclass(frozen=True, slots=True)
class Freshness:
    """How a package differs from what a build would write.

    Attributes:
        diff: A unified diff from the files as they are to the files as they should be; empty if
            the package is fresh.
        command: The command line that makes it fresh.
        remarks: What to know before running it, a sentence each.
        repairs: What is mended.
        left_out: What was asked for and is not in the package.
    """

    diff: str = ""
    command: str = ""
    remarks: tuple[str, ...] = ()
    repairs: tuple[Repair, ...] = ()
    left_out: tuple[LeftOut, ...] = ()

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
    strict: bool = False,
    workers: int = 1,
    announce: Announce = unannounced,
    wanted: Wanted | None = None,
) -> Freshness:
    """Compare ``package`` with what a build of its sources would write now.

    It is fresh if a build would write nothing; also if other code of the same version wrote it.

    Args:
        package: The package's folder.
        conventions: What vendors do beyond SOAP.
        show_progress: Shows the progress of the build.
        named: The sources; by default those in the manifest.
        headers: The HTTP headers of each request to an address.
        limits: What reading the sources may take at most.
        regenerate: Whether to build even if the manifest's hashes say that nothing changed.
        strict: Whether to refuse to leave anything out.
        workers: How many processes may work at the same time.
        announce: Tells the user that a build is being waited for, if it takes long.
        wanted: What a configuration says of the package; by default its manifest does.

    Raises:
        SourceError: A source is missing or invalid.
        UnsupportedError: A source uses something that soapgen cannot generate yet.
        LeftOutError: Something would be left out.
        OutputError: The package or its manifest cannot be read.
    """
    while True:
        with _standing_still(package, announce):
            manifest = _manifest(package)
        if wanted is None:
            names = list(named) or manifest.find_sources(package)
            sources = find_sources(names, headers, limits, manifest.find_reading(package))
            files = UserFiles.read(*manifest.find_folders(package))
            options = with_portable(manifest.options, sources.options, files, package)
        else:
            names = list(named or wanted.sources)
            sources = find_sources(names, headers, limits, wanted.options.reading)
            files = UserFiles.read(wanted.options.templates, wanted.options.docs)
            options = wanted.options.normalised(sources.stem)
            options = with_portable(options, sources.options, files, package)
        documents = read_all_documents(sources)
        hashes = portable(inputs(documents), package)
        if named and len(hashes) == len(manifest.sources):
            # What the sources contain is compared, not where they are.
            hashes = dict(zip(manifest.sources, hashes.values(), strict=True))
        if not regenerate and is_unchanged(package, manifest, hashes, options):
            if strict:
                require_nothing_left_out(manifest.left_out)
            return Freshness(repairs=manifest.repairs, left_out=manifest.left_out)

        generated = generate_with(
            sources,
            options,
            documents,
            files,
            conventions,
            show_progress,
            workers,
            strict=strict,
        )
        texts = generated.texts
        repairs = portable_repairs(generated.repairs, documents)
        left_out = portable_left_out(generated.left_out, documents, files)
        now = manifest_of(options.normalised(sources.stem), hashes, texts, repairs, left_out)
        with _standing_still(package, announce):
            if _manifest(package) != manifest:
                continue  # it was built meanwhile
            change = change_of(
                package, contents(texts, now), manifest.files, take_inventory(package)
            )
            diff = "".join(_differences(package, change))
        if not diff:
            remember(now)
            return Freshness(repairs=repairs, left_out=left_out)
        is_forced = bool(change.lost)
        if named:
            command = _command(sources, package, options, files, force=is_forced)
        else:
            command = _repeat(package, force=is_forced)
        remarks = tuple(_remarks(sources, names, headers, change, options if named else None))
        return Freshness(diff, command, remarks, repairs, left_out)


@contextmanager
def _standing_still(package: Path, announce: Announce) -> Iterator[None]:
    """Let no build write ``package`` meanwhile, and report what cannot be read of it."""
    try:
        with turn(package.resolve().parent, announce):
            yield
    except OSError as error:
        raise OutputError(
            f"the package cannot be read: {error.strerror}",
            place=Place(str(error.filename or package)),
            hint="make its folder readable",
        ) from error


def _manifest(package: Path) -> Manifest:
    manifest = read_manifest(package)
    if manifest is None:
        raise OutputError(
            "the package was removed", place=Place(str(package)), hint="build it again"
        )
    return manifest


def _repeat(package: Path, *, force: bool) -> str:
    """The command line that builds ``package`` as its manifest, or a configuration, says."""
    words = ["soapgen", "build", _argument(str(package))]
    return shlex.join([*words, "--force"] if force else words)


def _command(
    sources: Sources, package: Path, options: Options, files: UserFiles, *, force: bool
) -> str:
    """The command line that builds ``package`` from ``sources``, in the working directory."""
    place = package.resolve()
    names = dict.fromkeys(source.given for source in sources.wsdls)
    words = ["soapgen", "build", *map(_argument, names), "--out", os.path.relpath(place.parent)]
    words += ["--name", str(options.name) if naming.package_problem(place.name) else place.name]
    words += ["--server"] if options.server else []
    words += ["--facets"] if options.facets else []
    for option, values in (
        ("--service", options.services),
        ("--operation", options.operations),
        ("--keep-apart", options.unshared),
        ("--with", options.extras),
    ):
        for value in values:
            words += [option, value]
    for option, folder in (("--templates", files.templates_folder), ("--docs", files.pages_folder)):
        words += [option, folder] if folder else []
    words += _reading(sources.options)
    words += ["--force"] if force else []
    return shlex.join(words)


def _reading(options: ReadOptions) -> Iterator[str]:
    """The words that say how the sources are read."""
    for namespace, path in options.imports:
        yield from ("--import", f"{namespace}={path}")
    if options.catalog:
        yield from ("--catalog", options.catalog)
    for host in options.hosts:
        yield from ("--allow-host", host)
    if not options.repair:
        yield "--no-repair"


def _argument(name: str) -> str:
    """``name``, so that it is no option."""
    return os.path.join(os.curdir, name) if name.startswith("-") else name


def _remarks(
    sources: Sources,
    names: Sequence[str],
    headers: Mapping[str, str] | None,
    change: Change,
    options: Options | None,
) -> Iterator[str]:
    for path, message in change.lost.items():
        yield f"{path}: {message}; --force overwrites it"
    if change.formatted:
        first, more = change.formatted[0], len(change.formatted) - 1
        rest = f", and {more:,} more" if more else ""
        yield f"another formatter went over {first}{rest}: a build restores the layout"
    given = {source.given for source in sources.wsdls}
    if headers and any(map(is_address, given)):
        yield "headers are not kept: give --header again"
    if options is not None and (options.names or options.overlay):
        yield "no option gives names or an overlay: write a configuration, or they are lost"
    if not given.issuperset(names):
        yield "secrets in an address are not shown: give them again"


def _differences(package: Path, change: Change) -> Iterator[str]:
    """The lines of a unified diff for each file that would change."""
    wanted: dict[str, bytes | None] = {**dict.fromkeys(change.removed), **change.written}
    for path in sorted(wanted):
        yield from _diff(package / path, read_plain(package, path), wanted[path])


def _diff(path: Path, actual: bytes | None, wanted: bytes | None) -> Iterator[str]:
    """The unified diff for one file, which is not there or should not be where there is None."""
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
    if is_empty:  # an empty file, or bytes that are no text
        problem = "missing" if actual is None else "not expected" if wanted is None else "not text"
        yield f"{path}: {problem}\n"
