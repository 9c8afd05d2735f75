"""Where a document lies: beside the one that refers to it, or where the user says."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit, urlunsplit

from ..errors import Place, SourceError
from .addresses import host_of, is_address
from .bundled import BUNDLED, Bundled
from .catalog import Catalog
from .find import Source
from .folders import Folder
from .hosts import Host
from .nearby import check_path
from .origins import Origin, OutsideError


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a document is: an origin, and its location in it."""

    origin: Origin
    location: str


class Lookup:
    """Finds the documents that those of ``source`` refer to.

    Raises:
        SourceError: The catalog cannot be read.
    """

    def __init__(self, source: Source) -> None:
        options = source.options
        self._origin = source.origin
        self._files = {
            namespace: Spot(Folder(Path(path).parent), path) for namespace, path in options.imports
        }
        self._catalog = Catalog(options.catalog, source.limits) if options.catalog else None
        self._allowed = options.hosts
        self._hosts: dict[str, Host] = {}
        self._bundled = Bundled()

    @property
    def namespaces(self) -> frozenset[str]:
        """The namespaces whose schemas can be found without a location."""
        names = self._catalog.names if self._catalog else frozenset[str]()
        return names | frozenset(self._files) | frozenset(BUNDLED)

    def key(self, spot: Spot) -> str:
        """The name of the document at ``spot``, which says so if it is not of the source itself."""
        key = spot.origin.key(spot.location)
        if spot.origin in (self._origin, self._bundled):
            return key
        if self._catalog and spot.origin is self._catalog.folder:
            return f"catalog:{key}"
        for host, origin in self._hosts.items():
            if spot.origin is origin:
                return f"{host}/{key}"
        return f"import:{key}"

    def of_reference(self, base: Spot, reference: str) -> Spot:
        """Where ``reference`` in the document at ``base`` leads.

        Raises:
            OutsideError: It leads to where nothing may be read.
            SourceError: The catalog leads out of its folder.
        """
        address = reference
        if is_address(base.location):
            with suppress(ValueError):  # the origin of the document says that this is none
                address = urljoin(base.location, reference)
        if self._catalog:
            found = self._catalog.of_location(reference) or self._catalog.of_location(address)
            if found is not None:
                return Spot(self._catalog.folder, found)
        try:
            return Spot(base.origin, base.origin.resolve(base.location, reference))
        except OutsideError:
            spot = self._on_allowed_host(base, address)
            if spot is None:
                raise
            return spot

    def _on_allowed_host(self, base: Spot, address: str) -> Spot | None:
        """Where ``address`` is on a host that documents may be fetched from; None if on none."""
        try:
            is_http, host = host_of(address)
        except ValueError:
            return None
        if is_http and isinstance(self._origin, Host) and self._origin.is_at(address):
            return Spot(self._origin, self._origin.resolve(address, address))
        if not is_http or host not in self._allowed:
            return None
        address = urldefrag(address).url
        # No document can turn a request by https into one by http.
        if base.location.startswith("https:") and address.startswith("http:"):
            address = urlunsplit(urlsplit(address)._replace(scheme="https"))
        if host not in self._hosts:
            # The headers of the user are for the host that the user named.
            self._hosts[host] = Host(urljoin(address, "/"), {})
        return Spot(self._hosts[host], address)

    def of_namespace(self, namespace: str) -> Spot | None:
        """Where the user says that the schema of ``namespace`` is; None if nothing is said.

        Raises:
            SourceError: There is no such file, or the catalog leads out of its folder.
        """
        spot = self._files.get(namespace)
        if spot is None:
            found = self._catalog.of_namespace(namespace) if self._catalog else None
            return Spot(self._catalog.folder, found) if self._catalog and found else None
        if not Path(spot.location).is_file():
            raise SourceError(
                "there is no such file",
                place=Place(spot.location),
                hint=check_path(spot.location, f"check what --import gives for {namespace}"),
            )
        return spot

    def bundled(self, namespace: str) -> Spot:
        """Where soapgen's own schema of ``namespace``, one of those in ``BUNDLED``, is."""
        return Spot(self._bundled, BUNDLED[namespace])

    def close(self) -> None:
        """Close the connections to other hosts."""
        for host in self._hosts.values():
            host.close()
