"""What a build is asked for beside its sources."""

from __future__ import annotations

from dataclasses import dataclass, replace

from .. import naming


@dataclass(frozen=True, slots=True)
class Options:
    """What a build is asked for beside its sources.

    Attributes:
        name: The package's name; by default that of the source with ``_client`` behind it.
        server: Whether to write the other half, too: what reads requests and writes responses.
        services: The services to write; the first of each WSDL, if it is empty.
        operations: The operations to write, by their names in the contract; all, if it is empty.
        unshared: The namespaces whose types services do not share.
        extras: The modules to write beside those that are needed: ``addressing``, ``security``.
    """

    name: str | None = None
    server: bool = False
    services: tuple[str, ...] = ()
    operations: tuple[str, ...] = ()
    unshared: tuple[str, ...] = ()
    extras: tuple[str, ...] = ()

    def package_name(self, stem: str) -> str:
        """The package's name, for sources that are called ``stem``."""
        return self.name or naming.package(stem)

    def settled(self, stem: str) -> Options:
        """The same with a name, and what was named in any order or twice in order and once."""
        return replace(
            self,
            name=self.package_name(stem),
            services=tuple(sorted(set(self.services))),
            operations=tuple(sorted(set(self.operations))),
            unshared=tuple(sorted(set(self.unshared))),
            extras=tuple(sorted(set(self.extras))),
        )
