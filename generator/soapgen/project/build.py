"""Sources → a package on disk: generated and written, unless it is there and nothing changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..progress import Progress
from ..sources.documents import Documents, inputs, load_all
from ..sources.find import Sources
from .fingerprint import fingerprint, is_unchanged
from .manifest import manifest_of, portable, read_manifest
from .options import Options
from .write import Report, contents, write

if TYPE_CHECKING:
    from .generate import Generated


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
    showing: Callable[[], AbstractContextManager[Progress]],
    *,
    force: bool = False,
    workers: int = 1,
) -> Built:
    """Make a folder in ``out`` hold the package for ``sources``.

    Args:
        sources: The WSDLs.
        options: What is wanted of them.
        out: The folder for the package's folder.
        showing: Shows how far it is, for as long as it takes.
        force: Whether to overwrite what was edited by hand, and to generate in any case.
        workers: How many processes may work at the same time.

    Raises:
        SourceError: A WSDL, or something that it imports, cannot be read or is not sound.
        UnsupportedError: It uses something that soapgen cannot generate yet.
        OutputError: The folder cannot be written, or holds hand-made work in the way.
    """
    options = options.settled(sources.stem)
    folder = out / options.package_name(sources.stem)
    documents = load_all(sources)
    read = portable(inputs(sources, documents), folder)
    if not force and is_unchanged(folder, read_manifest(folder), read, options):
        return Built(folder)

    generated = generate_with(sources, options, documents, showing, workers)
    manifest = manifest_of(options, fingerprint(), read, generated.texts)
    report = write(folder, contents(generated.texts, manifest), force=force)
    return Built(folder, generated, report)


def generate_with(
    sources: Sources,
    options: Options,
    documents: Sequence[Documents],
    showing: Callable[[], AbstractContextManager[Progress]],
    workers: int,
) -> Generated:
    """Generate from documents that were read, in several processes, while it is shown.

    What this needs takes longer to load than it takes to tell that nothing changed.
    """
    from ..render.workers import Formatter

    # The other processes start before anything else is loaded, and before a bar has a thread.
    with Formatter(workers) as formatter, showing() as progress:
        from .generate import generate

        return generate(sources, options, progress, documents=documents, formatter=formatter)
