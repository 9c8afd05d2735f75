"""Echo.wsdl in both versions of SOAP, and the value that goes to and fro by it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.support.packages import Built


@dataclass(frozen=True, slots=True)
class Echo:
    """Echo.wsdl in one version of SOAP.

    Attributes:
        path: The WSDL.
        package: What soapgen makes of it, with both halves.
    """

    path: Path
    package: Built

    def everything(self) -> Any:
        """A value with a bit of all that Echo.wsdl has."""
        models = self.package.models
        return models.Everything(
            text="<æ&\"'> ]]>\n\U0001f4e7 two  spaces",
            number=-(2**31),
            flag=True,
            price=Decimal("1.25"),
            when=datetime(2026, 1, 2, 3, 4, 5, 678000, UTC),
            data=bytes([0, 1, 255]),
            nothing=None,
            one=models.Special(name="derived", colour=models.Colour.GREEN, extra=5),
            items=[
                models.Item(name="a"),
                models.Special(name="b", colour=models.Colour.RED, extra=1),
            ],
            labels={"x": 1, "ø": -2},
            inner=models.Everything(text="", number=0, flag=False, nothing=""),
        )
