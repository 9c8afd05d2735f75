"""Names of XML: which texts are one."""

from __future__ import annotations

import re
from functools import cache

_START = (
    "A-Z_a-z\xc0-\xd6\xd8-\xf6\xf8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_LATER = f"{_START}\\-.0-9\xb7\u0300-\u036f\u203f\u2040"
_NCNAME, _NAME, _NMTOKEN = f"[{_START}][{_LATER}]*", f"[:{_START}][:{_LATER}]*", f"[:{_LATER}]+"

# Compiled when it is first asked for: an import would wait several milliseconds for each.
_compiled = cache(re.compile)


def is_ncname(text: str) -> bool:
    """Whether ``text`` is a name without a colon (Namespaces in XML 1.0, section 3)."""
    return _compiled(_NCNAME).fullmatch(text) is not None


def is_name(text: str) -> bool:
    """Whether ``text`` is a name, which may have colons (XML 1.0, section 2.3)."""
    return _compiled(_NAME).fullmatch(text) is not None


def is_nmtoken(text: str) -> bool:
    """Whether ``text`` has only characters that a name may have (XML 1.0, section 2.3)."""
    return _compiled(_NMTOKEN).fullmatch(text) is not None
