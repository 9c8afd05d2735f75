"""docs/compatibility.md, made of the rules: ``python -m tests.compare.page`` writes it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from soapgen.compare.element_rules import ELEMENT_RULES
from soapgen.compare.message_rules import MESSAGE_RULES
from soapgen.compare.python_rules import PYTHON_RULES
from soapgen.compare.rules import PythonRule, WireRule
from soapgen.compare.value_rules import VALUE_RULES

from ..support.paths import PROJECT

PAGE = PROJECT / "docs" / "compatibility.md"

HEAD = """# What a change of a contract means

`soapgen diff OLD NEW` compares two contracts. Each of them is a WSDL, a folder or a ZIP archive
of WSDLs, an address, a revision of git such as `HEAD~1:wsdl/EMail.wsdl`, or a generated
package, which stands for the sources that it was built from (it is an error if these have
changed since). All that a WSDL imports is read with it, from the same revision.

Services are matched by name. Namespaces that differ in digits alone are matched, too, and those
of services of the same name: that a namespace is called otherwise is one difference, and not
one of each element in it.

Each difference is graded twice.

- **On the wire**: does an old client still work with a new server, and does a new client with
  an old server? That depends on which messages have what changed: in a request the client
  writes and the server reads, in a response it is the other way. What is in no message is
  compatible.
- **In Python**: does code that uses the generated package still type-check and run? This
  compares what a build generates of both: the names, annotations, defaults and classes. What
  changes in a package by no single difference of the contract is a difference of its own.

| grade | means |
|---|---|
| breaking | what was valid is refused, or code no longer type-checks or runs |
| risky | it depends on the other side, or on how code uses it |
| compatible | nothing that was there is affected |
| documentation only | nothing but documentation changed |

The command exits 0 if nothing is breaking, 1 if something is (0 with `--exit-zero`) and 2 for
an error. `--json` prints all that is known of each difference, `--markdown` tables for a pull
request, `--changelog` an entry of a changelog. The step in semantic versions is that of a
package with the client: *major* if something is breaking, *minor* if something is risky or
compatible, *patch* if only documentation changed.

Of two editions of a vendor's services, for example (`…` stands for rows that are left out):

"""

# Its lines are as long as they are printed.
EXAMPLE = Path(__file__).with_name("editions.md").read_text(encoding="utf-8")

ABOUT = """
This page has a section for each rule. It is made of the rules: `python -m tests.compare.page`
writes it anew.
"""


def page() -> str:
    """The text of the page."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    yield HEAD + EXAMPLE + ABOUT
    for title, rules in (
        ("Services, operations and messages", MESSAGE_RULES),
        ("Types and elements", ELEMENT_RULES),
        ("Values, attributes and simple types", VALUE_RULES),
    ):
        yield f"## {title}\n"
        for rule in rules:
            yield from _wire(rule)
    yield "## The generated package\n"
    for item in PYTHON_RULES.values():
        yield from _python(item)


def _wire(rule: WireRule) -> Iterator[str]:
    yield f"### {rule.name}\n"
    yield f"{rule.what} {rule.why}\n"
    yield f"```diff\n{rule.example}\n```\n"
    if rule.request == rule.response and rule.request.old_client is rule.request.new_client:
        yield f"On the wire: {rule.request.old_client}.\n"
        return
    yield "| | old client, new server | new client, old server |"
    yield "|---|---|---|"
    yield f"| in a request | {rule.request.old_client} | {rule.request.new_client} |"
    yield f"| in a response | {rule.response.old_client} | {rule.response.new_client} |\n"


def _python(rule: PythonRule) -> Iterator[str]:
    yield f"### {rule.name}\n"
    yield f"{rule.what} {rule.why}\n"
    yield f"```diff\n{rule.example}\n```\n"
    yield f"In Python: {rule.grade}.\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
