"""Where a document lies: beside the one that refers to it, or where the user says."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..errors import Place, SourceError
from .bundled import BUNDLED, Bundled
from .find import Source
from .folders import Folder
from .origins import Origin


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a document is: an origin, and its location in it."""

    origin: Origin
    location: str


class Lookup:
    """Finds the documents that those of ``source`` refer to."""

    def __init__(self, source: Source) -> None:
        self._options = source.options
        self._files = dict(source.options.imports)
        self._origin = source.origin
        self._bundled = Bundled()

    @property
    def namespaces(self) -> frozenset[str]:
        """The namespaces whose schemas can be found without a location."""
        return frozenset(self._files) | frozenset(BUNDLED)

    def key(self, spot: Spot) -> str:
        """The name of the document at ``spot``, which says so if it is not of the source itself."""
        key = spot.origin.key(spot.location)
        is_named = spot.origin not in (self._origin, self._bundled)
        return f"import:{key}" if is_named else key

    def of_reference(self, base: Spot, reference: str) -> Spot:
        """Where ``reference`` in the document at ``base`` leads.

        Raises:
            OutsideError: It leads to where nothing may be read.
        """
        return Spot(base.origin, base.origin.resolve(base.location, reference))

    def of_namespace(self, namespace: str) -> Spot | None:
        """Where the user says that the schema of ``namespace`` is; None if nothing is said.

        Raises:
            SourceError: There is no such file.
        """
        path = self._files.get(namespace)
        if path is None:
            return None
        if not Path(path).is_file():
            raise SourceError(
                "there is no such file",
                place=Place(path),
                hint=f"check what --import gives for {namespace}",
            )
        return Spot(Folder(Path(path).parent), path)

    def bundled(self, namespace: str) -> Spot:
        """Where soapgen's own schema of ``namespace``, one of those in ``BUNDLED``, is."""
        return Spot(self._bundled, BUNDLED[namespace])
