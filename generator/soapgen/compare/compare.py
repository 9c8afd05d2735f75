"""Two sides → the differences between them, each graded for the wire and for Python."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..naming import HEADER_CLASSES
from ..plan import Family
from ..secret_names import shown_address
from .code import python_rule
from .contract_tree import ContractTree, Use, contract_tree
from .namespaces import matched_namespaces, renamed
from .nodes import Change, Event, Node, Value, changes
from .plan_tree import plan_tree
from .python_rules import PYTHON_RULES
from .rules import Effect, Grade, worst
from .sides import Side
from .wire import wire_rule
from .wire_rules import WIRE_RULES

_NONE = Effect(Grade.COMPATIBLE, Grade.COMPATIBLE)


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference.

    Attributes:
        rule: The name of its rule.
        where: What it is of: names, from the outermost to the innermost.
        event: What happened: ``added``, ``removed``, ``changed`` and so on.
        field: The name of the value that changed, or empty.
        old: The value that it had, or None.
        new: The value that it has, or None.
        wire: What it means for messages.
        python: What it means for code that uses the generated package.
        python_rules: The rules for what changes in the package by it.
        is_used: Whether any message has it.
    """

    rule: str
    where: tuple[str, ...]
    event: str
    field: str
    old: Value
    new: Value
    wire: Effect
    python: Grade
    python_rules: tuple[str, ...] = ()
    is_used: bool = True

    @property
    def grade(self) -> Grade:
        """What matters most of all that it means."""
        return worst(self.wire.worst, self.python)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two contracts, what matters most first.

    Attributes:
        differences: The differences.
    """

    differences: tuple[Difference, ...]

    @property
    def grade(self) -> Grade | None:
        """What matters most; None where nothing differs."""
        return max((item.grade for item in self.differences), key=_rank, default=None)

    @property
    def step(self) -> str:
        """The step in semantic versions that it means for the package: major, minor, patch, none.

        What is breaking is a major one, what adds something or is risky a minor one.
        """
        if self.grade is None:
            return "none"
        if self.grade is Grade.BREAKING:
            return "major"
        return "patch" if self.grade is Grade.DOCUMENTATION else "minor"


def _rank(grade: Grade) -> int:
    return grade.rank


def compare(old: Side, new: Side) -> Comparison:
    """Compare two contracts, and what is generated of each."""
    namespaces = matched_namespaces(
        [old.services], [new.services], list(old.types), list(new.types)
    )
    before = renamed(contract_tree(old.services, old.types, old.left_out), namespaces)
    after = contract_tree(new.services, new.types, new.left_out)
    code = _Code(tuple(changes(*_plan_trees(old.plan, new.plan))))
    found = [_namespace(*pair) for pair in namespaces.items()]
    found += _wire(before, after, code)
    found += code.rest()
    ordered = sorted(found, key=lambda item: (-item.grade.rank, item.where, item.rule))
    return Comparison(tuple(ordered))


def _plan_trees(old: Family, new: Family) -> tuple[Node, Node]:
    """The trees of two plans.

    A package for one service may be in a package of its own or not, by how the source is named;
    that is no difference of contracts.
    """
    if old.nested == new.nested or max(len(old.packages), len(new.packages)) > 1:
        return plan_tree(old, nested=old.nested), plan_tree(new, nested=new.nested)
    return plan_tree(old, nested=False), plan_tree(new, nested=False)


def _namespace(old: str, new: str) -> Difference:
    rule = WIRE_RULES["namespace-changed"]
    wire = rule.request | rule.response
    return Difference(
        rule.name, (f"namespace {old}",), "changed", "name", old, new, wire, Grade.COMPATIBLE
    )


def _wire(before: ContractTree, after: ContractTree, code: _Code) -> Iterator[Difference]:
    for change in changes(before.root, after.root):
        if _is_told_by_reference(change) or _is_told_by_operation(change, before, after):
            continue
        rule = WIRE_RULES[_rule(change, before, after)]
        use = _use(change, before, after)
        wire = _effect(rule.request, rule.response, use)
        matched = code.of(change, before, after)
        documented = Grade.DOCUMENTATION
        if rule.name == "documentation-changed":
            wire = Effect(documented, documented)
        # What changes nothing in the package is compatible; documentation is what it is.
        quiet = documented if wire.worst is documented else Grade.COMPATIBLE
        grade = worst(documented, *(PYTHON_RULES[name].grade for name in matched))
        old, new = _values(change)
        yield Difference(
            rule.name,
            _where(change),
            str(change.event),
            change.field,
            old,
            new,
            wire,
            quiet if grade is documented else grade,
            matched,
            use != Use(),
        )


def _values(change: Change) -> tuple[Value, Value]:
    """What a value was and is, without what may be secret in an address."""
    old, new = change.old, change.new
    if change.field == "address":
        return shown_address(str(old or "")), shown_address(str(new or ""))
    return old, new


def _rule(change: Change, before: ContractTree, after: ContractTree) -> str:
    """The name of the rule for ``change``."""
    name = wire_rule(change)
    # Without a message that declares its base, a type is in no place of another one.
    if name.startswith("derived-type-"):
        tree = before if change.event is Event.ADDED else after
        if change.node.values.get("base") not in tree.declared:
            return name.removeprefix("derived-")
    return name


def _is_told_by_operation(change: Change, before: ContractTree, after: ContractTree) -> bool:
    """Whether the element of a message is there, or not, because all operations with it are."""
    if change.node.kind != "messageElement" or change.event not in (Event.ADDED, Event.REMOVED):
        return False
    here, there = (after, before) if change.event is Event.ADDED else (before, after)
    others = frozenset[str]().union(*there.operations.values())
    return not here.operations[change.node.name] & others


def _is_told_by_reference(change: Change) -> bool:
    """Whether the reference to a type without a name tells that the type is there or not."""
    parent = change.parent
    if change.event not in (Event.ADDED, Event.REMOVED) or parent is None:
        return False
    is_type = change.node.kind.endswith("Type")
    return is_type and parent.kind != "contract"


def _use(change: Change, before: ContractTree, after: ContractTree) -> Use:
    """Which messages have what changed."""
    root = change.path[1] if len(change.path) > 1 else change.node
    if root.kind in ("service", "leftOut"):
        names = [item.name for item in change.path if item.kind == "message"]
        if names:
            return Use(request="input" in names, response="output" in names)
        return Use(request=True, response=True)
    role = "type" if root.kind.endswith("Type") else root.kind
    key = (role, root.name)
    return before.uses.get(key, Use()) | after.uses.get(key, Use())


def _effect(request: Effect, response: Effect, use: Use) -> Effect:
    effect = _NONE
    if use.request:
        effect |= request
    if use.response:
        effect |= response
    return effect


def _where(change: Change) -> tuple[str, ...]:
    """The names that lead to what changed, without the groups and types that have none."""
    inner = [item for item in change.path[1:-1] if item.kind not in ("group", "binding")]
    parts = [_shown(item) for item in (*inner, *change.path[1:][-1:])]
    return tuple(part for part in parts if part) or ("contract",)


_SHOWN = {
    "messageElement": "element",
    "enumerationValue": "value",
    "leftOut": "left out:",
    "message": "",
}


def _shown(node: Node) -> str:
    kind = _SHOWN.get(node.kind, "type" if node.kind.endswith("Type") else node.kind)
    if node.kind == "message":
        return "request" if node.name == "input" else "response"
    if not node.called:
        return kind if node.kind in ("group", "wildcard") else ""
    return f"{kind} {node.called}"


class _Code:
    """The changes of a package, which are told with the differences that they come from."""

    def __init__(self, found: tuple[Change, ...]) -> None:
        self._told: set[int] = set()
        self._by_subject: dict[tuple[str, str], list[int]] = {}
        self._by_type: dict[str, list[int]] = {}
        self._changes = found
        for position, change in enumerate(found):
            for key in _subjects(change):
                self._by_subject.setdefault(key, []).append(position)
            for node in (change.node, change.before, change.after):
                for name in node.types if node is not None else ():
                    self._by_type.setdefault(name, []).append(position)

    def of(self, change: Change, before: ContractTree, after: ContractTree) -> tuple[str, ...]:
        """The rules for what changes in the package by a change of the contract."""
        root = change.path[1] if len(change.path) > 1 else change.node
        found = (
            self._of_service(change)
            if root.kind == "service"
            else self._of_type(change, root, before, after)
        )
        if change.field == "documentation":
            found = [item for item in found if self._changes[item].field == "docstring"]
        self._told.update(found)
        return tuple(sorted({python_rule(self._changes[position]) for position in found}))

    def _of_service(self, change: Change) -> list[int]:
        """The changes for one of a service: of the method or, outside of operations, the client."""
        operations = [node.called for node in change.path if node.kind == "operation"]
        if operations:
            return self._of_owner(operations[0])
        fields = _OF_CLIENTS.get(change.field, ())
        return [
            position
            for position, other in enumerate(self._changes)
            if other.node.kind == "client"
            and other.field in fields
            and (change.field != "address" or other.old == change.old)
        ]

    def _of_type(
        self, change: Change, root: Node, before: ContractTree, after: ContractTree
    ) -> list[int]:
        """The changes for one of a type or an element: of its class, or of what is of the type."""
        inner = [node for node in change.path[2:] if node.kind in _NAMED]
        member = inner[-1].called if inner else ""
        owners = {root.called}
        for tree in (before, after):
            owners |= tree.operations.get(root.name, frozenset())
        keys = [(owner, member) for owner in sorted(owners)]
        keys += [(name, root.called) for name in HEADER_CLASSES if not member]
        found = [position for key in keys for position in self._by_subject.get(key, ())]
        if root.kind.endswith("Type") and not (found and member):
            found += self._by_type.get(root.called, ())
        return found or (self._of_owner(root.called) if not member else [])

    def _of_owner(self, owner: str) -> list[int]:
        """The changes of a class or a method, and of all that is within."""
        return [
            position
            for (other, _), positions in self._by_subject.items()
            for position in positions
            if other == owner
        ]

    def rest(self) -> Iterator[Difference]:
        """What changes in the package by no single difference of the contract."""
        for position, change in enumerate(self._changes):
            if position in self._told:
                continue
            rule = PYTHON_RULES[python_rule(change)]
            old, new = _values(change)
            documented = rule.grade is Grade.DOCUMENTATION
            yield Difference(
                rule.name,
                ("package", *(f"{node.kind} {node.name}" for node in change.path[1:])),
                str(change.event),
                change.field,
                old,
                new,
                Effect(rule.grade, rule.grade) if documented else _NONE,
                rule.grade,
                (rule.name,),
            )


_NAMED = ("element", "attribute", "enumerationValue")
_OF_CLIENTS = {
    "address": ("address",),
    "soap_version": ("versions of SOAP",),
    "addressing": ("addressing",),
    "documentation": ("docstring",),
}


def _subjects(change: Change) -> Iterator[tuple[str, str]]:
    """The names that the contract has for what changed: of a type or an operation, and within."""
    owners = [node.called for node in change.path if node.kind in ("class", "method", "client")]
    if not owners:
        return
    inner = change.path[-1]
    is_within = inner.kind not in ("class", "method", "client")
    yield owners[-1], inner.called if is_within else ""
    if inner.kind == "method" and change.field in ("result", "item"):
        # The only member of a response is the result itself.
        for node in (change.before, change.after):
            for child in node.children if node is not None else ():
                if child.kind == "result":
                    yield owners[-1], child.called
