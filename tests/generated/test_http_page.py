"""The examples on the page on HTTP libraries run."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.generated.test_errors import GOOD, peer
from tests.generated.test_sending import answering
from tests.support.packages import Built
from tests.support.paths import PROJECT

PAGE = (PROJECT / "docs" / "http.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```python\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("position", range(4))
def test_the_examples_run(email: Built, position: int) -> None:
    assert len(EXAMPLES) == 4
    text = EXAMPLES[position].replace("email_client", email.path.name)
    with peer(answering(GOOD)) as url:
        names: dict[str, Any] = {**vars(email.client), "url": url}
        exec(compile(text, "docs/http.md", "exec"), names)
    if "Plain" in text:
        assert names["subject"] == "Hi"
