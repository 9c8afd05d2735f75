"""The other SOAP stacks: what each needs, and how it tells its version."""

from __future__ import annotations

import importlib.metadata
import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from tests.support.paths import PROJECT

PEERS = PROJECT / "tests" / "peers"

_JAXWS = "/usr/share/java/jaxws-rt.jar"
_AXIS = "/usr/share/java/axis.jar"


@dataclass(frozen=True, slots=True)
class Stack:
    """A SOAP stack.

    Attributes:
        name: What the table calls it.
        package: Where it comes from.
        needs: The commands and files that it needs; a file has a slash.
        find_version: Gives its version, where it is installed.
    """

    name: str
    package: str
    needs: tuple[str, ...]
    find_version: Callable[[], str]

    def require(self) -> None:
        """Skip the test that asks where something that the stack needs is missing."""
        missing = [need for need in self.needs if not _is_there(need)]
        if missing:
            pytest.skip(f"{self.name} needs {', '.join(missing)}: install {self.package}")


def _is_there(need: str) -> bool:
    return Path(need).exists() if "/" in need else shutil.which(need) is not None


def _said(pattern: str, *command: str) -> Callable[[], str]:
    """Finds ``pattern`` in what ``command`` says."""

    def find() -> str:
        result = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        found = re.search(pattern, result.stdout + result.stderr)
        if found is None:
            raise RuntimeError(f"{command[0]} does not tell its version")
        return found[1]

    return find


def _node_version() -> str:
    package = json.loads((PEERS / "node" / "package.json").read_text(encoding="utf-8"))
    return str(package["dependencies"]["soap"])


def _version_of_jar(path: str) -> str:
    with zipfile.ZipFile(path) as archive:
        manifest = archive.read("META-INF/MANIFEST.MF").decode()
    found = re.search(r"^Implementation-Version: (\d+(?:\.\d+)+)", manifest, re.MULTILINE)
    if found is None:
        raise RuntimeError(f"{path} does not tell its version")
    return found[1]


WCF = Stack(
    "WCF on Mono",
    "Debian's mono-devel",
    ("mono", "mcs"),
    _said(r"version (\d+(?:\.\d+)+)", "mono", "--version"),
)
PHP = Stack(
    "PHP",
    "Debian's php-cli and php-soap",
    ("php",),
    _said(r"PHP (\d+\.\d+\.\d+)", "php", "--version"),
)
GSOAP = Stack(
    "gSOAP",
    "Debian's gsoap, libgsoap-dev and g++",
    ("wsdl2h", "soapcpp2", "g++", "/usr/include/stdsoap2.h"),
    _said(r"(\d+\.\d+\.\d+)", "soapcpp2", "-V"),
)
NODE = Stack("node's soap", "Debian's nodejs and npm", ("node", "npm"), _node_version)
ZEEP = Stack("zeep", "PyPI's zeep", (), lambda: importlib.metadata.version("zeep"))
JAXWS = Stack(
    "JAX-WS RI",
    "Debian's libjaxws-java and default-jdk-headless",
    ("java", "javac", _JAXWS),
    partial(_version_of_jar, _JAXWS),
)
AXIS = Stack(
    "Axis",
    "Debian's libaxis-java and default-jdk-headless",
    ("java", "javac", _AXIS),
    partial(_version_of_jar, _AXIS),
)

STACKS = (WCF, PHP, GSOAP, NODE, ZEEP, JAXWS, AXIS)
