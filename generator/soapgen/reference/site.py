"""All of it on one page: sources → documents → contract → plan → pages → files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..contract import read_all, repairs_of
from ..errors import LeftOut, Repair
from ..messages import on_the_wire
from ..plan import Conventions
from ..plan.packages import JSON
from ..progress import Progress, silent
from ..project import Options
from ..project.generate import choose, interfaces_of, plan_interfaces, with_pages
from ..project.user_files import UserFiles, UserFolder
from ..sources import Sources, read_all_documents
from .addresses import addresses
from .html import rendered
from .operations import service_pages
from .pages import Site
from .samples import samples_of
from .types import type_pages
from .users import with_users

_TIMESTAMP = "2000-01-01T00:00:00Z"


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference.

    Attributes:
        site: Its pages.
        files: Its files, by path.
        types: How many types the package has, as a build counts them: there are fewer classes.
        left_out: What the sources have, and no package can have; what pages describe, and is not
            there.
        repairs: What is mended in the sources.
    """

    site: Site
    files: dict[str, bytes]
    types: int
    left_out: tuple[LeftOut, ...]
    repairs: tuple[Repair, ...]


def reference(
    sources: Sources,
    options: Options,
    conventions: Sequence[Conventions],
    progress: Progress = silent,
) -> Reference:
    """The reference of the package that a build with ``options`` would write for ``sources``.

    Raises:
        SourceError: A WSDL, or a document that it imports, cannot be read or is invalid.
        UnsupportedError: Nothing can be generated.
        GivenError: What the options say of a part of a contract does not fit it.
        OutputError: A page of the user's cannot be read.
    """
    documents = read_all_documents(sources)
    pages = UserFiles.read(UserFolder(), options.docs)
    contracts = read_all(documents, progress)
    chosen = choose(contracts, options)
    generated = interfaces_of(contracts, chosen, options)
    possible = with_pages(generated, pages, contracts, conventions)
    family = plan_interfaces(sources, possible, options, conventions)
    # What reads requests and writes JSON, for the samples.
    whole = replace(options, server=True, extras=tuple(sorted({*options.extras, JSON})))
    reading = plan_interfaces(sources, possible, whole, conventions)
    styles = [
        on_the_wire(_TIMESTAMP)(item, documents[item.position], contracts[item.position])
        for item in possible.chosen
    ]
    known = addresses(family)
    types = type_pages(known)
    samples = samples_of(reading, list(zip(possible.chosen, styles, strict=True)), progress)
    services = service_pages(family, known, types, samples)
    operations = [item for service in services for item in service.operations]
    site = Site(
        family.name,
        tuple(dict.fromkeys(package.source for package in family.packages)),
        tuple(services),
        with_users(types, operations),
        generated.left_out,
    )
    files = dict(rendered(site))
    return Reference(site, files, family.types, possible.left_out, repairs_of(contracts, chosen))
