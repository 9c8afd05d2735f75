"""Every service of a WSDL has a client, and what is left out of it is named."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from soapgen.contract import select
from soapgen.serve import SoapServer

from tests.support.command import snapshot, soapgen
from tests.support.packages import build_package, contract_of, generated, planned
from tests.support.small import changed, wsdl

PORT = """
    <wsdl:port name="{name}" binding="tns:{binding}">
      <soap:address location="http://localhost/{name}"/>
    </wsdl:port>"""


def services(*names: str) -> str:
    """The small WSDL with more services, all of which have the same port type."""
    ports = {name: PORT.format(name=name, binding="PeopleBinding") for name in names}
    more = "".join(
        f'<wsdl:service name="{name}">{port}</wsdl:service>' for name, port in ports.items()
    )
    return changed(wsdl(), ("</wsdl:definitions>", more + "</wsdl:definitions>"))


def other_port_type(text: str, name: str) -> str:
    """``text`` with the port type once more under another ``name``, at a port of its own."""
    for kind in ("portType", "binding"):
        start, end = text.index(f"<wsdl:{kind} "), text.index(f"</wsdl:{kind}>")
        again = text[start:end] + f"</wsdl:{kind}>"
        again = again.replace('name="People', f'name="{name}').replace("tns:People", f"tns:{name}")
        text = text[:start] + again + text[start:]
    port = PORT.format(name=f"{name}Port", binding=f"{name}Binding")
    return text.replace("</wsdl:service>", f"{port}</wsdl:service>", 1)


def written(folder: Path, text: str) -> Path:
    path = folder / "People.wsdl"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.slow
def test_services_that_share_a_port_type_keep_their_names_and_addresses(tmp_path: Path) -> None:
    written(tmp_path, services("OtherService"))
    result = soapgen("build", "People.wsdl", "--out", ".", cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    found = snapshot(tmp_path / "people_client")
    assert b"http://localhost/people" in found["people/client.py"]
    assert b"class PeopleClient" in found["people/client.py"]
    assert b"http://localhost/OtherService" in found["other/client.py"]
    assert b"class OtherClient" in found["other/client.py"]
    assert soapgen("check", tmp_path / "people_client", cwd=tmp_path).returncode == 0
    sample = ("sample", "People.wsdl", "--all", "--out", "messages")
    assert soapgen(*sample, cwd=tmp_path).returncode == 0
    assert len(snapshot(tmp_path / "messages")) == 4


@pytest.mark.slow
def test_a_service_of_which_nothing_is_left_is_named(tmp_path: Path) -> None:
    port = 'name="OtherService" binding="tns:{}"'
    text = changed(services("OtherService"), (port.format("PeopleBinding"), port.format("Nothing")))
    written(tmp_path, text)
    reason = "binding {urn:example:people}Nothing is not defined"
    built = soapgen("build", "People.wsdl", cwd=tmp_path)
    assert built.returncode == 0, built.stderr
    assert "Left out: port OtherService of service OtherService (People.wsdl:" in built.stdout
    assert reason in built.stdout
    strict = soapgen("build", "People.wsdl", "--strict", "--out", "strict", cwd=tmp_path)
    assert strict.returncode == 2
    assert reason in strict.stderr
    for asked in (("--service", "PeopleService"), ("--operation", "Find")):
        other = soapgen("build", "People.wsdl", *asked, "--strict", "--out", "asked", cwd=tmp_path)
        assert other.returncode == 0, other.stderr
        assert "Left out" not in other.stdout


@pytest.mark.slow
def test_one_of_several_services_is_built_if_it_is_named(tmp_path: Path) -> None:
    written(tmp_path, services("OtherService"))
    result = soapgen("build", "People.wsdl", "--service", "Other", "--strict", cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    assert "Left out" not in result.stdout
    assert "OtherClient" in (tmp_path / "generated/people_client/client.py").read_text()


def test_each_port_type_of_a_service_has_a_client(tmp_path: Path) -> None:
    plan = planned(written(tmp_path, other_port_type(wsdl(), "Others")), name="both")
    assert [(item.service, item.address) for item in plan.packages] == [
        ("People", "http://localhost/people"),
        ("Others", "http://localhost/OthersPort"),
    ]


def both_versions() -> str:
    """The small WSDL with a second port, for SOAP 1.2."""
    text = wsdl()
    start, end = text.index("<wsdl:binding "), text.index("</wsdl:binding>")
    again = text[start:end].replace('"PeopleBinding"', '"NewerBinding"')
    again = again.replace("<soap:", "<soap12:").replace(
        "<wsdl:binding ",
        '<wsdl:binding xmlns:soap12="http://schemas.xmlsoap.org/wsdl/soap12/" ',
    )
    text = text[:end] + "</wsdl:binding>" + again + text[end:]
    port = PORT.format(name="NewerPort", binding="NewerBinding")
    return text.replace("</wsdl:service>", port + "</wsdl:service>")


@pytest.mark.slow
def test_ports_that_differ_in_version_are_one_client(
    tmp_path: Path, soap_server: Callable[..., SoapServer]
) -> None:
    source = written(tmp_path, both_versions())
    package = build_package(source, tmp_path, name="both_versions", server=False)
    assert package.client.PeopleClient.ADDRESS == "http://localhost/people"
    assert package.client.AsyncPeopleClient.ADDRESS == "http://localhost/people"
    server = soap_server(source)
    spaces = {
        "1.1": "http://schemas.xmlsoap.org/soap/envelope/",
        "1.2": "http://www.w3.org/2003/05/soap-envelope",
    }
    for version in ("1.1", "1.2", None):
        seen: list[Any] = []
        options: dict[str, str] = {} if version is None else {"soap_version": version}
        with package.client.PeopleClient(server.url, **options) as client:
            client.with_options(before=seen.append).find(" ".join(spaces.values()))
        content = server.service.received[-1].content.decode()
        space = spaces[version or "1.1"]
        assert f'<s:Envelope xmlns:s="{space}"' in content
        assert [content.count(each) for each in spaces.values()] == [
            1 + (each == space) for each in spaces.values()
        ]
        assert ("SOAPAction" in seen[0].http_headers) is (version != "1.2")
    with pytest.raises(ValueError, match=r"soap_version is 1\.1 or 1\.2, not '2'"):
        package.client.PeopleClient(server.url, soap_version="2")


def test_both_versions_are_there_for_some_of_the_operations(tmp_path: Path) -> None:
    again = re.sub(
        r'<wsdl:operation name="Find">.*?</wsdl:operation>',
        lambda found: found[0] + found[0].replace('"Find"', '"Lose"'),
        both_versions(),
        flags=re.DOTALL,
    )
    source = written(tmp_path, again)
    made = generated(source, name="both", operations=("Find",))
    assert [item.xml_name for item in made.plan.packages[0].operations] == ["Find"]
    assert made.plan.packages[0].soap_versions == ("1.1", "1.2")
    assert made.left_out == ()


@pytest.mark.parametrize(
    ("port_type", "service", "name"),
    [
        ("IService1", "OrdersService", "Orders"),
        ("Service1", "Service1", "Service1"),
        ("WSHttpBinding_IOrders", "Anything", "IOrders"),
        ("Port", "OrdersService", "Orders"),
        ("CalculatorSoap", "Anything", "Calculator"),
    ],
)
def test_a_name_that_a_tool_has_made_up_is_not_used(
    port_type: str, service: str, name: str, tmp_path: Path
) -> None:
    text = wsdl().replace("PeopleService", service)
    text = text.replace('portType name="People"', f'portType name="{port_type}"')
    contract = contract_of(written(tmp_path, text.replace('"tns:People"', f'"tns:{port_type}"')))
    (chosen,) = select([contract])
    assert chosen.name == name


LOST = '<wsdl:operation name="Lose">{}</wsdl:operation></wsdl:{}>'
DECLARED = ("</wsdl:portType>", LOST.format('<wsdl:input message="tns:FindRequest"/>', "portType"))
ABSENT = '<soap:body use="literal"/><soap:header message="tns:Absent" part="a" use="literal"/>'
BOUND = ("</wsdl:binding>", LOST.format("", "binding"))


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ([DECLARED], "operation Lose is not bound by {urn:example:people}PeopleBinding"),
        ([BOUND], "operation Lose is bound but not in portType {urn:example:people}People"),
        (
            [("</wsdl:portType>", LOST.format("<wsdl:output/>", "portType")), BOUND],
            "operation Lose does not begin with an input: it is a notification",
        ),
        (
            [
                (DECLARED[0], DECLARED[1].replace("FindRequest", "Nothing")),
                BOUND,
            ],
            "message {urn:example:people}Nothing is not defined",
        ),
        (
            # Whether the service answers without the header, no contract says.
            [
                DECLARED,
                ("</wsdl:binding>", LOST.format(f"<wsdl:input>{ABSENT}</wsdl:input>", "binding")),
            ],
            "message {urn:example:people}Absent is not defined",
        ),
    ],
)
def test_an_operation_that_cannot_be_generated_is_left_out_and_named(
    changes: list[tuple[str, str]], reason: str, tmp_path: Path
) -> None:
    written(tmp_path, changed(wsdl(), *changes))
    built = soapgen("build", "People.wsdl", cwd=tmp_path)
    assert built.returncode == 0, built.stderr
    (line,) = (line for line in built.stdout.splitlines() if line.startswith("Left out: "))
    assert line.startswith("Left out: operation Lose (People.wsdl:")
    assert f": {reason}; " in line
    strict = soapgen("build", "People.wsdl", "--strict", "--out", "strict", cwd=tmp_path)
    assert strict.returncode == 2
    assert reason in strict.stderr
    assert not (tmp_path / "strict").exists()
    asked = soapgen("build", "People.wsdl", "--operation", "Lose", "--out", "asked", cwd=tmp_path)
    assert asked.returncode == 2
    assert reason in asked.stderr


def test_all_obstacles_are_named_if_nothing_is_left(tmp_path: Path) -> None:
    text = changed(wsdl(), DECLARED, BOUND)
    written(tmp_path, text.replace('message="tns:FindRequest"', 'message="tns:Nothing"'))
    result = soapgen("build", "People.wsdl", cwd=tmp_path)
    assert result.returncode == 2
    first, second = result.stderr.splitlines()
    assert first.startswith("soapgen: error: People.wsdl:")
    assert "message {urn:example:people}Nothing is not defined" in first
    assert second.startswith("Left out: operation Lose (People.wsdl:")


def test_what_is_left_out_for_machines(tmp_path: Path) -> None:
    written(tmp_path, changed(wsdl(), DECLARED))
    result = soapgen("build", "People.wsdl", "--json", cwd=tmp_path)
    report = json.loads(result.stdout)
    assert report["package"] == "generated/people_client"
    assert report["operations"] == 1
    (left_out,) = report["left_out"]
    assert left_out["what"] == "operation Lose"
    assert left_out["file"] == "People.wsdl"
    assert left_out["line"] > 1
    assert left_out["reason"].startswith("operation Lose is not bound by ")
    assert left_out["hint"]


def test_a_port_for_another_protocol_is_named_and_not_missed(tmp_path: Path) -> None:
    text = changed(
        wsdl(),
        ("</wsdl:service>", PORT.format(name="Plain", binding="Plain") + "</wsdl:service>"),
        (
            "<wsdl:service",
            '<wsdl:binding name="Plain" type="tns:People"><http:binding verb="GET" '
            'xmlns:http="http://schemas.xmlsoap.org/wsdl/http/"/></wsdl:binding><wsdl:service',
        ),
    )
    written(tmp_path, text)
    result = soapgen("build", "People.wsdl", "--strict", cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    assert "Left out: port Plain of service PeopleService (People.wsdl:" in result.stdout
    assert "its binding is not one to SOAP" in result.stdout


def overloaded(*inputs: str) -> str:
    """The small WSDL with Find once for each of ``inputs``, under the names that these have."""
    text = wsdl()
    for kind in ("portType", "binding"):
        start = text.index("<wsdl:operation", text.index(f"<wsdl:{kind} "))
        end = text.index(f"</wsdl:{kind}>", start)
        again = (text[start:end].replace("<wsdl:input", f"<wsdl:input{name}") for name in inputs)
        text = text[:start] + "".join(again) + text[end:]
    return text


@pytest.mark.parametrize(
    ("inputs", "names"),
    [
        ((' name="ById"', ' name="ByName"'), ["ById", "ByName"]),
        (("", ' name="ByName"'), ["Find", "Find2"]),
        (("", "", ""), ["Find", "Find2", "Find3"]),
    ],
)
def test_operations_of_one_name_have_names_of_their_own(
    inputs: tuple[str, ...], names: list[str], tmp_path: Path
) -> None:
    contract = contract_of(written(tmp_path, overloaded(*inputs)))
    binding = contract.services[0].ports[0].binding
    assert [operation.name for operation in binding.operations] == names
    assert not binding.left_out
