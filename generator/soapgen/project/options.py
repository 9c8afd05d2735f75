"""The options of a build: what to generate from its sources."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from .. import naming
from ..given import GivenNames, Overlay
from ..sources import ReadOptions
from .user_files import UserFolder

EXTRAS = frozenset(
    {"addressing", "aiohttp", "json", "protocol", "recording", "security", "telemetry", "urllib3"}
)
"""The optional modules that a build may be told to write in any case."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a build generates from its sources.

    Attributes:
        name: The package's name; by default the name of the source with ``_client`` appended.
        server: Whether to also write what a server needs: what reads requests and writes responses.
        facets: Whether values are checked against the facets of their types when they are written.
        services: The services to write; empty for the first of each WSDL.
        operations: The operations to write, by their names in the contract; empty for all.
        unshared: The namespaces whose types services do not share.
        extras: The optional modules to write in any case, of :data:`EXTRAS`.
        names: Names for Python that a user gives in place of those that would be made.
        overlay: What a user adds to the contract: documentation, and what is secret.
        templates: The folder of the user's templates, in place of soapgen's.
        docs: The folder of pages with descriptions of what the contract does not describe.
        reading: How the sources are read; in a manifest, as they were read. A build takes it from
            the sources.
    """

    name: str | None = None
    server: bool = False
    facets: bool = False
    services: tuple[str, ...] = ()
    operations: tuple[str, ...] = ()
    unshared: tuple[str, ...] = ()
    extras: tuple[str, ...] = ()
    names: GivenNames = field(default_factory=GivenNames)
    overlay: Overlay = field(default_factory=Overlay)
    templates: UserFolder = field(default_factory=UserFolder)
    docs: UserFolder = field(default_factory=UserFolder)
    reading: ReadOptions = field(default_factory=ReadOptions)

    def package_name(self, stem: str) -> str:
        """The package's name, by default from ``stem``, the name of the sources."""
        return self.name or naming.package(stem)

    def normalised(self, stem: str) -> Options:
        """The same options with a package name, and with each list sorted and without repeats."""
        return replace(
            self,
            name=self.package_name(stem),
            services=tuple(sorted(set(self.services))),
            operations=tuple(sorted(set(self.operations))),
            unshared=tuple(sorted(set(self.unshared))),
            extras=tuple(sorted(set(self.extras))),
        )
