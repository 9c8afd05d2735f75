"""What Services86 does not use: derived types, choices, required members, SOAP 1.2 and the like."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import httpx
import pytest

from tests.support.packages import Built


@pytest.fixture
def drawing(shapes: Built) -> Any:
    models = shapes.models
    return models.Drawing(
        shape=[
            models.Circle(label="one", radius=Decimal("1.50")),
            models.Disc(label=None, radius=Decimal(2), hole=0.5),
            models.Dot(label="", paint=[models.Paint(colour=models.Colour.DARK_BLUE, coats=2)]),
        ],
        inset=models.Drawing(frame=models.DrawingFrame(width=1, kind="gilded"), anonymous=True),
        frame=models.DrawingFrame(width=3, kind=models.DrawingFrameKind.PLAIN),
        signed=date(2026, 1, 2),
        class_="still life",
        list_=[1, None, 3],
        hung=time(12, 30),
        thumbnail=b"\x00\xff",
        size="large",
    )


def test_derived_types_keep_their_types(shapes: Built, drawing: Any) -> None:
    request = shapes.build("view", drawing)
    assert b'<shape xsi:type="shapes:Disc">' in request
    assert shapes.parse_request("view", request) == (drawing,)


def test_a_derived_type_under_any_prefix(shapes: Built) -> None:
    content = b"""<e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope"><e:Body>
      <x:ExhibitResponse xmlns:x="urn:example:shapes">
        <drawing><frame><width>1</width><kind>plain</kind></frame></drawing>
        <shapes xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:type=" x:Circle ">
          <radius>1</radius>
        </shapes>
      </x:ExhibitResponse></e:Body></e:Envelope>"""
    result = shapes.parse("exhibit", content)
    assert result.shapes == [shapes.models.Circle(radius=Decimal(1))]


def test_an_abstract_type_is_neither_written_nor_read(shapes: Built, drawing: Any) -> None:
    drawing.shape = [shapes.models.Shape(label="no")]
    with pytest.raises(shapes.errors.InvalidValue, match=r"shape\[0\]/shape: Shape is abstract"):
        shapes.build("view", drawing)


def test_an_abstract_type_that_nothing_extends(shapes: Built, drawing: Any) -> None:
    drawing.ghost = shapes.models.Ghost()
    with pytest.raises(shapes.errors.InvalidValue, match="ghost: Ghost is abstract"):
        shapes.build("view", drawing)


def test_an_anonymous_type_that_extends_another(shapes: Built, drawing: Any) -> None:
    drawing.title = shapes.models.DrawingTitle(text="Still life", font="Garamond")
    request = shapes.build("view", drawing)
    assert b"<title><text>Still life</text><font>Garamond</font></title>" in request
    assert shapes.parse_request("view", request) == (drawing,)


def test_a_nil_number_in_a_list_is_none(shapes: Built, drawing: Any) -> None:
    request = shapes.build("view", drawing)
    assert b'<number>1</number><number xsi:nil="true"/><number>3</number>' in request


def test_a_required_member_that_is_nillable_is_written_as_nil(shapes: Built, drawing: Any) -> None:
    assert b'<label xsi:nil="true"/><radius>2</radius>' in shapes.build("view", drawing)


def test_a_required_member_must_be_given(shapes: Built) -> None:
    with pytest.raises(TypeError, match="frame"):
        shapes.models.Drawing()


def test_a_required_member_that_is_missing_is_named(shapes: Built) -> None:
    content = b"""<e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope"><e:Body>
      <x:ExhibitResponse xmlns:x="urn:example:shapes"><drawing/></x:ExhibitResponse>
      </e:Body></e:Envelope>"""
    with pytest.raises(
        shapes.errors.UnexpectedResponse,
        match="Envelope/Body/ExhibitResponse/drawing: expected frame, which is missing",
    ):
        shapes.parse("exhibit", content)


def test_soap_12(shapes: Built) -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, content=shapes.build("close_response"))

    http = httpx.Client(transport=httpx.MockTransport(answer))
    shapes.client.ShapesClient("http://localhost/shapes", http=http).close_()
    assert seen[0].headers["content-type"] == (
        'application/soap+xml; charset=utf-8; action="urn:example:shapes:Close"'
    )
    assert b'xmlns:s="http://www.w3.org/2003/05/soap-envelope"' in seen[0].content


def test_a_soap_12_fault(shapes: Built) -> None:
    content = b"""<e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope"><e:Body><e:Fault>
      <e:Code><e:Value>e:Sender</e:Value></e:Code>
      <e:Reason><e:Text xml:lang="en">No such room</e:Text></e:Reason>
      </e:Fault></e:Body></e:Envelope>"""
    with pytest.raises(shapes.errors.SoapFault) as caught:
        shapes.parse("close", content)
    assert (caught.value.code, caught.value.reason) == ("e:Sender", "No such room")


@pytest.mark.parametrize(
    "value",
    [
        "text",
        True,
        7,
        -(2**40),
        2**70,
        1.5,
        Decimal("1.10"),
        datetime(2026, 1, 2, 3, 4, 5),
        date(2026, 1, 2),
        time(12, 30),
        timedelta(days=1, seconds=2),
        b"\x00",
        UUID(int=5),
    ],
)
def test_a_value_of_any_type_comes_back_as_what_it_was(
    shapes: Built, drawing: Any, value: Any
) -> None:
    drawing.note, drawing.tag = value, [value, None]
    (parsed,) = shapes.parse_request("view", shapes.build("view", drawing))
    assert (parsed.note, parsed.tag) == (value, [value, None])
    assert type(parsed.note) is type(value)


@pytest.mark.parametrize("tag", ["<note>as it came</note>", "<note/>"])
def test_a_value_of_any_type_that_does_not_say_its_type(
    shapes: Built, drawing: Any, tag: str
) -> None:
    drawing.note = shapes.anytype.Untyped("mark")
    request = shapes.build("view", drawing).replace(b"<note>mark</note>", tag.encode())
    (parsed,) = shapes.parse_request("view", request)
    assert isinstance(parsed.note, shapes.anytype.Untyped)
    assert tag.replace("<note/>", "<note></note>").encode() in shapes.build("view", parsed)


def test_a_value_of_any_type_that_python_has_no_type_for(shapes: Built, drawing: Any) -> None:
    drawing.note = shapes.anytype.Untyped("mark")
    markup = b'<note xmlns:q="urn:q" xsi:type="q:Frame"><q:side unit="cm">3</q:side></note>'
    request = shapes.build("view", drawing).replace(b"<note>mark</note>", markup)
    (parsed,) = shapes.parse_request("view", request)
    assert isinstance(parsed.note, shapes.anytype.Markup)
    assert b'<q:side unit="cm">3</q:side>' in shapes.build("view", parsed)
    assert shapes.parse_request("view", shapes.build("view", parsed)) == (parsed,)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (object(), "note: expected a value that XML has a type for"),
        (["a"], "note: expected a value that XML has a type for"),
        ("<tag/>", "note: the markup is that of another element, tag"),
        ("</note><note>", "note: the markup is not an element"),
        ("", "note: the markup is not an element"),
    ],
)
def test_what_a_value_of_any_type_cannot_be(
    shapes: Built, drawing: Any, value: Any, message: str
) -> None:
    drawing.note = shapes.anytype.Markup(value) if isinstance(value, str) else value
    with pytest.raises(shapes.errors.InvalidValue, match=message):
        shapes.build("view", drawing)


def test_documentation_stays_text(shapes: Built) -> None:
    assert shapes.models.Shape.__doc__ is not None
    assert "\"Quotes\", \\backslashes and ''' stay text." in shapes.models.Shape.__doc__


@pytest.mark.parametrize(("status", "content"), [(202, b""), (200, b""), (200, b"<html/>")])
def test_a_one_way_operation(shapes: Built, status: int, content: bytes) -> None:
    http = httpx.Client(
        transport=httpx.MockTransport(lambda request: httpx.Response(status, content=content))
    )
    assert shapes.client.ShapesClient("http://localhost/shapes", http=http).ring("once") is None


def test_an_answer_that_is_nested_too_deeply(shapes: Built) -> None:
    frame = "<frame><width>1</width><kind>plain</kind></frame>"
    inner = "<inset>" * 1500 + f"{frame}</inset>" * 1500 + frame
    content = f"""<e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope"><e:Body>
      <x:ExhibitResponse xmlns:x="urn:example:shapes"><drawing>{inner}</drawing>
      </x:ExhibitResponse></e:Body></e:Envelope>""".encode()
    look = content.replace(b"<drawing>", b"").replace(b"</drawing>", b"")
    for parse, message in (
        (shapes.parsers.parse_exhibit, content),
        (shapes.parsers.parse_view_request, look.replace(b"ExhibitResponse", b"Look")),
    ):
        with pytest.raises(shapes.errors.UnexpectedResponse, match="nested too deeply") as caught:
            parse(message)
        assert len(str(caught.value)) < 200


def test_a_type_that_is_not_known_is_named_with_its_path(shapes: Built) -> None:
    content = b"""<e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope"><e:Body>
      <x:ExhibitResponse xmlns:x="urn:example:shapes">
        <drawing><frame><width>1</width><kind>plain</kind></frame></drawing><shapes/>
      </x:ExhibitResponse></e:Body></e:Envelope>"""
    expected = "Body/ExhibitResponse/shapes: expected a type that extends Shape, got None"
    with pytest.raises(shapes.errors.UnexpectedResponse, match=expected):
        shapes.parse("exhibit", content)
