"""What ``soapgen call`` sends, prints and refuses, against the server for tests."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from soapgen.serve import SoapServer
from soapgen.sources import find_sources

from tests.support.command import soapgen
from tests.support.packages import Built
from tests.support.paths import ECHO, SHAPES, SHOP, WSDL
from tests.support.small import SCHEMA, wsdl

pytestmark = pytest.mark.slow

EMAIL = WSDL / "EMail.wsdl"
SECRET = "s3cr3t-ticket"


@pytest.fixture(scope="module")
def server() -> Iterator[SoapServer]:
    with SoapServer(find_sources([EMAIL])) as running:
        yield running


@pytest.fixture(autouse=True)
def _as_usual(server: SoapServer) -> None:
    server.service.as_usual()


def call(server: SoapServer, *arguments: str | Path, **environment: str) -> Any:
    """The result of ``soapgen call`` with ``arguments`` for the EMail service."""
    operation, *options = arguments
    command = ["call", EMAIL, operation, "--url", server.url, *options]
    return soapgen(*command, cwd=WSDL, **environment)


def sent(server: SoapServer) -> etree._Element:
    """The last request."""
    return etree.fromstring(server.service.received[-1].content)


def texts(root: etree._Element, name: str) -> list[str | None]:
    return [node.text for node in root.iter(f"{{*}}{name}")]


# --- what is sent and printed --------------------------------------------------------------------


def test_the_answer_is_json(server: SoapServer, email: Built) -> None:
    made = email.models.EMailEntity(subject="Hello", size=17)
    server.service.answer("GetEMail", email.build_response("get_email", made))
    result = call(server, "GetEMail", "--set", "Id=17")
    assert (result.returncode, result.stderr) == (0, "")
    data = json.loads(result.stdout)
    assert (data["Subject"], data["Size"]) == ("Hello", 17)
    assert texts(sent(server), "Id") == ["17"]


def test_the_answer_is_xml(server: SoapServer, email: Built) -> None:
    server.service.answer("GetEMail", email.build_response("get_email", email.models.EMailEntity()))
    result = call(server, "GetEMail", "--set", "Id=1", "--xml")
    assert result.returncode == 0
    assert etree.fromstring(result.stdout).tag.endswith("}Envelope")


def test_members_one_by_one(server: SoapServer) -> None:
    settings = ["Email.Subject=5", "Email.Priority=High", "Email.To[0].Address=a", "Email.Size=7"]
    settings += ["Email.To[1].Address=b=c"]
    result = call(server, "Save", *(item for each in settings for item in ("--set", each)))
    assert result.returncode == 0, result.stderr
    root = sent(server)
    assert texts(root, "Subject") == ["5"]
    assert texts(root, "Size") == ["7"]
    assert texts(root, "Address") == ["a", "b=c"]


def test_members_of_a_file_and_one_more(server: SoapServer, tmp_path: Path) -> None:
    data = {"Email": {"Subject": "from the file", "Size": 7}}
    (tmp_path / "email.json").write_text(json.dumps(data), encoding="utf-8")
    result = call(server, "Save", "--json", tmp_path / "email.json", "--set", "Email.Size=8")
    assert result.returncode == 0, result.stderr
    assert texts(sent(server), "Subject") == ["from the file"]
    assert texts(sent(server), "Size") == ["8"]


def test_members_of_the_standard_input(server: SoapServer) -> None:
    command = ["call", str(EMAIL), "GetEMail", "--url", server.url, "--json", "-"]
    result = subprocess.run(
        [sys.executable, "-m", "soapgen", *command], input='{"Id": 9}', text=True, check=False
    )
    assert result.returncode == 0
    assert texts(sent(server), "Id") == ["9"]


def test_a_fault(server: SoapServer) -> None:
    server.service.fault("Send", "Disk full")
    result = call(server, "Send", "--set", "Emails=[]")
    assert (result.returncode, result.stderr) == (1, "")
    fault = json.loads(result.stdout)["fault"]
    assert (fault["type"], fault["reason"]) == ("SoapFault", "Disk full")


def test_a_fault_that_the_contract_declares() -> None:
    soap = "http://www.w3.org/2003/05/soap-envelope"
    refusal = (
        f'<s:Envelope xmlns:s="{soap}"><s:Body><s:Fault><s:Code><s:Value>s:Receiver</s:Value>'
        '</s:Code><s:Reason><s:Text xml:lang="en">Not yet</s:Text></s:Reason><s:Detail>'
        '<t:Refusal xmlns:t="urn:example:shapes"><until>2026-01-02</until></t:Refusal>'
        "</s:Detail></s:Fault></s:Body></s:Envelope>"
    )
    with SoapServer(find_sources([SHAPES])) as running:
        running.service.answer("Close", refusal.encode())
        result = soapgen("call", SHAPES, "Close", "--url", running.url, cwd=WSDL)
    assert result.returncode == 1, result.stderr
    fault = json.loads(result.stdout)["fault"]
    assert (fault["type"], fault["reason"]) == ("RefusalError", "Not yet")
    assert fault["detail"] == {"until": "2026-01-02"}


def test_one_of_several_services() -> None:
    data = ["--set", "Details.Open=true", "--soap-header", "Token=env:TOKEN"]
    with SoapServer(find_sources([SHOP])) as running:
        (url,) = (address for address in running.addresses() if "Orders" in address)
        options = ["--url", url, *data]
        result = soapgen("call", SHOP, "Orders.Find", *options, cwd=WSDL, TOKEN=SECRET)
        unclear = soapgen("call", SHOP, "Find", *options, cwd=WSDL)
    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout).keys() == {"Orders", "Complete"}
    assert unclear.returncode == 2
    assert "an operation Find in Orders and Stock" in unclear.stderr


def test_what_is_mended_is_said(tmp_path: Path) -> None:
    nowhere = '<xs:import namespace="urn:none" schemaLocation="nowhere.xsd"/>'
    (tmp_path / "People.wsdl").write_text(wsdl(nowhere + SCHEMA), encoding="utf-8")
    options = ["--url", "http://127.0.0.1/", "--dry-run", "--set", "Name=Ann"]
    result = soapgen("call", "People.wsdl", "Find", *options, cwd=tmp_path)
    assert result.returncode == 0
    assert texts(etree.fromstring(result.stdout), "Name") == ["Ann"]
    assert result.stderr.startswith("Repaired: People.wsdl:")


# --- secrets -------------------------------------------------------------------------------------


def test_secrets_of_the_environment(server: SoapServer) -> None:
    options = ["--soap-header", "Ticket=env:TICKET", "--header", "Authorization=env:TOKEN"]
    result = call(server, "GetEMail", "--set", "Id=1", *options, TICKET=SECRET, TOKEN="Bearer x")
    assert result.returncode == 0, result.stderr
    assert texts(sent(server), "Ticket") == [SECRET]


def test_a_dry_run_shows_no_secret(server: SoapServer) -> None:
    before = len(server.service.received)
    options = ["--dry-run", "--soap-header", "Ticket=env:TICKET"]
    result = call(server, "GetEMail", "--set", "Id=1", *options, TICKET=SECRET)
    assert result.returncode == 0
    assert texts(etree.fromstring(result.stdout), "Ticket") == ["***"]
    assert SECRET not in result.stdout
    assert len(server.service.received) == before


def test_an_answer_shows_no_secret(server: SoapServer, email: Built) -> None:
    made = email.models.EMailEntity(subject=f"Your ticket is {SECRET}")
    server.service.answer("GetEMail", email.build_response("get_email", made))
    options = ["--set", "Id=1", "--soap-header", "Ticket=env:TICKET"]
    for more in ([], ["--xml"]):
        result = call(server, "GetEMail", *options, *more, TICKET=SECRET)
        assert result.returncode == 0
        assert SECRET not in result.stdout
        assert "Your ticket is ***" in result.stdout


@pytest.mark.parametrize(
    "options",
    [
        ["--soap-header", f"Ticket={SECRET}"],
        ["--header", f"Authorization: {SECRET}"],
        ["--header", f"X-Api-Key={SECRET}"],
    ],
)
def test_a_secret_on_the_command_line(server: SoapServer, options: list[str]) -> None:
    result = call(server, "GetEMail", "--set", "Id=1", *options)
    assert result.returncode == 2
    assert "is a secret, which must not be on a command line" in result.stderr
    assert "env:VARIABLE" in result.stderr
    assert SECRET not in result.stderr


def test_a_secret_member_and_address() -> None:
    arguments = ["call", str(EMAIL), "GetFolderList", "--dry-run"]
    member = ["--set", f"ConnectionInfo.Password={SECRET}"]
    result = soapgen(*arguments, "--url", "http://127.0.0.1/", *member, cwd=WSDL)
    assert result.returncode == 2
    assert "Password is a secret" in result.stderr
    member = ["--set", f'ConnectionInfo={{"Password": "{SECRET}"}}']
    result = soapgen(*arguments, "--url", "http://127.0.0.1/", *member, cwd=WSDL)
    assert result.returncode == 2
    assert "Password is a secret" in result.stderr
    result = soapgen(*arguments, "--url", f"http://u:{SECRET}@127.0.0.1/", cwd=WSDL)
    assert result.returncode == 2
    assert "the address has a secret" in result.stderr
    assert SECRET not in result.stderr


def test_a_message_shows_no_secret(server: SoapServer) -> None:
    options = ["--set", "Id=env:NUMBER"]
    result = call(server, "GetEMail", *options, NUMBER="99999999999")
    assert result.returncode == 2
    assert "Id: *** is out of the range of xs:int" in result.stderr


def test_the_command_of_curl(server: SoapServer, tmp_path: Path) -> None:
    data = {"Email": {"Subject": "a$b `c` \\ ' \""}}
    (tmp_path / "email.json").write_text(json.dumps(data), encoding="utf-8")
    options = ["--soap-header", "Ticket=env:TICKET", "--header", "Authorization=prompt:"]
    options += ["--json", str(tmp_path / "email.json"), "--curl"]
    result = call(server, "Save", *options, TICKET=SECRET)
    assert result.returncode == 0, result.stderr
    assert SECRET not in result.stdout
    assert "<Ticket>${TICKET}</Ticket>" in result.stdout
    assert '--header "Authorization: ${AUTHORIZATION}"' in result.stdout
    if shutil.which("curl") is None or shutil.which("sh") is None:
        pytest.skip("there is no curl to try it with")
    environment = {"TICKET": SECRET, "AUTHORIZATION": "x", "PATH": "/usr/bin:/bin"}
    answer = subprocess.run(
        ["sh", "-c", result.stdout], env=environment, capture_output=True, text=True, check=True
    )
    assert etree.fromstring(answer.stdout.encode()).tag.endswith("}Envelope")
    assert texts(sent(server), "Ticket") == [SECRET]
    assert texts(sent(server), "Subject") == [data["Email"]["Subject"]]


def test_what_was_not_typed_is_not_shown_whatever_it_is_called(
    server: SoapServer, email: Built
) -> None:
    settings = ["--set", "Email.Subject=env:SUBJECT", "--set", "Email.Size=env:SIZE"]
    settings += ["--set", "Email.EmailItemId=7"]
    values = {"SUBJECT": "The merger", "SIZE": "815"}
    shown = call(server, "Save", *settings, "--dry-run", **values)
    assert texts(etree.fromstring(shown.stdout), "Subject") == ["***"]
    assert texts(etree.fromstring(shown.stdout), "Size") == ["***"]
    assert texts(etree.fromstring(shown.stdout), "EmailItemId") == ["7"]
    curl = call(server, "Save", *settings, "--curl", **values)
    assert "<Subject>${SUBJECT}</Subject>" in curl.stdout
    assert "<Size>${SIZE}</Size>" in curl.stdout
    made = email.models.EMailEntity(subject="Re: The merger", size=815, email_item_id=7)
    server.service.answer("Save", email.build_response("save", made))
    data = json.loads(call(server, "Save", *settings, **values).stdout)
    assert (data["Subject"], data["Size"], data["EmailItemId"]) == ("Re: ***", "***", 7)
    server.service.fault("Save", "no room for The merger")
    failed = json.loads(call(server, "Save", *settings, **values).stdout)
    assert failed["fault"]["reason"] == "no room for ***"
    assert texts(sent(server), "Subject") == ["The merger"]
    assert texts(sent(server), "Size") == ["815"]


STATUS = """
      <xs:element name="Status">
        <xs:complexType>
          <xs:sequence>
            <xs:element name="Good" type="xs:boolean"/>
            <xs:element name="Text" type="xs:string" minOccurs="0"/>
          </xs:sequence>
        </xs:complexType>
      </xs:element>
"""

CONFIGURATION = """
[packages.people]
sources = "People.wsdl"
secrets = ["Person.Name"]

[packages.people.failure]
succeeded = "Status.Good"
message = "Status.Text"
"""


def test_what_the_configuration_says(tmp_path: Path) -> None:
    source = tmp_path / "People.wsdl"
    source.write_text(wsdl(SCHEMA + STATUS, response_header="Status"), encoding="utf-8")
    (tmp_path / "soapgen.toml").write_text(CONFIGURATION, encoding="utf-8")
    (tmp_path / "in.json").write_text('{"Name": "Annabel"}', encoding="utf-8")
    envelope = (
        '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" '
        'xmlns="urn:example:people"><s:Header><Status><Good>%s</Good><Text>No Annabel</Text>'
        "</Status></s:Header><s:Body><FindResponse><Person><Name>Barbara</Name></Person>"
        "</FindResponse></s:Body></s:Envelope>"
    )

    def people(url: str, *options: str) -> Any:
        return soapgen("call", "People.wsdl", "Find", "--url", url, *options, cwd=tmp_path)

    with SoapServer(find_sources([source])) as running:
        running.service.answer("Find", (envelope % "true").encode())
        found = people(running.url, "--json", "in.json")
        assert json.loads(found.stdout) == {"Name": "***"}
        running.service.answer("Find", (envelope % "false").encode())
        failed = people(running.url, "--json", "in.json")
    assert failed.returncode == 1
    fault = json.loads(failed.stdout)["fault"]
    assert (fault["type"], fault["reason"]) == ("ServerFailure", "No ***")
    shown = people("http://127.0.0.1/", "--json", "in.json", "--dry-run")
    assert texts(etree.fromstring(shown.stdout), "Name") == ["***"]
    curl = people("http://127.0.0.1/", "--json", "in.json", "--curl")
    assert "<Name>${NAME}</Name>" in curl.stdout
    typed = people("http://127.0.0.1/", "--set", "Name=Annabel")
    assert typed.returncode == 2
    assert "Name is a secret, which must not be on a command line" in typed.stderr
    (tmp_path / "soapgen.toml").write_text("[package]\n", encoding="utf-8")
    broken = people("http://127.0.0.1/", "--set", "Name=Ann", "--dry-run")
    assert broken.returncode == 2
    assert "soapgen.toml:1: package: there is no key 'package'" in broken.stderr


# --- what is refused -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["GetEmial", "--set", "Id=1"], "there is no operation GetEmial in EMail; did you mean"),
        (["GetEMail", "--set", "id=1"], "the operation has no 'id'; did you mean Id?"),
        (["GetEMail", "--set", "Id=x"], "Id: expected an integer, got 'x'"),
        (["GetEMail", "--set", "Id"], "--set: 'Id' is not NAME=VALUE"),
        (["GetEMail"], "Id: the member is missing"),
        (["Save", "--set", "Email.Subjct=a"], "Email has no 'Subjct'; did you mean Subject?"),
        (["Save", "--set", "Email.To[1].Address=a"], "there is no To[0] before [1]"),
        (["Save", "--set", "Email.Subject[0]=a"], "Subject is no list"),
        (["GetEMail", "--set", "Id=env:NOWHERE"], "there is no environment variable 'NOWHERE'"),
        (["GetEMail", "--soap-header", "Tickt=a"], "has no 'Tickt'; did you mean Ticket?"),
        (["GetEMail", "--header", "nothing"], "this is not NAME=VALUE"),
        (["GetEMail", "--xml", "--curl"], "give one of them"),
        (["GetEMail", "--json", "nowhere.json"], "nowhere.json: there is no such file"),
        (["GetEMail", "--set", "Id=99999999999"], "Id: 99999999999 is out of the range of xs:int"),
    ],
)
def test_what_cannot_be_called(server: SoapServer, arguments: list[str], message: str) -> None:
    result = call(server, *arguments)
    assert result.returncode == 2
    assert message in result.stderr
    assert result.stdout == ""


def test_json_that_is_none(server: SoapServer, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    for text, message in (
        ("{\n'", "a.json:2: this is no JSON"),
        ("[]", "expected an object with the members of the request"),
        ('{"id": 1}', "the operation has no 'id'; did you mean Id?"),
        ('{"Id": "1"}', "Id: expected an integer, got '1'"),
    ):
        path.write_text(text, encoding="utf-8")
        result = call(server, "GetEMail", "--json", path)
        assert result.returncode == 2
        assert message in result.stderr


def test_no_answer() -> None:
    command = ["call", str(ECHO), "Fail", "--url", "http://127.0.0.1:1/", "--set", "How=a"]
    result = soapgen(*command, cwd=WSDL)
    assert result.returncode == 2
    assert "no connection" in result.stderr
    assert result.stdout == ""


def test_an_answer_that_the_contract_does_not_allow(server: SoapServer) -> None:
    server.service.answer("GetEMail", b"<a/>")
    result = call(server, "GetEMail", "--set", "Id=1")
    assert result.returncode == 2
    assert result.stdout == ""
    assert "GetEMail at http://127.0.0.1" in result.stderr
