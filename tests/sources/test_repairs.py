"""What is wrong in published contracts and can mean one thing only is mended, and said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from soapgen.contract import read as read_contract
from soapgen.contract.model import ComplexType, QName
from soapgen.contract.services import Contract
from soapgen.errors import RepairError, SourceError
from soapgen.sources import ReadOptions, find_sources, read_all_documents

from tests.support.command import soapgen
from tests.support.small import SCHEMA, wsdl

ENCODING = "http://schemas.xmlsoap.org/soap/encoding/"
PERSON = '<xs:element name="Age" type="xs:int" minOccurs="0"/>'


def person_with(member: str, imports: str = "") -> str:
    """A WSDL whose type Person has ``member``, in a schema that begins with ``imports``."""
    return wsdl(imports + SCHEMA.replace(PERSON, PERSON + member))


def contract_of(folder: Path, text: str, options: ReadOptions | None = None) -> Contract:
    (folder / "People.wsdl").write_text(text, "utf-8")
    sources = find_sources([folder / "People.wsdl"], options=options)
    return read_contract(read_all_documents(sources)[0])


def repairs_of(folder: Path, text: str) -> list[tuple[str, int | None, str]]:
    """The name, the line and the text of each repair; without repairs, these are an error."""
    repairs = contract_of(folder, text).repairs
    for repair in repairs:
        assert repair.place.document.startswith(str(folder))
    if repairs:
        with pytest.raises(RepairError, match="leave --no-repair out"):
            contract_of(folder, text, ReadOptions(repair=False))
    return [(repair.name, repair.place.line, repair.what) for repair in repairs]


def test_nothing_to_mend(tmp_path: Path) -> None:
    assert repairs_of(tmp_path, wsdl()) == []
    assert contract_of(tmp_path, wsdl(), ReadOptions(repair=False)).types


BROUGHT = [
    (ENCODING, "string", "type"),
    ("http://www.w3.org/2005/05/xmlmime", "base64Binary", "type"),
    ("http://ws-i.org/profiles/basic/1.1/xsd", "swaRef", "type"),
    ("http://www.w3.org/2005/08/addressing", "EndpointReference", "ref"),
    ("http://schemas.xmlsoap.org/ws/2004/08/addressing", "EndpointReferenceType", "type"),
]


@pytest.mark.parametrize(("namespace", "name", "attribute"), BROUGHT)
def test_a_schema_that_soapgen_brings(
    tmp_path: Path, namespace: str, name: str, attribute: str
) -> None:
    named = 'name="More" ' if attribute == "type" else ""
    member = f'<xs:element {named}{attribute}="b:{name}" xmlns:b="{namespace}"/>'
    text = person_with(member, f'<xs:import namespace="{namespace}"/>')
    assert repairs_of(tmp_path, text) == [
        ("bundled-schema", 10, f"no document has the schema of {namespace}; soapgen's own is taken")
    ]
    person = contract_of(tmp_path, text).types[QName("urn:example:people", "Person")]
    assert isinstance(person, ComplexType)
    assert [particle.name.local for particle in person.content.particles][2:] in (  # type: ignore[union-attr]
        ["More"],
        ["EndpointReference"],
    )


def test_it_is_not_brought_where_it_is_not_needed(tmp_path: Path) -> None:
    """Old tools import the encoding into each contract, and .NET declares its prefix."""
    for imports in ("", f'<xs:import namespace="{ENCODING}"/>'):
        text = person_with("", imports).replace("<xs:schema", f'<xs:schema xmlns:e="{ENCODING}"')
        assert repairs_of(tmp_path, text) == []


def test_the_schema_of_a_document_comes_first(tmp_path: Path) -> None:
    own = f"""<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="{ENCODING}">
      <xs:simpleType name="string"><xs:restriction base="xs:token"/></xs:simpleType></xs:schema>"""
    (tmp_path / "own.xsd").write_text(own, "utf-8")
    member = f'<xs:element name="More" type="e:string" xmlns:e="{ENCODING}"/>'
    text = person_with(member, f'<xs:import namespace="{ENCODING}" schemaLocation="own.xsd"/>')
    assert repairs_of(tmp_path, text) == []
    assert QName(ENCODING, "int") not in contract_of(tmp_path, text).types


def test_a_location_on_another_host_of_a_schema_that_soapgen_brings(tmp_path: Path) -> None:
    member = f'<xs:element name="More" type="e:string" xmlns:e="{ENCODING}"/>'
    imported = f'<xs:import namespace="{ENCODING}" schemaLocation="{ENCODING}"/>'
    assert repairs_of(tmp_path, person_with(member, imported)) == [
        (
            "bundled-schema",
            6,
            f"the import of {ENCODING} leads to another host; soapgen's own schema of {ENCODING} "
            "is taken",
        )
    ]


OTHER = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:other">
      <xs:simpleType name="Code"><xs:restriction base="xs:token"/></xs:simpleType></xs:schema>"""
CODE = '<xs:element name="Code" type="o:Code" xmlns:o="urn:other"/>'


def test_a_location_that_leads_nowhere_though_the_schema_is_here(tmp_path: Path) -> None:
    text = person_with(CODE, '<xs:import namespace="urn:other" schemaLocation="gone.xsd"/>')
    text = text.replace("<wsdl:types>", f"<wsdl:types>{OTHER}")
    assert repairs_of(tmp_path, text) == [
        (
            "other-location",
            7,
            "the import of gone.xsd cannot be found; the schema of urn:other that is here is taken",
        )
    ]


def test_an_import_that_leads_nowhere_and_is_not_used(tmp_path: Path) -> None:
    text = person_with("", '<xs:import namespace="urn:o" schemaLocation="http://h/gone.xsd"/>')
    assert repairs_of(tmp_path, text) == [
        (
            "unused-import",
            6,
            "the import of http://h/gone.xsd leads to another host; nothing of it is used, and it "
            "is left out",
        )
    ]


@pytest.mark.parametrize("here", ["", OTHER.replace("Code", "Else")])
def test_an_import_that_leads_nowhere_and_is_needed(tmp_path: Path, here: str) -> None:
    text = person_with(CODE, '<xs:import namespace="urn:other" schemaLocation="gone.xsd"/>')
    text = text.replace("<wsdl:types>", f"<wsdl:types>{here}")
    with pytest.raises(SourceError, match=r"the import of gone\.xsd cannot be found; put"):
        contract_of(tmp_path, text)


def test_the_schema_for_schemas_needs_no_document(tmp_path: Path) -> None:
    """DataSets of .NET import it from where it is published."""
    namespace = "http://www.w3.org/2001/XMLSchema"
    imported = f'<xs:import namespace="{namespace}" schemaLocation="{namespace}.xsd"/>'
    assert repairs_of(tmp_path, person_with('<xs:element ref="xs:schema"/>', imported)) == []


@pytest.mark.slow
def test_a_build_says_what_it_mended_and_check_repeats_it(tmp_path: Path) -> None:
    member = f'<xs:element name="More" type="e:string" xmlns:e="{ENCODING}"/>'
    text = person_with(member, f'<xs:import namespace="{ENCODING}"/>')
    (tmp_path / "People.wsdl").write_text(text, "utf-8")
    result = soapgen("build", "People.wsdl", cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    lines = [line for line in result.stdout.splitlines() if line.startswith("Repaired: ")]
    assert lines[0] == (
        f"Repaired: People.wsdl:10: no document has the schema of {ENCODING}; soapgen's own is "
        "taken (bundled-schema)."
    )
    manifest = tmp_path / "generated/people_client/soapgen.json"
    content = json.loads(manifest.read_text("utf-8"))
    assert content["repaired"][0] == {
        "repair": "bundled-schema",
        "what": f"no document has the schema of {ENCODING}; soapgen's own is taken",
        "file": "People.wsdl",
        "line": 10,
    }
    assert list(content["sources"]["../../People.wsdl"]) == [
        "People.wsdl",
        "soapgen:soap-encoding.xsd",
    ]
    assert soapgen("check", cwd=tmp_path).returncode == 0
    assert soapgen("check", "--regenerate", cwd=tmp_path).returncode == 0
    for options, is_up_to_date in ((["--force"], False), ([], True)):
        printed = soapgen("build", "People.wsdl", "--json", *options, cwd=tmp_path).stdout
        data = json.loads(printed)
        assert (data["up_to_date"], data["repaired"]) == (is_up_to_date, content["repaired"])
    refused = soapgen("build", "People.wsdl", "--no-repair", cwd=tmp_path)
    assert refused.returncode == 2
    assert "People.wsdl:10: no document has the schema of " in refused.stderr


def test_a_namespace_that_is_used_and_not_imported(tmp_path: Path) -> None:
    text = person_with(CODE).replace("<wsdl:types>", f"<wsdl:types>{OTHER}")
    assert repairs_of(tmp_path, text) == [
        (
            "missing-import",
            11,
            "type {urn:other}Code is used, and the schema does not import urn:other; it is "
            "imported",
        )
    ]
    assert QName("urn:other", "Code") in contract_of(tmp_path, text).types


def test_an_attribute_of_xml_needs_an_import(tmp_path: Path) -> None:
    text = wsdl(SCHEMA.replace("</xs:sequence>", '</xs:sequence><xs:attribute ref="xml:lang"/>', 1))
    assert [name for name, _, _ in repairs_of(tmp_path, text)] == ["missing-import"]


def test_definitions_that_are_there_twice(tmp_path: Path) -> None:
    """In one schema, as in two."""
    again = SCHEMA + SCHEMA
    assert repairs_of(tmp_path, wsdl(again)) == [
        (
            "same-definition",
            28,
            "type {urn:example:people}Person and 2 more are defined again, in the same way; one of "
            "each is taken",
        )
    ]
    changed = SCHEMA.replace('"Age" type="xs:int"', '"Age" type="xs:string"')
    with pytest.raises(SourceError, match="is already defined at"):
        contract_of(tmp_path, wsdl(SCHEMA + changed))


def test_a_reference_that_leads_nowhere(tmp_path: Path) -> None:
    lost = '<xs:element name="Lost" type="tns:Gone"/><xs:element name="More" type="tns:Gone"/>'
    text = wsdl(SCHEMA + lost)
    ((name, line, what),) = repairs_of(tmp_path, text)
    assert (name, line) == ("absent-reference", 27)
    assert what == "type {urn:example:people}Gone is not defined; what needs it is left out"
    assert [item.what for item in contract_of(tmp_path, text).left_out] == [
        "element {urn:example:people}Lost",
        "element {urn:example:people}More",
    ]


@pytest.mark.parametrize(
    ("old", "kind"),
    [
        ('binding="tns:PeopleBinding"', "binding"),
        ('type="tns:People"', "portType"),
        ('message="tns:FindRequest"', "message"),
    ],
)
def test_a_definition_of_the_only_local_name(tmp_path: Path, old: str, kind: str) -> None:
    wrong = old.replace("tns:", "other:") + ' xmlns:other="urn:other"'
    text = wsdl().replace(old, wrong)
    assert text != wsdl()
    ((name, line, what),) = repairs_of(tmp_path, text)
    local = old.partition(":")[2].strip('"')
    assert name == "other-namespace"
    assert wrong in text.splitlines()[(line or 0) - 1]
    assert what == (
        f"{kind} {{urn:other}}{local} is not defined; {{urn:example:people}}{local} is taken"
    )
    assert contract_of(tmp_path, text).services == contract_of(tmp_path, wsdl()).services


def test_two_definitions_of_one_local_name(tmp_path: Path) -> None:
    (tmp_path / "More.wsdl").write_text(
        wsdl(service=False).replace("urn:example:people", "urn:more"), encoding="utf-8"
    )
    imported = '<wsdl:import namespace="urn:more" location="More.wsdl"/><wsdl:types>'
    text = wsdl().replace("<wsdl:types>", imported)
    wrong = 'message="other:FindRequest" xmlns:other="urn:other"'
    with pytest.raises(SourceError, match=r"message \{urn:other\}FindRequest is not defined"):
        contract_of(tmp_path, text.replace('message="tns:FindRequest"', wrong))


def test_a_wsdl_without_a_service(tmp_path: Path) -> None:
    """Each port type has a service, with a port for each of its SOAP bindings."""
    twelve = "http://schemas.xmlsoap.org/wsdl/soap12/"
    binding = wsdl(soap=twelve, service=False).partition("<wsdl:binding")[2]
    binding = binding.partition("</wsdl:definitions>")[0].replace("People", "Other", 1)
    binding = binding.replace('name="Other', f'xmlns:soap="{twelve}" name="Other', 1)
    text = wsdl(service=False).replace(
        "</wsdl:definitions>", f"<wsdl:binding{binding}</wsdl:definitions>"
    )
    ((name, _, what),) = repairs_of(tmp_path, text)
    assert name == "no-service"
    assert what == (
        "no service is defined; each SOAP binding is taken as a port without an address"
    )
    (service,) = contract_of(tmp_path, text).services
    assert service.name == QName("urn:example:people", "People")
    assert [(port.name, port.address, port.binding.soap_version) for port in service.ports] == [
        ("PeopleBinding", "", "1.1"),
        ("OtherBinding", "", "1.2"),
    ]


def test_a_service_whose_port_names_no_binding(tmp_path: Path) -> None:
    text = wsdl().replace('binding="tns:PeopleBinding"', 'binding="tns:Gone"')
    ((name, _, what),) = repairs_of(tmp_path, text)
    assert name == "no-service"
    assert what.startswith("no service has a port whose binding is defined; ")
    defined, taken = contract_of(tmp_path, text).services
    assert [item.what for item in defined.left_out] == ["port PeoplePort of service PeopleService"]
    assert [port.name for port in taken.ports] == ["PeopleBinding"]


def test_a_package_of_a_wsdl_without_a_service(tmp_path: Path) -> None:
    (tmp_path / "People.wsdl").write_text(wsdl(service=False), "utf-8")
    result = soapgen("build", "People.wsdl", "-o", "out", cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    client = (tmp_path / "out" / "people_client" / "client.py").read_text("utf-8")
    assert "class PeopleClient(" in client
    assert "ADDRESS" not in client


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('<xs:element name="Find">', '<xs:element name="Find" minOccurs="0">', "minOccurs"),
        ('name="Age" ', 'name="Age" label="Age in years" ', "label"),
    ],
)
def test_an_attribute_that_means_nothing(tmp_path: Path, old: str, new: str, what: str) -> None:
    ((name, _, text),) = repairs_of(tmp_path, wsdl(SCHEMA.replace(old, new)))
    assert name == "ignored-attribute"
    assert text == (
        f"xs:element has an attribute {what!r}, which means nothing there; it is ignored"
    )


def test_an_attribute_that_is_nearly_one_that_means_something(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="minOccur"):
        contract_of(tmp_path, wsdl(SCHEMA.replace("minOccurs", "minOccur", 1)))


def test_a_definition_that_is_not_valid(tmp_path: Path) -> None:
    """What needs it is left out, with the reason; the operation is there."""
    bad = """<xs:complexType name="Bad"><xs:sequence><xs:oops/></xs:sequence></xs:complexType>
      <xs:simpleType name="Worse"><xs:restriction base="tns:Bad"/></xs:simpleType>
      <xs:element name="User" type="tns:Bad"/>"""
    text = wsdl(SCHEMA + bad)
    ((name, line, what),) = repairs_of(tmp_path, text)
    assert (name, line) == ("invalid-definition", 27)
    assert what.startswith("type {urn:example:people}Bad is not valid: ")
    assert what.endswith("; what needs it is left out")
    contract = contract_of(tmp_path, text)
    assert [item.what for item in contract.left_out] == [
        "type {urn:example:people}Bad",
        "type {urn:example:people}Worse",
        "element {urn:example:people}User",
    ]
    assert contract.services[0].ports[0].binding.operations


def test_more_definitions_than_are_tried(tmp_path: Path) -> None:
    bad = "".join(
        f'<xs:complexType name="Bad{number}"><xs:all><xs:oops/></xs:all></xs:complexType>'
        for number in range(11)
    )
    with pytest.raises(SourceError, match="oops"):
        contract_of(tmp_path, wsdl(SCHEMA + bad))
