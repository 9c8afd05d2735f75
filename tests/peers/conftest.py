"""What the tests with other stacks share: Echo.wsdl in both versions of SOAP."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from soapgen.serve import SoapServer
from soapgen.sources import find_sources

from tests.support.packages import build_package
from tests.support.paths import ECHO

from .echo import Echo

SOAP = "http://schemas.xmlsoap.org/wsdl/soap/"
SOAP_12 = "http://schemas.xmlsoap.org/wsdl/soap12/"


@pytest.fixture(scope="session")
def echoes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Echo]:
    """Echo.wsdl by the version of SOAP."""
    made = {}
    for version, namespace in (("1.1", SOAP), ("1.2", SOAP_12)):
        folder = tmp_path_factory.mktemp("echo")
        path = folder / "Echo.wsdl"
        path.write_text(ECHO.read_text(encoding="utf-8").replace(SOAP, namespace), encoding="utf-8")
        name = f"echo_{version.replace('.', '')}"
        made[version] = Echo(path, build_package(path, folder, name=name))
    return made


@pytest.fixture
def serve_echo(echoes: dict[str, Echo]) -> Iterator[Callable[[str], SoapServer]]:
    """``soapgen serve Echo.wsdl`` in a version of SOAP.

    Its Echo gives back the values that it has read, by the generated package; its Fail is a fault.
    """
    with ExitStack() as stack:

        def serve(version: str) -> SoapServer:
            echo = echoes[version]

            def answer(request: bytes) -> bytes:
                arguments = echo.package.parse_request("echo", request)
                return echo.package.build_response("echo", *arguments)

            server = SoapServer(find_sources([echo.path]))
            server.service.answer("Echo", answer)
            server.service.fault("Fail", "Told to <fail>")
            return stack.enter_context(server)

        yield serve
