"""What is read from addresses: which documents are one, their names, and how much is read."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from soapgen.errors import LimitError, SourceError
from soapgen.sources import Documents, Limits, ReadOptions, find_sources, read_all_documents

from tests.support.command import soapgen
from tests.support.small import SCHEMA, wsdl
from tests.support.web import Answer, serving, trickling

Serve = Callable[[str, Mapping[str, str]], Answer | None]


def schema(namespace: str, content: str = "") -> str:
    target = f' targetNamespace="{namespace}"' if namespace else ""
    return f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"{target}>{content}</xs:schema>'


def importing(*references: str) -> str:
    """A WSDL that imports a schema from each of ``references``."""
    imports = (
        f'<xs:import namespace="urn:{number}" schemaLocation="{reference}"/>'
        for number, reference in enumerate(references)
    )
    return wsdl("".join(imports) + SCHEMA)


def served(documents: Mapping[str, str], moved: Mapping[str, str] | None = None) -> Serve:
    """Serves ``documents`` by their paths, and redirects the paths in ``moved``."""

    def answer(path: str, headers: Mapping[str, str]) -> Answer | None:
        if path in (moved or {}):
            return Answer(status=302, headers={"Location": (moved or {})[path]})
        return Answer(documents[path].encode()) if path in documents else None

    return answer


def read(
    address: str, limits: Limits | None = None, options: ReadOptions | None = None
) -> Documents:
    (documents,) = read_all_documents(find_sources([address], limits=limits, options=options))
    return documents


# --- which documents are one, and how they are named ---------------------------------------------


@pytest.mark.slow
def test_documents_are_told_apart_by_their_whole_addresses() -> None:
    documents = {
        "/s/people.svc?wsdl": importing(
            "/a/x.xsd", "/b/x.xsd", "/s/x.xsd", "x.xsd?v=1", "/s//x.xsd", "/s/y/x.xsd", "/x.xsd"
        ),
        **{
            path: schema(f"urn:{number}")
            for number, path in enumerate(
                ("/a/x.xsd", "/b/x.xsd", "/s/x.xsd", "/s/x.xsd?v=1", "/s//x.xsd", "/s/y/x.xsd")
            )
        },
        "/x.xsd": schema("urn:6"),
    }
    with serving(served(documents)) as web:
        inputs = read(f"{web.url}/s/people.svc?wsdl").inputs
    assert sorted(inputs) == [
        "/a/x.xsd",
        "/b/x.xsd",
        "/s//x.xsd",
        "/x.xsd",
        "people.svc?wsdl",
        "x.xsd",
        "x.xsd?v=1",
        "y/x.xsd",
    ]
    assert len(set(inputs.values())) == 8


@pytest.mark.slow
def test_addresses_of_one_document_are_one() -> None:
    references = ("x.xsd", "./x.xsd", "a/../x.xsd", "%78.xsd", "/s/x.xsd#part", " x.xsd ")
    documents = {
        "/s/people.svc?wsdl": importing(*references),
        "/s/x.xsd": schema("urn:0"),
    }
    with serving(served(documents)) as web:
        assert sorted(read(f"{web.url}/s/people.svc?wsdl").inputs) == ["people.svc?wsdl", "x.xsd"]
        assert [path for path, _ in web.asked] == ["/s/people.svc?wsdl", "/s/x.xsd"]


@pytest.mark.slow
def test_a_package_is_stale_when_one_of_two_documents_of_a_name_changes(tmp_path: Path) -> None:
    documents = {
        "/people.svc?wsdl": importing("a/x.xsd", "b/x.xsd"),
        "/a/x.xsd": schema("urn:0"),
        "/b/x.xsd": schema("urn:1"),
    }
    with serving(served(documents)) as web:
        assert soapgen("build", f"{web.url}/people.svc?wsdl", cwd=tmp_path).returncode == 0
        assert soapgen("check", cwd=tmp_path).returncode == 0
        documents["/a/x.xsd"] = schema("urn:0", "<!-- changed -->")
        result = soapgen("check", cwd=tmp_path)
    assert result.returncode == 1
    assert '"a/x.xsd"' in result.stdout


@pytest.mark.slow
def test_imports_are_relative_to_where_a_redirect_leads() -> None:
    documents = {"/new/people.svc?wsdl": importing("x.xsd"), "/new/x.xsd": schema("urn:0")}
    moved = {"/old?wsdl": "/new/people.svc?wsdl"}
    with serving(served(documents, moved)) as web:
        assert sorted(read(f"{web.url}/old?wsdl").inputs) == ["new/x.xsd", "old?wsdl"]


@pytest.mark.slow
def test_two_addresses_that_lead_to_one_document() -> None:
    documents = {"/a?wsdl": importing("x.xsd", "y.xsd"), "/z.xsd": schema("urn:0")}
    moved = {"/x.xsd": "/z.xsd", "/y.xsd": "/z.xsd"}
    with serving(served(documents, moved)) as web:
        found = read(f"{web.url}/a?wsdl")
    assert sorted(found.inputs) == ["a?wsdl", "x.xsd"]
    assert len(found.schemas) == 2


@pytest.mark.slow
def test_an_address_on_which_documents_are_verified(tmp_path: Path) -> None:
    """Other processes read the source again."""
    with serving(served({"/people.svc?wsdl": wsdl()})) as web:
        address = f"{web.url}/people.svc?wsdl"
        samples = soapgen("sample", address, "--all", "-o", "messages", cwd=tmp_path)
        assert samples.returncode == 0, samples.stderr
        result = soapgen("verify", address, "messages", "--json", cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    json.loads(result.stdout)


def test_two_sources_that_only_a_password_tells_apart() -> None:
    with pytest.raises(SourceError, match=r"differ only in what is secret") as caught:
        find_sources(["http://me:one@localhost/a?wsdl", "http://me:two@localhost/a?wsdl"])
    assert "one" not in str(caught.value)


# --- addresses that are none ---------------------------------------------------------------------


NO_ADDRESSES = [
    "http://",
    "http:///x",
    "http://:80/",
    "HTTPS://?x",
    "http://[bad/",
    "http://a b/",
    "http://a\nb/",
    "http://h:99999/",
    "http://h:x/",
    "http://h:0/",
]


@pytest.mark.parametrize("address", NO_ADDRESSES)
def test_an_address_that_is_none(address: str) -> None:
    with pytest.raises(SourceError, match=r"this is no address: .+; an address is like http"):
        find_sources([address])


@pytest.mark.parametrize("address", ["ftp://localhost/a", "file:///a.wsdl", "x://"])
def test_an_address_that_is_not_read_by_http(address: str) -> None:
    with pytest.raises(SourceError, match=r"an address begins with http:// or https://"):
        find_sources([address])


@pytest.mark.parametrize("host", ["ü\N{ZERO WIDTH SPACE}.invalid", "a" * 64 + ".invalid", "%00"])
def test_a_host_that_cannot_be(host: str) -> None:
    with pytest.raises(SourceError, match=r"no address|cannot be read"):
        read(f"http://{host}/a?wsdl")


@pytest.mark.slow
@pytest.mark.parametrize("reference", ["http://[bad/x.xsd", "http://h:99999/x.xsd", "//h:x/y"])
def test_an_import_of_an_address_that_is_none(reference: str) -> None:
    with (
        serving(served({"/a?wsdl": importing(reference)})) as web,
        pytest.raises(SourceError, match=r"leads (nowhere|to another host)") as caught,
    ):
        read(f"{web.url}/a?wsdl", options=ReadOptions(repair=False))
    assert caught.value.place is not None
    assert caught.value.place.line is not None


@pytest.mark.slow
def test_a_redirect_to_an_address_that_is_none() -> None:
    with (
        serving(served({}, {"/a?wsdl": "http://[bad/"})) as web,
        pytest.raises(SourceError, match=r"redirects nowhere"),
    ):
        read(f"{web.url}/a?wsdl")


@pytest.mark.parametrize("name", ["", "a b", "a\n", "é", "a:"])
def test_a_header_with_a_name_that_is_none(name: str) -> None:
    with pytest.raises(SourceError, match=r"is not the name of an HTTP header"):
        find_sources(["http://localhost/a"], {name: "x"})


@pytest.mark.parametrize("value", ["é", "a\nb", "a\r\nb: c", "\0"])
def test_a_header_with_a_value_that_cannot_be_sent(value: str) -> None:
    with pytest.raises(SourceError, match=r"the value of the HTTP header X-Key") as caught:
        find_sources(["http://localhost/a"], {"X-Key": value})
    assert value not in str(caught.value)


def test_settings_of_a_proxy_that_are_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "nonsense://localhost")
    with pytest.raises(SourceError, match=r"the address cannot be read: .*proxy"):
        read("http://soapgen.invalid/a?wsdl")


# --- how much is read ----------------------------------------------------------------------------

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n"
SOON = Limits(seconds=0.3)


@pytest.mark.slow
@pytest.mark.parametrize("head", [b"", HEAD, HEAD + b"\r\n<a>"], ids=["status", "headers", "body"])
def test_a_server_that_never_ends(head: bytes) -> None:
    with (
        trickling(head, b"x") as address,
        pytest.raises(LimitError, match=r"longer than 0\.3 seconds; .*--limit seconds=0\.6$"),
    ):
        read(address, SOON)


@pytest.mark.slow
def test_the_time_is_that_of_all_sources() -> None:
    with serving(served({"/a?wsdl": wsdl()})) as web, trickling(HEAD, b"x") as address:
        found = find_sources([f"{web.url}/a?wsdl", address], limits=SOON)
        with pytest.raises(LimitError, match=r"longer than"):
            read_all_documents(found)


@pytest.mark.slow
def test_a_time_that_is_longer_than_any_clock_can_wait() -> None:
    with serving(served({"/a?wsdl": wsdl()})) as web:
        assert len(read(f"{web.url}/a?wsdl", Limits(seconds=1e15)).schemas) == 1


def test_a_document_without_an_end() -> None:
    with (
        trickling(HEAD + b"\r\n", b" " * 2**16, pause=0) as address,
        pytest.raises(LimitError, match=r"larger than 1 MB; .*--limit size=2MB"),
    ):
        read(address, Limits(size=2**20))


def packed(times: int) -> Serve:
    content = b" " * (2 * 2**20)
    for _ in range(times):
        content = gzip.compress(content)
    headers = {"Content-Encoding": ", ".join(["gzip"] * times)}
    return lambda path, _: Answer(content, headers=headers)


@pytest.mark.slow
def test_a_document_that_unpacks_to_too_much() -> None:
    with serving(packed(1)) as web, pytest.raises(LimitError, match=r"larger than 1 MB"):
        read(web.url, Limits(size=2**20))


@pytest.mark.slow
def test_a_document_that_is_packed_twice() -> None:
    with (
        serving(packed(2)) as web,
        pytest.raises(SourceError, match=r"'gzip, gzip', which soapgen"),
    ):
        read(web.url)
