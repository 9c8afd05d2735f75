"""Messages that a package writes in SOAP's encoding: does each keep the rules of it?"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from soapgen.namespaces import SOAP_11_ENCODING

from tests.support.packages import Built
from tests.support.plan_values import Impossible, PlanValues, Size

from .contracts import Wild
from .section_five import SectionFive


def encoded_problems(wild: Wild, built: Built, most: int | None = None) -> Iterator[str]:
    """What is wrong with the messages of ``built`` that are in the encoding of SOAP 1.1.

    Args:
        wild: The contract of the package.
        built: The package.
        most: How many of its operations to try; None for all.
    """
    if built.plan.encoding != SOAP_11_ENCODING:
        return
    rules = SectionFive(wild.path)
    for operation in islice(built.plan.operations, most):
        halves = [(True, operation.name, operation.request)]
        if operation.response is not None:
            halves.append((False, operation.response_name, operation.response))
        for is_request, name, message in halves:
            build = getattr(built.builders, f"build_{name}")
            for size in (Size.MINIMAL, Size.FULL, Size.RANDOM):
                values = PlanValues(built, f"{name} by section 5, {size}")
                try:
                    content = build(**values.members(message.parameters, size))
                except Impossible:
                    continue  # that is said where values are tried
                found = rules.problems(operation.xml_name, content, is_request=is_request)
                yield from (f"{name}, {size}: {problem}" for problem in found)
