"""Sources → a package on disk: generated and written, unless it is there and nothing changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..progress import Progress
from ..sources import Documents, Sources, inputs, read_all_documents
from .fingerprint import fingerprint, is_unchanged
from .manifest import manifest_of, portable, read_manifest
from .options import Options
from .write import Report, contents, write

if TYPE_CHECKING:
    from ..plan import Conventions
    from .generate import Generated

ShowProgress = Callable[[], AbstractContextManager[Progress]]
"""Makes what shows how far a build is, for as long as its context lasts."""

FindConventions = Callable[[], Sequence["Conventions"]]
"""Gives what vendors do beyond SOAP; called only if something has to be generated."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did: what it generated and what it wrote; None where nothing had changed."""

    folder: Path
    generated: Generated | None = None
    report: Report | None = None


def build(
    sources: Sources,
    options: Options,
    out: Path,
    conventions: FindConventions,
    show_progress: ShowProgress,
    *,
    force: bool = False,
    workers: int = 1,
) -> Built:
    """Make a folder in ``out`` hold the package for ``sources``.

    Args:
        sources: The WSDLs.
        options: What to generate of them.
        out: The folder for the package's folder.
        conventions: What vendors do beyond SOAP.
        show_progress: Shows how far it is.
        force: Whether to overwrite what was edited by hand, and to generate in any case.
        workers: How many processes may work at the same time.

    Raises:
        SourceError: A WSDL, or something that it imports, cannot be read or is not sound.
        UnsupportedError: It uses something that soapgen cannot generate yet.
        OutputError: The folder cannot be written, or has files that soapgen did not write.
    """
    options = options.settled(sources.stem)
    folder = out / options.package_name(sources.stem)
    documents = read_all_documents(sources)
    hashes = portable(inputs(documents), folder)
    if not force and is_unchanged(folder, read_manifest(folder), hashes, options):
        return Built(folder)

    generated = generate_with(sources, options, documents, conventions, show_progress, workers)
    manifest = manifest_of(options, fingerprint(), hashes, generated.texts)
    report = write(folder, contents(generated.texts, manifest), force=force)
    return Built(folder, generated, report)


def generate_with(
    sources: Sources,
    options: Options,
    documents: Sequence[Documents],
    conventions: FindConventions,
    show_progress: ShowProgress,
    workers: int,
) -> Generated:
    """Generate from documents that were read, in several processes, while progress is shown.

    What this needs takes longer to load than it takes to know that nothing changed.
    """
    from ..render import Formatter

    # The other processes start before anything else is loaded, and before a bar has a thread.
    with Formatter(workers) as formatter, show_progress() as progress:
        from .generate import generate

        return generate(
            sources,
            options,
            conventions(),
            progress,
            documents=documents,
            formatter=formatter,
        )
