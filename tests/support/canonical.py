"""Canonical XML: two messages are the same when their canonical forms are."""

from __future__ import annotations

from xml.etree.ElementTree import canonicalize

from lxml import etree


def canonical(root: etree._Element) -> str:
    """Canonical XML 2.0 of ``root``, prefixes numbered in order of use, one element a line."""
    text: str = canonicalize(etree.tostring(root, encoding="unicode"), rewrite_prefixes=True)
    return text.replace("><", ">\n<")
