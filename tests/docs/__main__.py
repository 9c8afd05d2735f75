"""``python -m tests.docs --write``: makes docs/commands.md anew."""

from __future__ import annotations

import sys

from tests.docs.commands import PAGE, page

if sys.argv[1:] != ["--write"]:
    sys.exit("usage: python -m tests.docs --write")
PAGE.write_text(page(), encoding="utf-8")
