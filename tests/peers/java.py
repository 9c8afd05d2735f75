"""What the tests with JAX-WS RI share: its libraries, and a server of services."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .processes import run, serving
from .stacks import JAXWS, PEERS

# Debian's jaxws-rt.jar names the others that it needs, but for these tools.
JARS = ":".join(f"/usr/share/java/{name}.jar" for name in ("jaxws-rt", "jaxws-tools", "jaxb-jxc"))

_QUIET = "-Dcom.sun.xml.ws.monitoring.endpoint=false"


@contextmanager
def services(name: str, *classes: str, folder: Path) -> Iterator[str]:
    """The start of the addresses of the services that ``jaxws/{name}.java`` serves.

    Args:
        name: The class with the program, in a package of this name.
        classes: The services, as classes in it.
        folder: Where all is compiled.
    """
    JAXWS.require()
    run("javac", "-nowarn", "-cp", JARS, "-d", ".", PEERS / "jaxws" / f"{name}.java", cwd=folder)
    # The classes of wrappers: Debian's package lacks what would make them while the service starts.
    path, program = f".:{JARS}", f"{name.lower()}.{name}"
    for service in classes:
        wsgen = ("com.sun.tools.ws.WsGen", "-cp", ".", "-d", ".", f"{program}${service}")
        run("java", "-cp", path, *wsgen, cwd=folder)
    with serving("java", _QUIET, "-cp", path, program, cwd=folder) as address:
        yield address
