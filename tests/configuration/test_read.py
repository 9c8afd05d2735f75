"""What a configuration file may say, and what is refused in it, with its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from soapgen.configuration import Configuration, find_configuration, read_configuration
from soapgen.errors import SoapgenError
from soapgen.given import Failure, GivenNames, Overlay
from soapgen.project import Options
from soapgen.sources import ReadOptions

SMALL = '[packages.people]\nsources = ["People.wsdl"]\n'


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def read(text: str, name: str = "soapgen.toml") -> Configuration:
    Path(name).write_text(text, encoding="utf-8")
    file = find_configuration(Path.cwd())
    assert file is not None
    return read_configuration(file)


def refused(text: str, name: str = "soapgen.toml") -> str:
    with pytest.raises(SoapgenError) as caught:
        read(text, name)
    return str(caught.value)


def test_one_package_with_all_that_there_is() -> None:
    (wanted,) = read("""
[packages.people]
sources = "wsdl/People.wsdl"
out = "src"
server = true
facets = true
services = ["People"]
operations = ["Find"]
keep-apart = ["urn:people"]
with = ["security"]
import = { "urn:a" = "schemas/a.xsd" }
catalog = "catalog.xml"
allow-host = ["Example.com"]
repair = false
strict = true
""").wanted
    assert wanted.sources == ("wsdl/People.wsdl",)
    assert wanted.out == Path("src")
    assert wanted.folder == Path("src/people")
    assert wanted.strict
    assert wanted.options == Options(
        name="people",
        server=True,
        facets=True,
        services=("People",),
        operations=("Find",),
        unshared=("urn:people",),
        extras=("security",),
        reading=ReadOptions((("urn:a", "schemas/a.xsd"),), "catalog.xml", ("example.com",), False),
    )


def test_what_stands_above_holds_for_each_package() -> None:
    first, second = read("""
out = "src"
server = true
[packages.one]
sources = ["One.wsdl"]
[packages.two]
sources = ["Two.wsdl"]
server = false
""").wanted
    assert (first.folder, first.options.server) == (Path("src/one"), True)
    assert (second.folder, second.options.server) == (Path("src/two"), False)


def test_pyproject_has_it_in_a_table_of_its_own(folder: Path) -> None:
    text = '[project]\nname = "x"\n[tool.soapgen.packages.people]\nsources = ["People.wsdl"]\n'
    assert read(text, "pyproject.toml").file.path == folder / "pyproject.toml"


def test_paths_are_relative_to_the_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "soapgen.toml").write_text(SMALL, encoding="utf-8")
    (folder / "deep" / "below").mkdir(parents=True)
    monkeypatch.chdir(folder / "deep" / "below")
    file = find_configuration(Path.cwd())
    assert file is not None
    (wanted,) = read_configuration(file).wanted
    assert wanted.sources == ("../../People.wsdl",)
    assert wanted.folder == Path("../../generated/people")


def test_an_address_is_no_path() -> None:
    text = SMALL.replace("People.wsdl", "https://example.com/People.svc?wsdl")
    assert read(text).wanted[0].sources == ("https://example.com/People.svc?wsdl",)


def test_a_pyproject_of_other_tools_is_passed_over(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "soapgen.toml").write_text(SMALL, encoding="utf-8")
    (folder / "part").mkdir()
    monkeypatch.chdir(folder / "part")
    assert read("[tool.ruff]\n", "pyproject.toml").file.path == folder / "soapgen.toml"


def test_two_configurations_in_one_folder_are_refused() -> None:
    Path("pyproject.toml").write_text("\n[tool.soapgen]\n", encoding="utf-8")
    assert refused(SMALL) == (
        "pyproject.toml:2: there is a soapgen.toml, too, in the same folder; "
        "keep one of the two configurations"
    )


def test_the_build_of_a_folder_is_found() -> None:
    configuration = read(SMALL)
    assert configuration.of(Path("generated/people")) == configuration.wanted[0]
    assert configuration.of(Path("generated")) is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            SMALL + "sever = true\n",
            "soapgen.toml:3: packages.people.sever: there is no key 'sever'; did you mean server?",
        ),
        (
            SMALL + "keep_apart = []\n",
            "soapgen.toml:3: packages.people.keep_apart: there is no key 'keep_apart'; "
            "did you mean keep-apart?",
        ),
        (
            f'outs = """\n\n"""\n{SMALL}',
            "soapgen.toml:1: outs: there is no key 'outs'; did you mean out?",
        ),
        (
            SMALL + '\n# more\nserver = "yes"\n',
            "soapgen.toml:5: packages.people.server: this is a text and must be true or false; "
            "see docs/configuration.md",
        ),
        (
            "[packages.people]\nsources = [\n'a',\n3]\n",
            "soapgen.toml:2: packages.people.sources: this is a number and must be a text; "
            "see docs/configuration.md",
        ),
        (
            "[packages.people]\n",
            "soapgen.toml:1: packages.people: sources are missing; "
            'name them: sources = ["wsdl/Service.wsdl"]',
        ),
        (
            '[packages."my client"]\nsources = "a"\n',
            "soapgen.toml:1: packages.\"my client\": 'my client' is not a name that Python "
            "allows for a package; choose another name",
        ),
        (
            SMALL + 'with = ["adressing"]\n',
            "soapgen.toml:3: packages.people.with: 'adressing' is no optional module; "
            "did you mean addressing?",
        ),
        (
            SMALL + 'allow-host = ["http://a"]\n',
            "soapgen.toml:3: packages.people.allow-host: 'http://a' is no host, which is like "
            "www.example.com or www.example.com:8443",
        ),
        (
            SMALL + "[packages.people.names.type]\n",
            "soapgen.toml:3: packages.people.names.type: there is no key 'type'; "
            "did you mean types?",
        ),
        (
            SMALL + '[packages.people.names]\nmembers.Person.Name = "name"\n',
            "soapgen.toml:4: packages.people.names.members.Person: this is a table and must be "
            "a text; see docs/configuration.md",
        ),
        (
            SMALL + 'catalog = " "\n',
            "soapgen.toml:3: packages.people.catalog: the text is empty; "
            "leave the key out, or give it a value",
        ),
        (
            "server = true\n",
            "soapgen.toml: no package is configured; "
            "write a table [packages.my_client] with its sources",
        ),
    ],
)
def test_what_is_refused(text: str, message: str) -> None:
    assert refused(text) == message


def test_what_is_no_toml_is_refused_with_its_line() -> None:
    message = refused(SMALL + "server = yes\n")
    assert message.startswith("soapgen.toml:3: this is not TOML: ")


def test_a_table_that_is_none_is_refused() -> None:
    assert refused("[tool]\nsoapgen = 3\n", "pyproject.toml") == (
        "pyproject.toml:2: tool.soapgen: this is a number and must be a table; "
        "see docs/configuration.md"
    )


def test_names_above_and_those_of_a_package() -> None:
    one, two = read("""
names.types = { A = "One", B = "Two" }
[packages.one]
sources = "One.wsdl"
[packages.two]
sources = "Two.wsdl"
[packages.two.names]
services.S = "Service"
operations."S.Get" = "get"
types.B = "Other"
members = { "A.b" = "c" }
""").wanted
    assert one.options.names == GivenNames(types=(("A", "One"), ("B", "Two")))
    assert two.options.names == GivenNames(
        services=(("S", "Service"),),
        operations=(("S.Get", "get"),),
        types=(("A", "One"), ("B", "Other")),
        members=(("A.b", "c"),),
    )


def test_headers_that_report_failure() -> None:
    text = """
failure.succeeded = "Succeeded"
[packages.one]
sources = "One.wsdl"
[packages.two]
sources = "Two.wsdl"
[packages.two.failure]
succeeded = "Status.Code"
success = "0"
message = "Status.Text"
type = "Status.@kind"
"""
    one, two = (wanted.options.overlay.failure for wanted in read(text).wanted)
    assert one == Failure("Succeeded")
    assert two == Failure("Status.Code", ("0",), "Status.Text", "Status.@kind")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            'failure = { sucess = "0" }',
            "soapgen.toml:3: packages.people.failure.sucess: there is no key 'sucess'; "
            "did you mean success?",
        ),
        (
            "failure = {}",
            "soapgen.toml:3: packages.people.failure: no header is named; name one: "
            'succeeded = "Status.Success"',
        ),
        (
            'failure = { message = "A", success = "0" }',
            "soapgen.toml:3: packages.people.failure.success: nothing is named that has it; "
            'name it: succeeded = "Status.Code"',
        ),
    ],
)
def test_what_is_no_failure(line: str, message: str) -> None:
    assert refused(SMALL + line) == message


def test_an_overlay_above_and_that_of_a_package() -> None:
    (wanted,) = read("""
secrets = "A.b"
documentation.types = { A = "One", B = "Two" }
[packages.one]
sources = "One.wsdl"
secrets = ["A.@c"]
documentation.types.B = "Other"
documentation.operations.Get = "Gets"
""").wanted
    assert wanted.options.overlay == Overlay(
        operations=(("Get", "Gets"),),
        types=(("A", "One"), ("B", "Other")),
        secrets=("A.@c", "A.b"),
    )
