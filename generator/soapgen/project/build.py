"""Sources → a package on disk: generated and written, unless it exists and nothing changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import LeftOut, OutputError, Repair, require_nothing_left_out
from ..progress import Progress
from ..sources import Documents, Sources, inputs, read_all_documents
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
from .turns import Announce, unannounced
from .unchanged import is_unchanged, remember
from .user_files import UserFiles
from .wanted import differences
from .workplace import settle
from .write import Report, contents, write

if TYPE_CHECKING:
    from ..plan import Conventions
    from .generate import Generated

ShowProgress = Callable[[], AbstractContextManager[Progress]]
"""Makes a context in which the progress of a build is shown."""

FindConventions = Callable[[], Sequence["Conventions"]]
"""Returns what vendors do beyond SOAP; called only if something has to be generated."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did.

    Attributes:
        folder: The package's folder.
        generated: What it generated; None if nothing had changed.
        report: What it wrote; None if nothing had changed.
        repairs: What is mended.
        left_out: What was asked for and is not in the package.
        changed: The options with which the package is built otherwise than before, in words.
    """

    folder: Path
    generated: Generated | None = None
    report: Report | None = None
    repairs: tuple[Repair, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    changed: tuple[str, ...] = ()


def build(
    sources: Sources,
    options: Options,
    out: Path,
    conventions: FindConventions,
    show_progress: ShowProgress,
    *,
    force: bool = False,
    strict: bool = False,
    workers: int = 1,
    announce: Announce = unannounced,
) -> Built:
    """Build the package for ``sources`` in a folder in ``out``.

    Args:
        sources: The WSDLs.
        options: What to generate from them.
        out: The folder for the package's folder.
        conventions: What vendors do beyond SOAP.
        show_progress: Shows the progress.
        force: Whether to overwrite files edited by hand, and to generate even if nothing changed.
        strict: Whether to refuse to leave anything out.
        workers: How many processes may work at the same time.
        announce: Tells the user that another build is being waited for, if it takes long.

    Raises:
        SourceError: A WSDL, or a document that it imports, cannot be read or is invalid.
        UnsupportedError: A WSDL uses something that soapgen cannot generate yet.
        LeftOutError: Something would be left out.
        OutputError: The folder cannot be written, or a file that was not generated or was edited
            by hand would be overwritten.
    """
    folder = out / options.package_name(sources.stem)
    files = UserFiles.read(options.templates, options.docs)
    options = with_portable(options.normalised(sources.stem), sources.options, files, folder)
    documents = read_all_documents(sources)
    hashes = portable(inputs(documents), folder)
    settle(out, announce)
    before = _manifest(folder, force=force)
    if before and not force and is_unchanged(folder, before, hashes, options):
        if strict:
            require_nothing_left_out(before.left_out)
        return Built(folder, repairs=before.repairs, left_out=before.left_out)

    generated = generate_with(
        sources, options, documents, files, conventions, show_progress, workers, strict=strict
    )
    repairs = portable_repairs(generated.repairs, documents)
    left_out = portable_left_out(generated.left_out, documents, files)
    manifest = manifest_of(options, hashes, generated.texts, repairs, left_out)
    wanted = contents(generated.texts, manifest)
    report = write(folder, wanted, force=force, announce=announce)
    remember(manifest)
    changed = differences(before.options, options) if before else ()
    return Built(folder, generated, report, generated.repairs, generated.left_out, changed)


def _manifest(folder: Path, *, force: bool) -> Manifest | None:
    """The manifest of the last build, if there is one; with ``force``, if it can be read."""
    try:
        return read_manifest(folder)
    except OutputError:
        if not force:
            raise
        return None


def generate_with(
    sources: Sources,
    options: Options,
    documents: Sequence[Documents],
    files: UserFiles,
    conventions: FindConventions,
    show_progress: ShowProgress,
    workers: int,
    *,
    strict: bool = False,
) -> Generated:
    """Generate from ``documents`` and ``files``, which were read, in several processes.

    The progress is shown. The modules are imported here: loading them takes longer than finding
    that nothing changed.
    """
    from ..render import Formatter

    # The other processes start before anything else is loaded, and before the bar has a thread.
    with Formatter(workers) as formatter, show_progress() as progress:
        from .generate import generate

        return generate(
            sources,
            options,
            conventions(),
            progress,
            documents=documents,
            files=files,
            formatter=formatter,
            strict=strict,
        )
