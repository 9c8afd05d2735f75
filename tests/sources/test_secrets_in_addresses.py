"""An address may have secrets: they are used, and never shown or kept."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.sources.test_sources import people
from tests.support.command import snapshot, soapgen
from tests.support.web import Answer, serving

SECRET = "s3cr3t-key"


def protected(path: str, headers: Mapping[str, str]) -> Answer | None:
    """The documents, each import with the same key, as some servers write it."""
    if f"apikey={SECRET}" not in path:
        return Answer(status=500)
    found = people(path.replace(f"&apikey={SECRET}", ""), headers)
    if found:
        text = found.content.decode()
        text = text.replace("people.svc?xsd=0", f"people.svc?xsd=0&amp;apikey={SECRET}")
        text = text.replace('location="', f'location="http://me:{SECRET}@host/?token={SECRET}')
        found = Answer(text.encode())
    return found


@pytest.mark.slow
def test_a_key_in_an_address(tmp_path: Path) -> None:
    with serving(protected) as web:
        address = f"{web.url}/people.svc?wsdl&apikey={SECRET}"
        built = soapgen("build", address, cwd=tmp_path)
        assert built.returncode == 0, built.stderr
        again = soapgen("build", address, cwd=tmp_path)
        assert "is up to date" in again.stdout
        without = soapgen("check", cwd=tmp_path)
        assert without.returncode == 2
        assert "people.svc?wsdl&apikey=*** has a secret, which is not kept" in without.stderr
        assert "give the whole address with --source" in without.stderr
        fresh = soapgen("check", "--source", address, cwd=tmp_path)
        assert fresh.returncode == 0, fresh.stdout
        (client,) = tmp_path.glob("generated/*/client.py")
        client.write_text("# edited\n")
        stale = soapgen("check", "--source", address, cwd=tmp_path)
        assert stale.returncode == 1
        assert "people.svc?wsdl&apikey=***'" in stale.stderr
    outputs = [built, again, without, fresh, stale]
    assert not [item for item in outputs if SECRET in item.stdout + item.stderr]
    shutil.rmtree(tmp_path / ".cache", ignore_errors=True)
    for content in snapshot(tmp_path).values():
        assert SECRET.encode() not in content
    (manifest,) = tmp_path.glob("generated/*/soapgen.json")
    assert "people.svc?wsdl&apikey=***" in manifest.read_text()


@pytest.mark.slow
@pytest.mark.parametrize(
    "address",
    [
        f"http://127.0.0.1:9/a?wsdl&apikey={SECRET}",
        f"http://me:{SECRET}@127.0.0.1:9/a?wsdl",
        f"http://127.0.0.1:x/a?wsdl&apikey={SECRET}",
        f"http://me:{SECRET}/{SECRET}@127.0.0.1/a?wsdl",
    ],
)
def test_an_address_that_cannot_be_read(address: str, tmp_path: Path) -> None:
    result = soapgen("build", address, cwd=tmp_path)
    assert result.returncode == 2
    assert SECRET not in result.stdout + result.stderr


@pytest.mark.slow
def test_an_import_that_is_missing_or_elsewhere(tmp_path: Path) -> None:
    for server in ("", "http://localhost:1/"):

        def partly(path: str, headers: Mapping[str, str], server: str = server) -> Answer | None:
            if "xsd" in path:
                return None
            found = protected(path, headers)
            text = found.content.decode() if found else ""
            return Answer(text.replace("people.svc?xsd", f"{server}people.svc?xsd").encode())

        with serving(partly) as web:
            result = soapgen("build", f"{web.url}/people.svc?wsdl&apikey={SECRET}", cwd=tmp_path)
        assert result.returncode == 2
        assert "apikey=***" in result.stderr
        assert SECRET not in result.stdout + result.stderr


@pytest.mark.slow
def test_a_header_without_a_colon_is_not_shown(tmp_path: Path) -> None:
    result = soapgen("build", "http://127.0.0.1:9/", "--header", f"X-Key {SECRET}", cwd=tmp_path)
    assert result.returncode == 2
    assert SECRET not in result.stderr
