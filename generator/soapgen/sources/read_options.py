"""What a user says of how sources are read: where documents are, and what is mended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What a user says of how sources are read.

    Attributes:
        imports: The file with the schema of a namespace, for some namespaces: pairs, sorted.
        catalog: The file of an XML catalog, or empty.
        hosts: Other hosts that documents may be fetched from, sorted, with a port where it is not
            the default.
        repair: Whether what is wrong and can mean one thing only is mended.
    """

    imports: tuple[tuple[str, str], ...] = ()
    catalog: str = ""
    hosts: tuple[str, ...] = ()
    repair: bool = True

    def with_paths(self, change: Callable[[str], str]) -> ReadOptions:
        """The same with ``change`` of each path."""
        imports = tuple((namespace, change(path)) for namespace, path in self.imports)
        return replace(self, imports=imports, catalog=self.catalog and change(self.catalog))


def host_problem(text: str) -> str:
    """Why ``text`` cannot be a host, as the end of a sentence after it; empty if it can."""
    if not text.isprintable() or not text or set(text) & set("/@ ?#"):
        return "is no host, which is like www.example.com or www.example.com:8443"
    return ""
