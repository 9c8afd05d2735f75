"""The plan of modules, as data: those that services share, and those that are copied."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from . import sentences
from .members import Choice
from .names import Namespace, Source
from .operations import HeaderClass
from .types import Entity, Functions
from .values import Enumeration


def choice_classes(choices: Iterable[Choice]) -> tuple[str, ...]:
    """The names of ``choices``, and the classes around values in them."""
    return tuple(
        name
        for choice in choices
        for name in (choice.class_name, *(item.class_name for item in choice.wrappers))
    )


@dataclass(frozen=True, slots=True)
class SharedModule:
    """Types that the same services share: a module each of models, of writers and of readers.

    Attributes:
        name: The name of the three modules.
        services: The services that use them.
        enumerations: Its enumerations.
        entities: Its dataclasses.
        choices: Its choices of elements.
        written: The types that its writers write.
        read: The types that its readers read.
        header_class: The class for SOAP headers, if this is the module for one; then it has no
            types.
        read_namespaces: The namespaces that its readers need constants for.
    """

    name: Source
    services: tuple[str, ...]
    enumerations: tuple[Enumeration, ...]
    entities: tuple[Entity, ...]
    choices: tuple[Choice, ...]
    written: Functions
    read: Functions
    header_class: HeaderClass | None
    read_namespaces: tuple[Namespace, ...]

    @property
    def class_names(self) -> tuple[str, ...]:
        """The classes that it defines."""
        enumerations = (item.class_name for item in self.enumerations)
        entities = (item.class_name for item in self.entities)
        headers = (self.header_class.class_name,) if self.header_class else ()
        return (*enumerations, *entities, *choice_classes(self.choices), *headers)

    @property
    def models_description(self) -> str:
        """What its module of models is."""
        return sentences.shared_models(sentences.users(self.services))

    @property
    def readers_description(self) -> str:
        """What its module of readers is."""
        return sentences.shared_readers(sentences.users(self.services))

    @property
    def writers_description(self) -> str:
        """What its module of writers is."""
        return sentences.shared_writers(sentences.users(self.services))


@dataclass(frozen=True, slots=True)
class RuntimeModule:
    """A module that is copied into a package.

    Attributes:
        name: The name of the module, without ``.py``.
        template: The file to copy: an absolute path, or one relative to the folder of the
            templates.
    """

    name: Source
    template: Path
