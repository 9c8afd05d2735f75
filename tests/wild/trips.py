"""Values and messages that go through a package and back, and what becomes different on the way."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from typing import Any

from lxml import etree
from soapgen.plan.members import Choice
from soapgen.plan.operations import Message
from soapgen.plan.types import Entity

from tests.support.packages import Built
from tests.support.plan_values import Impossible, PlanValues, Size, is_same

_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_SHOWN = 300

Trip = Callable[[PlanValues, Size], tuple[Any, Any]]


def trips(built: Built) -> Iterator[tuple[str, Trip]]:
    """For each class of a package, what makes a value of it and gives that and what it became."""
    written, read = (
        {item.class_name: item for item in functions.entities}
        for functions in (built.plan.written, built.plan.read)
    )
    for entity in built.plan.entities:
        # An attachment is beside a message: those with such a value are tried below.
        is_alone = all(member.value.read != "read_swaref" for member in entity.members)
        if entity.class_name in written and entity.class_name in read and is_alone:
            both = (written[entity.class_name], read[entity.class_name])
            yield entity.class_name, _entity_trip(built, *both)
    choices = {choice.class_name: choice for choice in built.plan.read.choices}
    for choice in built.plan.written.choices:
        if choice.class_name in choices:
            yield choice.class_name, _choice_trip(built, choice, choices[choice.class_name])
    for operation in built.plan.operations:
        request = operation.request_name
        yield f"build_{operation.name}", _message_trip(
            built, operation.name, request, operation.request
        )
        if operation.response is not None:
            response = operation.response_name
            yield f"build_{response}", _message_trip(
                built, response, operation.name, operation.response
            )


def value_problems(built: Built, most: int | None = None) -> Iterator[str]:
    """Which values of the classes of ``built`` are read as other ones than were written.

    Args:
        built: The package.
        most: How many of its classes and messages to try; None for all.
    """
    for name, trip in islice(trips(built), most):
        for size in (Size.MINIMAL, Size.FULL, Size.RANDOM):
            values = PlanValues(built, f"{built.plan.name} {name} {size}")
            try:
                before, after = trip(values, size)
            except Impossible:
                yield f"{name}, {size}: there is no value"
                continue
            except Exception as error:
                yield f"{name}, {size}: {type(error).__name__}: {error}"
                continue
            if not is_same(before, after):
                yield f"{name}, {size}: {str(before)[:_SHOWN]} became {str(after)[:_SHOWN]}"


def count(built: Built) -> int:
    """How many classes and messages of ``built`` are tried."""
    return sum(1 for _ in trips(built))


def _entity_trip(built: Built, writes: Entity, reads: Entity) -> Trip:
    write = getattr(built.builders, writes.any_function or writes.function)
    read = getattr(built.parsers, reads.any_function or reads.function)

    def trip(values: PlanValues, size: Size) -> tuple[Any, Any]:
        value = values.entity(writes, size)
        (element,) = _rooted(built, write("value", value))
        return value, read(element)

    return trip


def _choice_trip(built: Built, writes: Choice, reads: Choice) -> Trip:
    write = getattr(built.builders, writes.function)
    items = built.module("_items")
    read = items.mixed_items if writes.mixed else items.chosen_items

    def trip(values: PlanValues, size: Size) -> tuple[Any, Any]:
        value = values.choice(writes, size)
        root = _rooted(built, "".join(write("value", item) for item in value))
        return value, read(root, getattr(built.parsers, reads.function))

    return trip


def _message_trip(built: Built, builds: str, parses: str, message: Message) -> Trip:
    build = getattr(built.builders, f"build_{builds}")
    parse = getattr(built.parsers, f"parse_{parses}")
    binary = built.module("_binary") if (built.path / "_swa.py").is_file() else None

    def trip(values: PlanValues, size: Size) -> tuple[Any, Any]:
        arguments = values.members(message.parameters, size)
        if binary is None:
            content = build(**arguments)
        else:
            content = binary.unpacked(*binary.packed(partial(build, **arguments)))
        result = built.as_arguments(parse(content), build)
        names = [name for name in inspect.signature(build).parameters if name in arguments]
        return [arguments[name] for name in names], list(result)

    return trip


def _rooted(built: Built, markup: str) -> etree._Element:
    """The element around ``markup``, with the prefixes that messages declare."""
    spaces = [item for item in built.plan.written_namespaces if item.prefix != "xml"]
    declared = "".join(item.declaration for item in spaces)
    return etree.fromstring(f'<root xmlns:xsi="{_XSI}"{declared}>{markup}</root>')
