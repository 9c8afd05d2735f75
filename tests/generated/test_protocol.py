"""Protocols of clients: what code asks for that is given a client, or a fake of one."""

from __future__ import annotations

from pathlib import Path

import black
import pytest
from soapgen.render.black import MODE

from tests.support.packages import Built, build_package, generated
from tests.support.paths import SHAPES, SHOP
from tests.support.small import SCHEMA, wsdl
from tests.support.typing import mypy
from tests.support.unmarked import unmarked

USE = """
from people_client import AsyncPeopleClient, PeopleClient
from people_client.models import Person
from people_client.protocol import AsyncPeopleClientProtocol, PeopleClientProtocol


class Fake:
    def find(self, name: str) -> Person | None:
        return Person(name=str(name))


def age(client: PeopleClientProtocol) -> int | None:
    person = client.find("Eva")
    return person.age if person else None


def use(client: PeopleClient, other: AsyncPeopleClient) -> AsyncPeopleClientProtocol:
    age(client)
    age(Fake())
    return other
"""
WRONG = USE.replace("def find(self, name: str)", "def find(self, name: int)")


@pytest.fixture
def people(tmp_path: Path) -> Built:
    (tmp_path / "people.wsdl").write_text(wsdl(), encoding="utf-8")
    return build_package(
        tmp_path / "people.wsdl", tmp_path, name="people_client", extras=("protocol",)
    )


@pytest.mark.slow
def test_clients_and_fakes_are_what_code_asks_for(people: Built) -> None:
    for text, errors in ((USE, 0), (WRONG, 1)):
        (people.path.parent / "use.py").write_text(text, encoding="utf-8")
        found = mypy("use.py", cwd=people.path.parent)
        assert found.count("error:") == errors, found


@pytest.mark.slow
def test_they_are_formatted_in_each_service() -> None:
    files = {
        file.path: file.text
        for source in (SHAPES, SHOP)
        for file in generated(source, name="asked", extras=("protocol",)).files
    }
    modules = [text for path, text in files.items() if path.endswith("protocol.py")]
    assert len(modules) == 3
    for text in modules:
        assert black.format_str(unmarked(text), mode=MODE) == unmarked(text)


def test_a_type_of_their_name_gives_way(tmp_path: Path) -> None:
    schema = SCHEMA.replace('"Person"', '"PeopleClientProtocol"')
    schema = schema.replace("tns:Person", "tns:PeopleClientProtocol")
    (tmp_path / "people.wsdl").write_text(wsdl(schema), encoding="utf-8")
    made = generated(tmp_path / "people.wsdl", name="odd_client", extras=("protocol",))
    (text,) = (file.text for file in made.files if file.path == "protocol.py")
    assert "from .models import PeopleClientProtocol2\n" in text
    assert "class PeopleClientProtocol(typing.Protocol):\n" in text


def test_a_package_has_none_unless_it_asks(tmp_path: Path) -> None:
    (tmp_path / "people.wsdl").write_text(wsdl(), encoding="utf-8")
    made = generated(tmp_path / "people.wsdl", name="plain_client")
    assert "protocol.py" not in {file.path for file in made.files}
