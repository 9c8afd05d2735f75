"""A fault that an operation declares, by its name or with its content → what it carries."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from lxml import etree

from ..contract.services import Fault, Operation
from ..errors import SourceError
from ..messages import WireStyle
from ..near import did_you_mean
from ..sources import parse
from .faults import Carried

if TYPE_CHECKING:
    from ..contract.schemas import SchemaSet

_MOST_PROBLEMS = 5


def sample_of(
    operation: Operation, name: str, styles: Mapping[str, WireStyle]
) -> dict[str, Carried]:
    """A sample of what the fault ``name`` of ``operation`` carries, by the version of SOAP.

    Args:
        operation: The operation.
        name: The name of the fault, or of its element.
        styles: What writes samples, by the version of SOAP.

    Raises:
        SourceError: The operation declares no fault of this name, or several.
        UnsupportedError: There is no sample of it.
    """
    fault = _named(operation, name)
    return {
        version: Carried(style.fault(operation, fault), fault.in_header)
        for version, style in styles.items()
    }


def given(operation: Operation, name: str, detail: bytes, schemas: SchemaSet) -> Carried:
    """``detail``, an element that a fault of ``operation`` carries.

    Args:
        operation: The operation.
        name: The name of the fault, or of its element; empty for that which ``detail`` tells.
        detail: The element as XML.
        schemas: The schemas, by which a literal one is validated.

    Raises:
        SourceError: The operation declares no fault of this name, or several; or ``detail`` is no
            XML.
        ValueError: ``detail`` is not valid, or not what the fault carries.
    """
    faults = (_named(operation, name),) if name else operation.faults
    root = parse(detail, "the detail of the fault")
    found = [fault for fault in faults if str(fault.element.name) == root.tag]
    if not found:
        names = " or ".join(str(fault.element.name) for fault in faults)
        which = f"fault {name}" if name else "a fault"
        raise ValueError(
            f"{which} of operation {operation.name} carries {names or 'nothing'}, not {root.tag}"
        )
    fault, *_ = found
    if not operation.encoded:  # no schema describes an encoded one as it is
        problems = schemas.problems(root, _MOST_PROBLEMS, fault.element)
        if problems:
            raise ValueError(f"the detail is not valid: {'; '.join(problems)}")
    return Carried(etree.tostring(root, encoding="unicode", with_tail=False), fault.in_header)


def _named(operation: Operation, name: str) -> Fault:
    """The fault of ``operation`` that is called ``name`` or, if none is, whose element is.

    Raises:
        SourceError: There is none, or there are several.
    """
    faults = operation.faults
    # What concerns a header has no name of its own: the model has that of a part of a message.
    found = [item for item in faults if item.name == name and not item.in_header]
    found = found or [item for item in faults if _element(item) == name]
    if len(found) == 1:
        return found[0]
    names = [word for item in faults for word in _names(item)]
    declares = f"it declares {', '.join(dict.fromkeys(names))}" if names else "it declares none"
    raise SourceError(
        f"operation {operation.name} declares {'several faults' if found else 'no fault'} {name}",
        place=operation.place,
        hint=declares if found else did_you_mean(name, names, declares, 3),
    )


def _names(fault: Fault) -> list[str]:
    return [_element(fault)] if fault.in_header else [fault.name, _element(fault)]


def _element(fault: Fault) -> str:
    return fault.element.name.local
