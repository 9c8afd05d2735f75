"""The documented style is what the vendor publishes: proven by digests, without the files.

The digests are those of the published files, and of nothing else. Where the corpus is,
``pytest tests/documented/test_digests.py --renew-golden`` writes them anew.
"""

from __future__ import annotations

import pytest

from tests.documented.published import DIGESTS, SERVICES, digest, lines, published, recorded
from tests.support.paths import corpus

RECORDED = recorded()
SYNC = "EMail/SyncEmailAccounts.response.xml"


def check(path: str, message: str, digests: dict[str, str]) -> None:
    assert digest(message) == digests[path], f"{path} is not what the vendor publishes"


def message_at(path: str) -> str:
    service, _, name = path.partition("/")
    return published(service)[name]


@pytest.mark.slow
@pytest.mark.parametrize("path", RECORDED)
def test_the_documented_style_is_what_is_published(path: str) -> None:
    check(path, message_at(path), RECORDED)


def test_every_message_has_a_digest() -> None:
    assert len(RECORDED) == 170
    messages = {f"{service}/{name}" for service in SERVICES for name in published(service)}
    assert messages == set(RECORDED)


def test_the_digests_are_those_of_the_published_files(request: pytest.FixtureRequest) -> None:
    folder = corpus() / "Services86" / "envelopes"
    files = {
        path.relative_to(folder).as_posix(): digest(path.read_bytes().decode())
        for service in SERVICES
        for path in sorted((folder / service).iterdir())
    }
    if request.config.getoption("--renew-golden"):
        DIGESTS.write_text(lines(files.items()), encoding="utf-8")
    assert files == recorded()


def test_a_wrong_digest_fails() -> None:
    wrong = RECORDED | {SYNC: digest("")}
    with pytest.raises(AssertionError, match=f"{SYNC} is not what the vendor publishes"):
        check(SYNC, message_at(SYNC), wrong)


def test_a_message_that_lacks_its_last_byte_fails() -> None:
    with pytest.raises(AssertionError, match=f"{SYNC} is not what the vendor publishes"):
        check(SYNC, message_at(SYNC)[:-1], RECORDED)


def test_timestamps_alone_may_differ() -> None:
    assert digest("<at>2023-02-15T13:13:12Z</at>") == digest("<at>2024-03-16T01:02:03Z</at>")
    assert digest("<at>2023-02-15T13:13:12Z</at>") != digest("<on>2023-02-15T13:13:12Z</on>")
