"""Elements that a contract declares and that may be empty: samples of strict wildcards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..contract import STRING, effective_attributes, effective_contents, lineage
from ..contract.model import ComplexType, Compositor, ElementParticle, Group, Particle, QName, Type
from ..contract.services import Binding


def empty_elements(binding: Binding, types: Mapping[QName, Type]) -> tuple[QName, ...]:
    """The elements of the messages of ``binding`` that are valid with nothing in them."""
    found = (element.name for element in _elements(binding) if _may_be_empty(element, types))
    return tuple(dict.fromkeys(name for name in found if name.namespace))


def _elements(binding: Binding) -> Iterator[ElementParticle]:
    for operation in binding.operations:
        # No schema declares the element around the parts of the style rpc, nor, without a
        # namespace, that of a part with a type.
        messages = (operation.input, operation.output) if operation.style == "document" else ()
        for message in messages:
            if message is not None and not message.encoded:
                yield from (part.element for part in message.parts if part.element is not None)


def _may_be_empty(element: ElementParticle, types: Mapping[QName, Type]) -> bool:
    named = types.get(element.type) if isinstance(element.type, QName) else element.type
    if not isinstance(named, ComplexType):
        return element.type == STRING and not element.is_fixed
    line = lineage(types, named)
    return not (
        named.abstract
        or any(item.simple_content is not None for item in line)
        or any(item.required for item in effective_attributes(line))
        or any(_needs_something(content) for content in effective_contents(line))
    )


def _needs_something(particle: Particle) -> bool:
    if particle.occurrence.minimum == 0:
        return False
    if not isinstance(particle, Group):
        return True
    is_choice = particle.compositor is Compositor.CHOICE and particle.particles
    return (all if is_choice else any)(map(_needs_something, particle.particles))
