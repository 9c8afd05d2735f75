"""Elements and attributes as xmlschema built them → the texts of their default and fixed values."""

from __future__ import annotations

from typing import Any

from .model import QUALIFIED_NAMES


def default_text(component: Any) -> str | None:
    """The default or fixed value of an element or an attribute; None if it has none.

    A qualified name is ``{namespace}name``: its prefix is declared in the schema (XML Schema part
    2, 3.2.18), and may mean another namespace where the value is used. Those in a list or in a
    union are left as they are.
    """
    text: str | None = component.default if component.default is not None else component.fixed
    if text is None or not _is_name(component.type):
        return text
    has_own = {"default", "fixed"} & component.elem.attrib.keys()
    declaration = component if has_own or component.ref is None else component.ref
    prefix, _, local = text.strip().rpartition(":")
    scope = declaration.schema.source.get_nsmap(declaration.elem) or {}
    namespace = scope.get(prefix)
    return f"{{{namespace}}}{local}" if namespace else local


def _is_name(xsd_type: Any) -> bool:
    """Whether the texts of a type are qualified names."""
    simple = xsd_type if xsd_type.is_simple() else xsd_type.content
    primitive = getattr(getattr(simple, "primitive_type", None), "local_name", "")
    return primitive in {name.local for name in QUALIFIED_NAMES}
