"""Two messages are the same if the values of their types are, and only then."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import etree
from soapgen.contract.model import (
    Attribute,
    ComplexType,
    Compositor,
    ElementParticle,
    EnumType,
    EnumValue,
    Group,
    ListType,
    Occurrence,
    QName,
    ScalarType,
    Type,
    UnionType,
)
from soapgen.contract.services import HeaderPart, Message, Operation
from soapgen.messages import canonical
from soapgen.namespaces import SOAP_11_ENVELOPE, SOAP_12_ENVELOPE, XSD, XSI
from soapgen.verify import values
from soapgen.verify.rules import SoapRules

ENVELOPE = '<e:Envelope xmlns:e="{}" xmlns:i="{}" xmlns:n="urn:n"><e:Body>{}</e:Body></e:Envelope>'


def builtin(name: str) -> QName:
    return QName(XSD, name)


def settled(
    one: str, other: str, type_: QName | Type, types: dict[QName, Type] | None = None
) -> tuple[bool, tuple[str, ...]]:
    """Whether two bodies with an element of a type are the same, and by which rules."""
    expected, actual = (
        etree.fromstring(ENVELOPE.format(SOAP_11_ENVELOPE, XSI, body)) for body in (one, other)
    )
    declared = {"v": ElementParticle(QName("", "v"), type_)}
    rules = values.settle(expected, actual, declared, types or {})
    return canonical(expected) == canonical(actual), rules


STRING = builtin("string")

SAME = [
    ("decimal", "1.50", "1.5"),
    ("decimal", "0", "0.0"),
    ("int", "+7", "7"),
    ("double", "45", "45.0"),
    ("boolean", "1", "true"),
    ("dateTime", "2026-01-02T03:04:05.000Z", "2026-01-02T03:04:05Z"),
    ("dateTime", "2026-01-02T03:04:05.2270-08:00", "2026-01-02T03:04:05.227-08:00"),
    ("dateTime", "2026-01-02T03:04:05.000-08:00", "2026-01-02T03:04:05-08:00"),
    ("dateTime", "2026-01-02T03:04:05+00:00", "2026-01-02T03:04:05Z"),
    ("date", "2026-01-02+00:00", "2026-01-02Z"),
    ("duration", "P0Y0M0DT0H0M0.000S", "PT0S"),
    ("duration", "P1Y", "P12M"),
    ("base64Binary", "AQI DBA==", "AQIDBA=="),
    ("hexBinary", "0aFF", "0AFF"),
    ("token", "  a b ", "a b"),
    ("time", "03:04:05.10", "03:04:05.1"),
    ("float", "1E2", "100.0"),
]
DIFFERENT = [
    ("decimal", "1.50", "1.51"),
    ("decimal", "1.5", "x"),
    ("double", "1.0", "1.0000001"),
    ("boolean", "1", "false"),
    ("dateTime", "2026-01-02T03:04:05.1Z", "2026-01-02T03:04:05Z"),
    ("dateTime", "2026-01-02T03:04:05Z", "2026-01-02T03:04:05"),
    ("dateTime", "2026-01-02T03:04:05-08:00", "2026-01-02T03:04:05-07:00"),
    ("date", "2026-01-02", "2026-01-03"),
    ("duration", "P1M", "P30D"),
    ("duration", "-P1D", "P1D"),
    ("base64Binary", "AQID", "AQIE"),
    ("string", "1.0", "1"),
    ("string", " a", "a"),
    ("anyType", "true", "1"),
    ("token", "a b", "ab"),
    # Texts that are none of the type are no values, whatever Python makes of them.
    ("decimal", "1_0", "10"),
    ("decimal", "1e1", "10"),
    ("double", "1e400", "1e500"),
    ("double", "1_0", "10"),
    ("base64Binary", "AQID!", "AQID"),
    ("duration", "P", "PT0S"),
    ("dateTime", "Z", "+00:00"),
    ("date", "2026-01-02.0", "2026-01-02"),
]


@pytest.mark.parametrize(("type_", "one", "other"), SAME)
def test_texts_of_one_value(type_: str, one: str, other: str) -> None:
    assert settled(f"<v>{one}</v>", f"<v>{other}</v>", builtin(type_)) == (True, (values.TEXTS,))
    restricted = ScalarType(QName("urn:n", "T"), builtin(type_))
    assert settled(f"<v>{other}</v>", f"<v>{one}</v>", restricted)[0]


@pytest.mark.parametrize(("type_", "one", "other"), DIFFERENT)
def test_texts_of_two_values(type_: str, one: str, other: str) -> None:
    assert settled(f"<v>{one}</v>", f"<v>{other}</v>", builtin(type_)) == (False, ())
    assert not settled(f"<v>{other}</v>", f"<v>{one}</v>", builtin(type_))[0]


def record(*particles: ElementParticle, net: bool = False, **options: object) -> ComplexType:
    content = Group(Compositor.SEQUENCE, particles)
    return ComplexType(QName("urn:n", "R"), content, data_contract=net, **options)  # type: ignore[arg-type]


def test_lists_are_compared_item_by_item() -> None:
    numbers = ListType(None, builtin("decimal"))
    assert settled("<v>1.0 2</v>", "<v>1 2.0</v>", numbers)[0]
    assert not settled("<v>1.0 2</v>", "<v>1 2.0 3</v>", numbers)[0]
    assert not settled("<v>1 2</v>", "<v>2 1</v>", numbers)[0]


def test_the_order_of_flags_does_not_count() -> None:
    item = EnumType(None, (EnumValue("a"), EnumValue("b")), builtin("string"))
    flags = ListType(QName("urn:n", "F"), item, data_contract=True)
    assert settled("<v>a b</v>", "<v>b a</v>", flags)[0]
    assert not settled("<v>a b</v>", "<v>b</v>", flags)[0]


def test_attributes() -> None:
    type_ = record(
        attributes=(
            Attribute(QName("", "version"), builtin("string"), default="2.1"),
            Attribute(QName("", "size"), builtin("decimal")),
        )
    )
    assert settled('<v size="1.0"/>', '<v version="2.1" size="1"/>', type_) == (
        True,
        (values.DEFAULTS, values.TEXTS),
    )
    assert not settled("<v/>", '<v version="2.0"/>', type_)[0]
    assert not settled('<v version="2.1"/>', "<v/>", type_)[0]
    assert not settled('<v other="1"/>', "<v/>", type_)[0]


def test_members_at_any_depth() -> None:
    inner = record(ElementParticle(QName("", "n"), builtin("decimal")))
    outer = record(ElementParticle(QName("", "r"), inner))
    assert settled("<v>\n <r><n>1.0</n></r></v>", "<v><r><n>1</n></r></v>", outer)[0]
    assert not settled("<v><r><n>1.0</n></r></v>", "<v><r/></v>", outer)[0]


def test_types_that_are_said() -> None:
    type_ = record()
    types: dict[QName, Type] = {QName("urn:n", "R"): type_, QName("urn:n", "S"): record()}
    said = '<v i:type="n:R"/>'
    assert settled(said, "<v/>", QName("urn:n", "R"), types) == (True, (values.TYPES,))
    assert not settled('<v i:type="n:S"/>', "<v/>", QName("urn:n", "R"), types)[0]


@pytest.mark.parametrize(
    "declared",
    [builtin("anyType"), builtin("anySimpleType"), UnionType(None, (builtin("int"), STRING))],
)
def test_a_type_that_decides_the_value_counts(declared: QName | Type) -> None:
    said = f'<v xmlns:x="{XSD}" i:type="x:int">5</v>'
    assert settled(said, "<v>5</v>", declared) == (False, ())
    assert settled(said, "<v>5</v>", builtin("int")) == (True, (values.TYPES,))


FLAGS = ListType(None, EnumType(None, (EnumValue("a"),), STRING), data_contract=True)


@pytest.mark.parametrize(
    ("type_", "zero", "other"),
    [
        (builtin("int"), "0", "1"),
        (builtin("boolean"), "false", "true"),
        (EnumType(None, (EnumValue("a"), EnumValue("b")), STRING), "a", "b"),
        (FLAGS, "", "a"),
    ],
)
def test_zero_means_nothing_in_data_contracts_alone(
    type_: QName | Type, zero: str, other: str
) -> None:
    member = ElementParticle(QName("", "m"), type_, Occurrence(0, 1))
    nothing, made = "<v/>", f"<v><m>{zero}</m></v>"
    assert settled(nothing, made, record(member, net=True)) == (True, (values.ZERO,))
    assert not settled(made, nothing, record(member, net=True))[0]
    assert not settled(nothing, made, record(member))[0]
    assert not settled(nothing, f"<v><m>{other}</m></v>", record(member, net=True))[0]
    for different in (replace(member, nillable=True), replace(member, occurrence=Occurrence(1, 1))):
        assert not settled(nothing, made, record(different, net=True))[0]


def test_what_has_no_zero_is_not_nothing() -> None:
    texts = ElementParticle(QName("", "m"), STRING, Occurrence(0, 1))
    assert not settled("<v/>", "<v><m/></v>", record(texts, net=True))[0]
    ones = replace(texts, type=EnumType(None, (EnumValue("a", number=1),), STRING))
    assert not settled("<v/>", "<v><m>a</m></v>", record(ones, net=True))[0]


def test_nil_means_nothing_in_data_contracts_alone() -> None:
    member = ElementParticle(QName("", "m"), builtin("string"), Occurrence(0, 1), nillable=True)
    said, nothing = '<v><m i:nil="true"/></v>', "<v/>"
    assert settled(said, nothing, record(member, net=True)) == (True, (values.NIL,))
    assert not settled(said, nothing, record(member))[0]
    assert not settled("<v><m>a</m></v>", nothing, record(member, net=True))[0]


@pytest.mark.parametrize(
    ("envelope", "rule"),
    [
        (SOAP_12_ENVELOPE, "soap_version"),
        (SOAP_11_ENVELOPE, ""),
    ],
)
def test_the_version_of_soap(envelope: str, rule: str) -> None:
    root = etree.fromstring(ENVELOPE.format(envelope, XSI, "<v/>"))
    assert SoapRules([], "1.1").take_out(root, None) == ((rule,) if rule else ())
    assert root.tag == f"{{{SOAP_11_ENVELOPE}}}Envelope"


def test_attributes_of_the_envelope_and_headers() -> None:
    root = etree.fromstring(
        f'<e:Envelope xmlns:e="{SOAP_11_ENVELOPE}"><e:Body id="_0"><v id="1"/></e:Body>'
        "</e:Envelope>"
    )
    assert SoapRules([], "1.1").take_out(root, None) == ("attributes_of_the_envelope",)
    assert [dict(node.attrib) for node in (root[0], root[0][0])] == [{}, {"id": "1"}]


def header(content: str, minimum: int = 0) -> tuple[str, ...]:
    """The rules for an envelope with ``content`` in its header, which declares ``h``."""
    member = ElementParticle(QName("urn:x", "m"), STRING, Occurrence(minimum, 1))
    declared = ElementParticle(QName("urn:x", "h"), QName("urn:x", "H"))
    content_of_h = Group(Compositor.SEQUENCE, (member,))
    types = {QName("urn:x", "H"): ComplexType(QName("urn:x", "H"), content_of_h)}
    message = Message((), (HeaderPart("h", declared),))
    operation = Operation("Do", "", message, None)
    root = etree.fromstring(
        f'<e:Envelope xmlns:e="{SOAP_11_ENVELOPE}" xmlns="urn:x"><e:Header>{content}</e:Header>'
        "<e:Body><v/></e:Body></e:Envelope>"
    )
    return SoapRules([operation], "1.1", types).take_out(root, None)


def test_a_header_whose_only_member_is_missing_says_nothing() -> None:
    assert header("<h/>") == ("headers_without_a_value",)
    assert header("<h><m>a</m></h>") == header("<h k='1'/>") == ()
    assert header("<h/>", minimum=1) == ()
