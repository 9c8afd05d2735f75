"""A vendor for tests: each answer of its services has a header that says whether the call failed.

All that soapgen has to know of a vendor is in its package: this module, and the module beside it
that generated packages get a copy of.
"""

from __future__ import annotations

from pathlib import Path

from soapgen.plan import Conventions
from soapgen.vendors import Vendor

VENDOR = Vendor(
    name="Acme",
    conventions=Conventions(
        module="statuses",
        template=Path(__file__).with_name("statuses.py"),
        failure_headers=frozenset({"Status"}),
        raise_failure="raise_status",
    ),
)
