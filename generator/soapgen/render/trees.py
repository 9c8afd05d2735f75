"""Templates → trees of Jinja2's nodes: parsed once, for the names in them and to be compiled."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

import jinja2
from jinja2 import nodes

from . import templates
from .templates import Templates


class Trees(jinja2.BaseLoader):
    """Loads the templates of a build, and has the tree of each.

    Args:
        own: The templates.
    """

    def __init__(self, own: Templates) -> None:
        self._own = own
        self._places = own.places()
        self._trees: dict[str, nodes.Template] = {}

    def tree(self, environment: jinja2.Environment, name: str) -> nodes.Template:
        """The tree of the template ``name``.

        Raises:
            jinja2.TemplateNotFound: There is none.
            jinja2.TemplateSyntaxError: It is none.
        """
        if name not in self._trees:
            if name not in self._places and name not in templates.jinja_templates():
                raise jinja2.TemplateNotFound(name)
            text = self._own.text(name)
            self._trees[name] = environment.parse(text, name, self._place(name))
        return self._trees[name]

    def load(
        self,
        environment: jinja2.Environment,
        name: str,
        globals: MutableMapping[str, Any] | None = None,
    ) -> jinja2.Template:
        """The template ``name``, compiled."""
        code = environment.compile(self.tree(environment, name), name, self._place(name))
        return environment.template_class.from_code(environment, code, globals or {})

    def _place(self, name: str) -> str:
        return self._places.get(name) or str(templates.folder() / name)
