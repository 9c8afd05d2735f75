"""Bodies with several elements side by side: messages of the style document with several parts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree
from soapgen.serve import SoapServer

from tests.support.packages import Built, build_package
from tests.support.small import SCHEMA, changed, wsdl

LIMIT = '<xs:element name="Limit" type="xs:int"/>'
MORE = '<wsdl:part name="more" element="tns:Limit"/></wsdl:message>'


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("parts") / "People.wsdl"
    text = wsdl(SCHEMA + LIMIT)
    request, response = '"tns:Find"/></wsdl:message>', '"tns:FindResponse"/>\n  </wsdl:message>'
    path.write_text(
        changed(
            text,
            (request, request.replace("</wsdl:message>", MORE)),
            (response, response.replace("\n  </wsdl:message>", MORE)),
        ),
        encoding="utf-8",
    )
    return path


@pytest.fixture(scope="module")
def people(source: Path) -> Built:
    return build_package(source, source.parent, name="people_parts")


def body(content: bytes) -> etree._Element:
    return etree.fromstring(content)[-1]


def test_each_part_is_a_parameter(people: Built) -> None:
    find = people.models.Find(name="Ann")
    request = people.parsers.parse_find_request(people.build("find", find, 7))
    assert request == people.models.FindRequest(find=find, limit=7)


def test_each_part_is_an_element_in_the_body(people: Built) -> None:
    first, second = body(people.build("find", people.models.Find(name="Ann"), 7))
    assert etree.QName(first).localname == "Find"
    assert (etree.QName(second).localname, second.text) == ("Limit", "7")


def test_a_part_that_is_missing_is_an_error(people: Built) -> None:
    content = etree.fromstring(people.build("find", people.models.Find(name="Ann"), 7))
    content[-1].remove(content[-1][1])
    with pytest.raises(people.errors.UnexpectedResponse, match="Limit"):
        people.parsers.parse_find_request(etree.tostring(content))


@pytest.mark.slow
def test_a_server_that_validates_takes_and_gives_them(
    people: Built, source: Path, soap_server: Callable[..., SoapServer]
) -> None:
    server = soap_server(source)
    with people.client.PeopleClient(server.url) as client:
        result = client.find(people.models.Find(name="Ann"), 7)
    assert result.limit == 0
    (received,) = server.service.received
    assert body(received.content)[1].text == "7"
