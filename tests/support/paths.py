"""Where things are: the project, its WSDLs and those for tests, and the corpus beside it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
WSDL = PROJECT / "wsdl"
GENERATED = PROJECT / "generated"

# Where the commands that tests run keep what they keep for the user.
CACHE = PROJECT / ".cache" / "tests"

# WSDLs made for tests, of what Services86 does not use and other services do.
BANK = PROJECT / "tests" / "wsdl" / "Bank.wsdl"
ECHO = PROJECT / "tests" / "wsdl" / "Echo.wsdl"
FACETS = PROJECT / "tests" / "wsdl" / "Facets.wsdl"
LEDGER = PROJECT / "tests" / "wsdl" / "Ledger.wsdl"
ORDERS = PROJECT / "tests" / "wsdl" / "Orders.wsdl"
RATES = PROJECT / "tests" / "wsdl" / "Rates.wsdl"
SHAPES = PROJECT / "tests" / "wsdl" / "Shapes.wsdl"
TEXTS = PROJECT / "tests" / "wsdl" / "Texts.wsdl"
SHOP = PROJECT / "tests" / "wsdl" / "shop"

# Two editions of a contract with one operation.
EDITIONS = PROJECT / "tests" / "wsdl" / "editions"

# Generated packages that a person has read, and pieces of them that a person wrote before.
GOLDEN = PROJECT / "tests" / "golden" / "packages"
BY_HAND = PROJECT / "tests" / "golden" / "by_hand"


def corpus() -> Path:
    """The folder of the corpus; the test that asks for it is skipped where it is missing."""
    path = Path(os.environ.get("SOAPGEN_CORPUS", PROJECT.parent / "shared" / "corpus"))
    if not path.is_dir():
        pytest.skip(f"the corpus is not at {path}; set SOAPGEN_CORPUS to where it is")
    return path
