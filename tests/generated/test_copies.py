"""Models travel: by pickle, to other processes, as copies."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

import pytest

from tests.support.packages import Built

WAYS: dict[str, Any] = {
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    **{
        f"pickle {protocol}": lambda value, protocol=protocol: pickle.loads(
            pickle.dumps(value, protocol)
        )
        for protocol in range(pickle.HIGHEST_PROTOCOL + 1)
    },
}


@pytest.mark.parametrize("way", WAYS)
def test_nil_items(way: str, email: Built) -> None:
    copied = WAYS[way]
    for kind in (str, bytes, list, dict, email.models.EMailAccount, email.models.TableRight):
        nothing = email.values.nil(kind)
        other = copied(nothing)
        assert email.values.is_nil(other)
        assert type(other) is type(nothing)
        assert other == nothing


@pytest.mark.parametrize("way", WAYS)
def test_nil_items_that_were_filled_in(way: str, email: Built) -> None:
    values = email.values
    account, names, pairs = (values.nil(kind) for kind in (email.models.EMailAccount, list, dict))
    account.email_address = "a@b.example"
    names.append("a")
    pairs["a"] = 1
    for value in (account, names, pairs):
        other = WAYS[way](value)
        assert other == value
        assert not values.is_nil(other)


@pytest.mark.parametrize("way", WAYS)
def test_values_that_are_not_listed(way: str, email: Built) -> None:
    unknown = email.models.ETableRight("NotListedYet")
    first, *_ = email.models.ETableRight
    other = WAYS[way]({"rights": frozenset({unknown}), "first": first})
    (right,) = other["rights"]
    assert right == unknown
    assert type(right) is email.models.ETableRight
    assert other["first"] is first


def test_replace_keeps_nil_until_a_member_is_given(email: Built) -> None:
    nothing = email.values.nil(email.models.EMailAccount)
    assert email.values.is_nil(dataclasses.replace(nothing))
    filled = dataclasses.replace(nothing, email_address="a@b.example")
    assert not email.values.is_nil(filled)
    assert b'nil="true"' not in email.build("save_email_account", filled)


def test_whole_answers(email: Built) -> None:
    models, nil = email.models, email.values.nil
    account = models.EMailAccount(field_properties={"a": nil(models.FieldProperty)})
    address = models.EMailAddress(duplicate_person_ids=[1], table_right=models.TableRight())
    entity = models.EMailEntity(to=[address, nil(models.EMailAddress)])
    for value in (account, entity):
        assert pickle.loads(pickle.dumps(value)) == value
        assert copy.deepcopy(value) == value


@pytest.mark.slow
def test_a_pool_of_processes(email: Built) -> None:
    items: list[Any] = [email.values.nil(email.models.EMailAccount), email.values.nil(str)]
    # A fork has the modules that were imported here.
    with ProcessPoolExecutor(1, mp_context=get_context("fork")) as pool:
        assert list(pool.map(copy.copy, items)) == items
