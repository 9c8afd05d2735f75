"""The vendor's published examples of the services in ``wsdl/``, without a copy of them.

``soapgen sample --style documented`` makes each message, and ``digests.txt`` has the SHA-256 of
each published one: a message with that digest is the published one, byte for byte. Only timestamps
differ, which are those of the day on which a page was made. They count as ``now``.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from soapgen.messages import read_samples
from soapgen.sources import find_sources
from soapgen.vendors import as_documented

from tests.support.paths import WSDL

SERVICES = ("EMail", "SoPrincipal")
TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
DIGESTS = Path(__file__).with_name("digests.txt")


@cache
def published(service: str) -> Mapping[str, str]:
    """The documented messages of ``service``, by the names of their files."""
    sources = find_sources([WSDL / f"{service}.wsdl"])
    return dict(read_samples(sources, as_documented("2023-02-15T13:13:12Z")).all())


def digest(message: str) -> str:
    """The SHA-256 of ``message``, whatever its timestamps."""
    return hashlib.sha256(TIMESTAMP.sub("now", message).encode()).hexdigest()


def recorded() -> dict[str, str]:
    """The digests of the published examples, by ``service/file``."""
    lines = DIGESTS.read_text(encoding="utf-8").splitlines()
    return {path: value for value, path in (line.split("  ") for line in lines)}


def lines(digests: Iterable[tuple[str, str]]) -> str:
    """The text of ``digests.txt`` for pairs of ``service/file`` and digest, as sha256sum has it."""
    return "".join(f"{value}  {path}\n" for path, value in digests)
