"""Declared faults → plan: an error for each, and which of them each operation raises."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from .. import naming
from ..contract import FaultDetail, Interface, Reach
from .faults import Fault, FaultSet
from .type_planner import TypePlanner

Sets = Mapping[tuple[FaultDetail, ...], FaultSet]
"""The faults that operations declare together, with the plan of them."""


def shared_faults(interfaces: Sequence[Interface], shared: Reach) -> tuple[FaultDetail, ...]:
    """The faults that two or more of ``interfaces`` declare, and whose types they share."""
    found: dict[FaultDetail, list[Interface]] = {}
    for interface in interfaces:
        for fault in () if interface.encoded else interface.all_faults:
            if fault.use.type not in interface.reach.types or fault.use.type in shared.types:
                found.setdefault(fault, []).append(interface)
    return tuple(fault for fault, users in found.items() if len(users) > 1)


def name_faults(faults: Iterable[FaultDetail], classes: naming.Names) -> dict[FaultDetail, str]:
    """The class of the error for each of ``faults``, taken in the scope ``classes``."""
    return {fault: naming.fault(fault.name, classes) for fault in faults}


def plan_faults(
    names: Mapping[FaultDetail, str],
    types: TypePlanner,
    *,
    shared: bool | frozenset[str] = False,
    build: Callable[[str], str] = lambda _: "",
) -> dict[FaultDetail, Fault]:
    """The plan of faults.

    Args:
        names: The faults, and the class of the error for each.
        types: The planner of their types.
        shared: The classes that are defined in the module that services share.
        build: Names the function that writes the fault whose class it gets.
    """
    planned: dict[FaultDetail, Fault] = {}
    for fault, class_name in names.items():
        member = types.member(fault.use, naming.DETAIL, data_contract=False)
        planned[fault] = Fault(
            class_name=class_name,
            xml_name=fault.name,
            member=member,
            in_header=fault.in_header,
            documentation=fault.use.element.documentation,
            build=build(class_name),
            is_shared=shared if isinstance(shared, bool) else class_name in shared,
        )
    return planned


def fault_sets(
    operations: Iterable[tuple[FaultDetail, ...]],
    faults: Mapping[FaultDetail, Fault],
    constants: naming.Names,
) -> dict[tuple[FaultDetail, ...], FaultSet]:
    """A constant for each set of faults that operations declare; the largest is ``FAULTS``."""
    keys = dict.fromkeys(operations)
    return {
        key: FaultSet(constants.take(naming.FAULTS), tuple(faults[fault] for fault in key))
        for key in sorted(keys, key=len, reverse=True)
        if key
    }
