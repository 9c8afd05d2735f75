"""Values of all classes and messages of a package that become JSON, and values again."""

from __future__ import annotations

import json
import typing
from collections.abc import Callable, Iterator
from typing import Any

from .packages import Built
from .plan_values import Impossible, PlanValues, Size

Trip = Callable[[PlanValues, Size], tuple[Any, Any]]


def json_trips(built: Built) -> Iterator[tuple[str, Trip]]:
    """For each class and message, what makes a value of it and gives that and its type."""
    for entity in built.plan.entities:
        kind = getattr(built.models, entity.class_name)
        yield entity.class_name, lambda values, size, of=entity, kind=kind: (
            kind,
            values.entity(of, size),
        )
    for choice in built.plan.choices:
        union = list[getattr(built.models, choice.class_name)]  # type: ignore[misc]
        yield choice.class_name, lambda values, size, of=choice, union=union: (
            union,
            values.choice(of, size),
        )
    for operation in built.plan.operations:
        messages = [(operation.name, operation.request)]
        messages += [(operation.response_name, operation.response)] if operation.response else []
        for name, message in messages:
            hints = typing.get_type_hints(getattr(built.builders, f"build_{name}"))
            for member in message.parameters:
                yield f"{name}.{member.name}", lambda values, size, of=member, hint=hints: (
                    hint[of.name],
                    values.members([of], size)[of.name],
                )


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
