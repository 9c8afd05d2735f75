"""Schemas that contracts take for granted, and how they are read like any other document.

Written from the specifications, and used only where a contract refers to a name in their namespace
and none of its documents has it.
"""

from __future__ import annotations

from importlib.resources import files

from .limits import Limits
from .origins import NotThereError, OutsideError

BUNDLED = {
    "http://schemas.xmlsoap.org/soap/encoding/": "soap-encoding.xsd",
    "http://www.w3.org/2003/05/soap-encoding": "soap-encoding-12.xsd",
    "http://www.w3.org/2005/05/xmlmime": "xmlmime.xsd",
    "http://ws-i.org/profiles/basic/1.1/xsd": "swaref.xsd",
    "http://www.w3.org/2005/08/addressing": "addressing-2005-08.xsd",
    "http://schemas.xmlsoap.org/ws/2004/08/addressing": "addressing-2004-08.xsd",
}
"""The file of each schema that soapgen brings, in the folder schemas, by its namespace."""


class Bundled:
    """The schemas that soapgen brings. A location is the name of a file in the folder schemas."""

    def read(self, location: str, limits: Limits, seconds: float) -> bytes:
        """See Origin."""
        if location not in BUNDLED.values():
            raise NotThereError
        return files(__package__ or "").joinpath("schemas", location).read_bytes()

    def resolve(self, location: str, reference: str) -> str:
        """See Origin."""
        raise OutsideError("out of soapgen", "none of its schemas imports another one")

    def identity(self, location: str) -> str:
        """See Origin."""
        return self.key(location)

    def key(self, location: str) -> str:
        """See Origin."""
        return f"soapgen:{location}"

    def file_name(self, location: str) -> str:
        """See Origin."""
        return location

    def shown(self, location: str) -> str:
        """See Origin."""
        return self.key(location)

    def close(self) -> None:
        """See Origin."""
