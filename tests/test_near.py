"""Which name is suggested for a mistyped one."""

from __future__ import annotations

import pytest
from soapgen.near import did_you_mean, nearest

NAMES = (
    "CreateDefaultEMail",
    "DeleteEMail",
    "DeleteEMails",
    "GetAttachment",
    "GetEMail",
    "GetEMailFromFolder",
    "GetEMails",
    "MoveEMails",
    "Send",
    "SendToMany",
    "Subscribe",
    "Unsubscribe",
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("getemail", "GetEMail"),
        ("get_email", "GetEMail"),
        ("get-email", "GetEMail"),
        ("GETEMAILS", "GetEMails"),
        ("GetEmial", "GetEMail"),
        ("GetEmal", "GetEMail"),
        ("deleteemials", "DeleteEMails"),
        ("send", "Send"),
        ("Sned", "Send"),
        ("sendto", "SendToMany"),
        ("attachment", "GetAttachment"),
        ("fromfolder", "GetEMailFromFolder"),
        ("subscibe", "Subscribe"),
        ("unsubscribed", "Unsubscribe"),
        ("createdefault", "CreateDefaultEMail"),
    ],
)
def test_the_nearest_is_the_first(typed: str, meant: str) -> None:
    assert nearest(typed, NAMES)[0] == meant


@pytest.mark.parametrize("typed", ["", "x", "zzzzzz", "Frobnicate"])
def test_what_is_far_is_not_suggested(typed: str) -> None:
    assert nearest(typed, NAMES) == []
    assert did_you_mean(typed, NAMES, "check the name") == "check the name"


def test_the_last_part_of_a_name_counts() -> None:
    assert nearest("get", ["A.Get", "A.Set"]) == ["A.Get"]


def test_several_are_given_in_order() -> None:
    assert did_you_mean("getemail", NAMES, "", 3) == (
        "did you mean GetEMail or GetEMails or GetEMailFromFolder?"
    )
