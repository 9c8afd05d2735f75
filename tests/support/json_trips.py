"""Values of all classes and messages of a package that become JSON, and values again."""

from __future__ import annotations

import json
import typing
from collections.abc import Callable, Iterator
from functools import partial
from types import GenericAlias
from typing import Any

from soapgen.plan.members import Choice, Member
from soapgen.plan.types import Entity

from .packages import Built
from .plan_values import Impossible, PlanValues, Size

Trip = Callable[[PlanValues, Size], tuple[Any, Any]]


def json_trips(built: Built) -> Iterator[tuple[str, Trip]]:
    """For each class and message, what makes a value of it, and gives its type and that value."""
    for entity in built.plan.entities:
        kind = getattr(built.models, entity.class_name)
        yield entity.class_name, partial(_entity, kind, entity)
    for choice in built.plan.choices:
        union = getattr(built.models, choice.class_name)
        yield choice.class_name, partial(_choice, GenericAlias(list, (union,)), choice)
    for operation in built.plan.operations:
        messages = [(operation.name, operation.request)]
        messages += [(operation.response_name, operation.response)] if operation.response else []
        for name, message in messages:
            hints = typing.get_type_hints(getattr(built.builders, f"build_{name}"))
            for member in message.parameters:
                yield f"{name}.{member.name}", partial(_member, hints[member.name], member)


def _entity(kind: Any, entity: Entity, values: PlanValues, size: Size) -> tuple[Any, Any]:
    return kind, values.entity(entity, size)


def _choice(kind: Any, choice: Choice, values: PlanValues, size: Size) -> tuple[Any, Any]:
    return kind, values.choice(choice, size)


def _member(kind: Any, member: Member, values: PlanValues, size: Size) -> tuple[Any, Any]:
    return kind, values.members([member], size)[member.name]


def json_problems(built: Built, seed: object, sizes: tuple[Size, ...]) -> Iterator[str]:
    """Which values are other ones after they were JSON, with names of the contract or of Python."""
    module = built.module("json_values")
    for name, trip in json_trips(built):
        for size in sizes:
            values = PlanValues(built, f"{built.plan.name} {name} {size} {seed}")
            try:
                kind, value = trip(values, size)
            except Impossible:
                continue
            for python_names in (False, True):
                data = module.to_json(value, kind, python_names=python_names)
                text = json.dumps(data, allow_nan=False)
                back = module.from_json(kind, json.loads(text), python_names=python_names)
                if not (back == value and type(back) is type(value)):
                    yield f"{name}, {size}: {value!r} became {text} and {back!r}"
