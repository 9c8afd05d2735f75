"""The pages of a reference: their links, what is in them, and that no contract breaks them."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from soapgen.reference.pages import OperationPage, TypePage
from soapgen.reference.site import Reference

from tests.support.paths import PROJECT, SHOP, WSDL
from tests.support.small import EVERYTHING, changed, wsdl

from .sites import SOURCES, entries, made, site, target, trees

pytestmark = pytest.mark.slow

HOSTILE = '</code></pre><script>alert("x")</script><img src=x onerror=alert(1)>'
ESCAPED = HOSTILE.replace("<", "&lt;").replace(">", "&gt;")


@pytest.mark.parametrize("name", SOURCES)
def test_every_link_leads_to_a_page_and_a_place_in_it(name: str) -> None:
    files = site(name).files
    pages = dict(trees(files))
    checked = 0
    for path, tree in pages.items():
        for href in tree.xpath("//@href | //@src"):
            file, fragment = target(path, href)
            assert file in files, (path, href)
            assert not fragment or pages[file].get_element_by_id(fragment) is not None
            checked += 1
        ids = tree.xpath("//@id")
        assert len(ids) == len(set(ids)), path
    assert checked > len(pages)


@pytest.mark.parametrize("name", SOURCES)
def test_every_page_can_be_reached_and_is_found(name: str) -> None:
    files = site(name).files
    pages = dict(trees(files))
    reached, waiting = set[str](), ["index.html"]
    while waiting:
        path = waiting.pop()
        if path not in reached:
            reached.add(path)
            links = pages[path].xpath("//a/@href")
            waiting += [target(path, href)[0] for href in links]
    assert reached == pages.keys()
    found = {entry[4] for entry in entries(files)}
    assert found == pages.keys() - {"index.html", "types/index.html"}


@pytest.mark.parametrize("name", SOURCES)
def test_types_are_linked_both_ways(name: str) -> None:
    made_site = site(name).site
    types = {page.path: page for page in made_site.types}
    operations = [page for service in made_site.services for page in service.operations]
    pages: list[TypePage | OperationPage] = [*types.values(), *operations]
    for page in pages:
        for path in page.paths():
            if isinstance(page, TypePage) and page.bases and path == page.bases[0].path:
                assert page.path in {link.path for link in types[path].extended_by}
                continue
            users = [link.path for _, links in types[path].users for link in links]
            assert page.path in users
    is_used = [bool(page.users or page.bases or page.extended_by) for page in types.values()]
    assert is_used
    assert all(is_used)


def test_an_operation() -> None:
    """What a person looks for on the page of one."""
    (service,) = site("bank").site.services
    page = next(item for item in service.operations if item.name == "withdraw")
    assert "".join(piece.text for piece in page.signature).startswith("def withdraw(\n    self,\n")
    parameters, returns = page.tables
    assert (parameters.title, [row.name for row in parameters.rows]) == ("Parameters", ["amount"])
    assert returns.title == "Returns"
    headers = {title: [link.text for link in links] for title, links in page.headers}
    assert headers["Raises"] == ["BankFault", "LockedError", "Limit", "SessionFault"]
    (title, samples), _ = page.samples
    assert (title, [item.language for item in samples]) == ("Request", ["Python", "XML", "JSON"])
    python, xml, data = (item.text for item in samples)
    assert "client.withdraw(amount=Decimal(" in python
    assert "<s:Envelope" in xml
    assert data == '{\n  "amount": "0"\n}'


def test_a_class() -> None:
    """Its members have the defaults that they have in Python, and their names in the contract."""
    page = next(item for item in site("shapes").site.types if item.name == "Shape")
    assert (page.kind, page.facts) == ("Dataclass", ("abstract",))
    assert page.package == "shapes_client"
    (members,) = page.tables
    assert [
        (row.name, "".join(piece.text for piece in row.type), row.xml, row.xml_type, row.marks)
        for row in members.rows
    ] == [
        ("label", "str | None = None", "<label>", "string", ("may be nil",)),
        ("paint", "list[Paint] = []", "<paint>", "Paint", ("repeats",)),
    ]
    assert [link.text for link in page.extended_by] == ["Circle", "Dot"]
    assert page.picture is not None
    assert [box.text for box in page.picture.boxes if box.kind == "operation"] == ["exhibit"]


def test_a_soap_header_in_an_element() -> None:
    types = made(WSDL / "EMail.wsdl").site.types
    (headers,) = next(item for item in types if item.name == "RequestHeaders").tables
    assert ("ticket", "<Ticket> in <Credentials>") in {(row.name, row.xml) for row in headers.rows}


def test_services_share_types_and_keep_their_own() -> None:
    made_site = site("shop").site
    owners = {page.service for page in made_site.types}
    assert owners == {"", *(service.name for service in made_site.services)}
    assert all(page.path.startswith("types/") for page in made_site.types if not page.service)


@pytest.mark.parametrize("name", SOURCES)
def test_nothing_is_loaded_from_elsewhere_and_nothing_runs_in_a_page(name: str) -> None:
    files = site(name).files
    for path, tree in trees(files):
        _require_sound(path, tree)
        policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert policy == [
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
            "base-uri 'none'; form-action 'none'"
        ]
    script = files["assets/site.js"] + files["assets/theme.js"] + files["assets/style.css"]
    assert not re.search(rb"https?://|innerHTML|eval\(|@import", script)


def _require_sound(path: str, tree: Any) -> None:
    """Require that a page has the scripts of the templates, and no other code."""
    root = "../" * path.count("/")
    scripts = tree.xpath("//script")
    assert [item.get("src") for item in scripts] == [
        f"{root}assets/theme.js",
        f"{root}assets/site.js",
    ]
    assert not any(item.text for item in scripts)
    attributes = tree.xpath("//@*[starts-with(name(), 'on') or name() = 'style']")
    assert attributes == []
    links = tree.xpath("//@href | //@src")
    assert not [link for link in links if ":" in link or link.startswith("//")]
    assert tree.xpath("//img | //iframe | //object | //form | //style") == []


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Reference:
    """A contract with markup wherever it can have a text."""
    said = f"<xs:annotation><xs:documentation>{ESCAPED}</xs:documentation></xs:annotation>"
    told = f"<wsdl:documentation>{ESCAPED}</wsdl:documentation>"
    attribute = ESCAPED.replace('"', "&quot;")
    text = changed(
        wsdl(EVERYTHING),
        ('<xs:complexType name="Dog">', f'<xs:complexType name="Dog">{said}'),
        ('<xs:simpleType name="Colour">', f'<xs:simpleType name="Colour">{said}'),
        ('<xs:enumeration value="RED"/>', f'<xs:enumeration value="RED">{said}</xs:enumeration>'),
        (
            '<xs:element name="Either" type="tns:Either"/>',
            f'<xs:element name="Either" type="xs:string" default="{attribute}">{said}</xs:element>',
        ),
        ("</xs:schema>", '<xs:element name="Dog" type="tns:Dog"/></xs:schema>'),
        ('<wsdl:operation name="Find">', f'<wsdl:operation name="Find">{told}'),
        ('<wsdl:service name="PeopleService">', f'<wsdl:service name="PeopleService">{told}'),
        ("http://localhost/people", f"javascript:{attribute}"),
        ("urn:example:people:Find", attribute),
    )
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "People<script>.wsdl").write_text(text, encoding="utf-8")
    return made(folder / "People<script>.wsdl")


def test_markup_in_a_contract_is_text(hostile: Reference) -> None:
    shown = 0
    for path, tree in trees(hostile.files):
        _require_sound(path, tree)
        shown += tree.text_content().count('<script>alert("x")</script>')
    assert shown > 5
    assert any(HOSTILE in entry[5] for entry in entries(hostile.files))


def test_what_is_left_out_is_said(tmp_path: Path) -> None:
    ping = '<soap:operation soapAction="urn:example:people:Find"'
    text = wsdl()
    operation = text[text.index('<wsdl:operation name="Find">\n      <soap') :]
    operation = operation[: operation.index("</wsdl:operation>") + len("</wsdl:operation>")]
    other = operation.replace('"Find"', '"Ping"').replace(ping, f'{ping} style="rpc"')
    declared = text[text.index('<wsdl:operation name="Find">\n      <wsdl') :]
    declared = declared[: declared.index("</wsdl:operation>") + len("</wsdl:operation>")]
    again = declared.replace('"Find"', '"Ping"')
    (tmp_path / "People.wsdl").write_text(
        changed(text, (declared, declared + again), (operation, operation + other)),
        encoding="utf-8",
    )
    result = made(tmp_path / "People.wsdl")
    assert [item.what for item in result.left_out] == ["operation Ping"]
    assert b"operation Ping<p>" in result.files["index.html"]


def test_the_same_files_each_time(tmp_path: Path) -> None:
    code = (
        "import sys, hashlib; from pathlib import Path; from tests.reference.sites import made\n"
        "files = made(Path(sys.argv[1])).files\n"
        "print(hashlib.sha256(repr(sorted(files.items())).encode()).hexdigest())"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", code, str(SHOP)],
            cwd=PROJECT,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(PROJECT)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(found) == 1


def test_the_library_is_as_it_was_released_and_has_its_licence() -> None:
    files = site("bank").files
    record = (PROJECT / "docs/decisions/0069-the-search-is-minisearch.md").read_text("utf-8")
    assert hashlib.sha256(files["assets/minisearch.js"]).hexdigest() in record
    assert b"Luca Ongaro" in files["assets/minisearch.LICENSE.txt"]
