"""One group → a verdict: generates its package, and carries its instances through it."""

from __future__ import annotations

import os
import re
import traceback
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from lxml import etree
from soapgen.errors import GuardError, SoapgenError
from soapgen.plan import Family

from . import refused
from .compare import Comparer, Difference
from .contracts import schema_of, separate, wsdl_of
from .groups import Group, Instance, instances
from .packages import imported
from .tolerated import reason as reason_of

GOOD, REFUSED, FAILED, LOST = "good", "refused", "failed", "lost"
CRASHED, NO_INSTANCE = "crashed", "no instance"

# The package is generated, and refuses a valid instance for a reason that docs/types.md names.
REFUSED_WHEN_READ = "refused when read"

VERDICTS = (GOOD, REFUSED, REFUSED_WHEN_READ, FAILED, LOST, CRASHED, NO_INSTANCE)

# What a package makes of an invalid instance: a refusal, a value, or an error of no package.
TOLERATED = "tolerated"

_WORST_FIRST = (CRASHED, FAILED, LOST, REFUSED_WHEN_READ, GOOD)
_SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
_LONGEST = 300


@dataclass(frozen=True)
class Outcome:
    """What became of one instance.

    Attributes:
        instance: Its path in the archive.
        verdict: One of ``VERDICTS``; for an invalid instance also ``TOLERATED``.
        reason: Why it is not good, or why it is tolerated; then empty where that is not known.
    """

    instance: str
    verdict: str
    reason: str = ""


@dataclass(frozen=True)
class Result:
    """The verdict on a group.

    Attributes:
        group: The group.
        verdict: One of ``VERDICTS``.
        reason: Why it is not good, without names and numbers where it was refused.
        detail: The same with them, and with the place or the instance.
        invalid: What became of the invalid instances.
        left_out: How many valid instances have a root that no schema declares: as a message is a
            declared element, they cannot be tried.
        seconds: How long it took.
    """

    group: Group
    verdict: str
    reason: str = ""
    detail: str = ""
    invalid: tuple[Outcome, ...] = ()
    left_out: int = 0
    seconds: float = 0.0


def tried(group: Group, folder: Path, *, invalid: bool) -> Result:
    """The verdict on ``group``, which was unpacked into ``folder``.

    Args:
        group: The group.
        folder: The folder that its paths start at.
        invalid: Whether to try its invalid instances as well.
    """
    schemas = separate(folder, group.schemas)
    schema = schema_of(folder, schemas)
    accepted = list(instances(folder, group.valid))
    valid = _with_operation(accepted, schema)
    refusable = _with_operation(instances(folder, group.invalid), schema)
    if not valid:
        why = "no schema declares the root element" if accepted else "no XML parser accepts it"
        return Result(group, NO_INSTANCE, why, why)
    roots = list(dict.fromkeys(str(item.root.tag) for item in [*valid, *refusable]))
    # In a process, each WSDL has the same name, and so the same text in the runtime modules.
    wsdl = folder / f"suite-{os.getpid()}.wsdl"
    text, operations = wsdl_of(folder, schemas, roots)
    wsdl.write_text(text, encoding="utf-8")
    with ExitStack() as stack:
        try:
            family, modules = stack.enter_context(imported(wsdl))
        except Exception as error:
            return _not_generated(group, folder, error)
        generated = {item.xml_name for package in family.packages for item in package.operations}
        if absent := [name for name in operations if name not in generated]:
            return Result(group, REFUSED, "an operation is left out", f"{absent[0]} is left out")
        carrier = Carrier(family, modules, dict(zip(roots, operations, strict=True)))
        comparer = Comparer(schema)
        outcomes = [_carried(carrier, comparer, item) for item in valid]
        refusals = [_refused(carrier, schema, item) for item in refusable] if invalid else []
    worst = min(outcomes, key=lambda outcome: _WORST_FIRST.index(outcome.verdict))
    detail = f"{worst.instance}: {worst.reason}" if worst.reason else ""
    left_out = len(accepted) - len(valid)
    return Result(
        group, worst.verdict, anonymous(worst.reason), detail, tuple(refusals), left_out=left_out
    )


def _not_generated(group: Group, folder: Path, error: Exception) -> Result:
    """The verdict on a group whose package cannot be generated or imported."""
    if not isinstance(error, SoapgenError) or isinstance(error, GuardError):
        return Result(group, CRASHED, *_crash(error))
    if error.place is None:
        return Result(group, CRASHED, "a refusal without a place", str(error))
    detail = str(error).replace(f"{folder}{os.sep}", "")
    return Result(group, REFUSED, anonymous(error.message), detail)


def anonymous(message: str) -> str:
    """``message`` without the names and numbers in it."""
    message = re.sub(r"(?<![\w…])('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")", "…", message)
    message = re.sub(r"\{[^}\s]*\}[^\s,:;]*", "…", message)
    message = re.sub(r"^\S+ (?=(has|extends|is a list|is a dictionary)\b)", "… ", message)
    message = re.sub(
        r"\b(element|type|attribute|group) (?!in |is |that )[^\s,:;]+", r"\1 …", message
    )
    return re.sub(r"[0-9][0-9,]*", "0", message)[:_LONGEST]


def _with_operation(found: Iterable[Instance], schema: Any) -> list[Instance]:
    """The instances whose root is a global element: only such a one can be in a message."""
    if schema is None:
        return list(found)
    return [item for item in found if item.root.tag in schema.maps.elements]


class Carrier:
    """The functions of a package that read and write each root element."""

    def __init__(
        self, family: Family, modules: Mapping[str, ModuleType], operations: Mapping[str, str]
    ) -> None:
        (package,) = family.packages
        names = {operation.xml_name: operation.name for operation in package.operations}
        self.names = {root: names[operation] for root, operation in operations.items()}
        self.modules = modules
        self.refusal: type[Exception] = modules["errors"].SoapError

    def read(self, root: etree._Element) -> Any:
        """What the parser makes of ``root``."""
        parse = getattr(self.modules["parsers"], f"parse_{self.names[str(root.tag)]}")
        return parse(_envelope(root))

    def written(self, tag: Any, value: Any) -> etree._Element:
        """The element that the builder makes of ``value``."""
        build = getattr(self.modules["builders"], f"build_{self.names[str(tag)]}")
        body = etree.fromstring(build(value)).find(f"{{{_SOAP}}}Body")
        assert body is not None, "there is no body"
        (element,) = body
        return element


def _envelope(root: etree._Element) -> bytes:
    content = etree.tostring(root, encoding="utf-8", with_tail=False)
    declaration = b"<?xml version='1.0' encoding='utf-8'?>\n"
    start = f'<soap:Envelope xmlns:soap="{_SOAP}"><soap:Body>'.encode()
    return start + content.removeprefix(declaration) + b"</soap:Body></soap:Envelope>"


def _carried(carrier: Carrier, comparer: Comparer, instance: Instance) -> Outcome:
    is_read = False
    try:
        value = carrier.read(instance.root)
        is_read = True
        actual = carrier.written(instance.root.tag, value)
    except carrier.refusal as error:
        is_named = not is_read and refused.reason(str(error))
        said = f"{type(error).__name__}: {error}"[:_LONGEST]
        return Outcome(instance.path, REFUSED_WHEN_READ if is_named else FAILED, said)
    except Exception as error:
        return Outcome(instance.path, CRASHED, ": ".join(_crash(error)))
    found = list(comparer.differences(instance.root, actual))
    return Outcome(instance.path, *_judged(found))


def _judged(found: Sequence[Difference]) -> tuple[str, str]:
    if not found:
        return GOOD, ""
    return LOST, str(found[0])


def _refused(carrier: Carrier, schema: Any, instance: Instance) -> Outcome:
    """What becomes of an invalid instance."""
    try:
        carrier.read(instance.root)
    except carrier.refusal as error:
        return Outcome(instance.path, REFUSED, f"{type(error).__name__}: {error}"[:_LONGEST])
    except Exception as error:
        return Outcome(instance.path, CRASHED, ": ".join(_crash(error)))
    return Outcome(instance.path, TOLERATED, reason_of(schema, instance.root))


def _crash(error: Exception) -> tuple[str, str]:
    """The kind of an error, and its text with the place in the code that raised it."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" ({Path(frames[-1].filename).name}:{frames[-1].lineno})" if frames else ""
    return type(error).__name__, f"{error}{where}"[:_LONGEST]
