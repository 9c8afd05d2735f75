"""A simple type → a text that is valid for it, by its facets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from itertools import chain, islice

from .. import namespaces
from ..contract import SCALARS
from ..contract.model import (
    EnumType,
    Facets,
    ListType,
    QName,
    ScalarType,
    Type,
    TypeReference,
    UnionType,
)
from ..errors import UnsupportedError
from .bounded import plain_texts
from .expressions import Expression, either, repeat, sequence
from .intervals import between
from .literals import (
    INTEGERS,
    LISTS,
    characters_of,
    form_of,
    is_measured,
    is_number,
    is_ordered,
    size_of,
    value_of,
)
from .matching import matches, matching, searcher
from .patterns import PatternError, parsed

SimpleType = ScalarType | EnumType | ListType | UnionType
Steps = tuple[tuple[str, ...], ...]

_TRIES = 3_000
_GUIDES = 12
_TEXTS_OF_A_GUIDE = 200
_BEGINNINGS = 50  # that are followed of numbers and times, which have bounds besides patterns
_SHOWN = 80
_ITEM: Steps = ((r"\S+",),)
# Of a text whose white space is not preserved, that which is left of it (XSD part 2, 4.3.6).
_COLLAPSED = {"replace": "normalizedString", "collapse": "token"}


def sample_text(reference: TypeReference, types: Mapping[QName, Type]) -> str:
    """A text that is valid for a simple type: zero, nothing or the first value, where it can be.

    An ``xs:ID`` is the same every time; names have no prefix, unless an enumeration has them only.

    Args:
        reference: The type, or the name of it.
        types: The types that names refer to.

    Raises:
        UnsupportedError: No text was found that keeps all facets.
    """
    return _Values(types).sample(reference)


class _Values:
    """Finds texts of simple types, among ``types``."""

    def __init__(self, types: Mapping[QName, Type]) -> None:
        self._types = types
        self._reader = searcher()

    def sample(self, reference: TypeReference, steps: Steps = ()) -> str:
        """The first candidate that is valid; ``steps`` are patterns besides those of the type."""
        type_ = self._resolved(reference)
        try:
            for text in islice(self._candidates(type_, steps), _TRIES):
                if self._is_valid(type_, text) and matches(list(map(_step, steps)), text):
                    return text
        except PatternError as error:
            raise self._unsupported(type_, f": {error}") from None
        raise self._unsupported(type_, "")

    def _unsupported(self, type_: SimpleType, why: str) -> UnsupportedError:
        name = "an anonymous simple type" if type_.name is None else f"type {type_.name}"
        steps = () if isinstance(type_, EnumType) else type_.facets.patterns
        shown = " and ".join(repr(one[:_SHOWN]) for step in steps for one in step[:1])
        of_patterns = f" with the pattern {shown}" if shown else ""
        return UnsupportedError(
            f"no sample value was found for {name}{of_patterns}{why}",
            place=type_.place,
            hint="see whether its facets contradict one another, or simplify its patterns",
        )

    def _resolved(self, reference: TypeReference) -> SimpleType:
        type_ = self._types.get(reference) if isinstance(reference, tuple) else reference
        if type_ is None and reference in SCALARS:
            assert isinstance(reference, QName)  # SCALARS has nothing else
            type_ = ScalarType(reference, reference)
        if isinstance(type_, ScalarType) and type_.builtin.local in LISTS:
            item = QName(namespaces.XSD, LISTS[type_.builtin.local])
            facets = type_.facets
            least = max(facets.min_length or 1, 1)
            return ListType(type_.name, item, replace(facets, min_length=least), place=type_.place)
        if not isinstance(type_, SimpleType):
            raise TypeError(f"{reference} is no simple type")
        return type_

    def _candidates(self, type_: SimpleType, steps: Steps) -> Iterator[str]:
        """Texts of ``type_`` that may be valid; ``steps`` are patterns besides its own."""
        if isinstance(type_, EnumType):
            yield from (value.value for value in type_.values)
            return
        facets = type_.facets
        if facets.values:
            yield from facets.values
            return
        steps += facets.patterns
        match type_:
            case ScalarType():
                yield from self._of_scalar(type_, steps)
            case ListType():
                yield from self._of_list(type_, steps)
            case UnionType(members=members):
                for member in members:
                    yield from islice(self._candidates(self._resolved(member), steps), _TRIES // 4)

    def _of_scalar(self, type_: ScalarType, steps: Steps) -> Iterator[str]:
        builtin, facets = type_.builtin, type_.facets
        yield from plain_texts(builtin, facets)
        if not steps:
            return
        expressions = [self._form(type_), *map(_step, steps)]
        if is_measured(builtin):
            least, most = _lengths(facets)
            first = characters_of(builtin, least)
            last = None if most is None else characters_of(builtin, most)
            if last is not None and last < first:
                return
            expressions.append(repeat(_any_character(), first, last))
        if is_number(builtin):
            expressions.append(between(*_bounds(builtin, facets)))
            texts = matching(self._reader, expressions, each=_BEGINNINGS)
            yield from islice(texts, _TRIES // 4)
        elif is_ordered(builtin):
            searches = []
            for guide in dict.fromkeys(islice(plain_texts(builtin, facets), _GUIDES)):
                texts = matching(self._reader, expressions, guide, each=_BEGINNINGS)
                yield from islice(texts, 1)
                searches.append(islice(texts, _TEXTS_OF_A_GUIDE))
            yield from chain.from_iterable(searches)
        else:
            yield from islice(matching(self._reader, expressions), _TEXTS_OF_A_GUIDE)

    def _of_list(self, type_: ListType, steps: Steps) -> Iterator[str]:
        least, most = _lengths(type_.facets)
        item = self.sample(type_.item, _ITEM) if most != 0 else ""
        fewest = least if most == 0 else max(least, 1)
        if fewest * (len(item) + 1) < 1_000_000:
            yield " ".join([item] * fewest)
        if least == 0:
            yield ""
        if steps:
            one = self._form(self._resolved(type_.item))
            more = None if most is None else max(most - 1, 0)
            items = sequence([one, repeat(sequence([parsed(" "), one]), max(least - 1, 0), more)])
            form = either([items, sequence([])]) if least == 0 else items
            yield from islice(
                matching(self._reader, [form, *map(_step, steps)], each=_BEGINNINGS), _TRIES // 4
            )

    def _form(self, type_: SimpleType) -> Expression:
        """What the texts of a type look like, not heeding its facets."""
        match type_:
            case EnumType(values=values):
                return either(_literal(value.value) for value in values)
            case ScalarType(builtin=builtin, facets=facets):
                if builtin.local == "string" and facets.white_space in _COLLAPSED:
                    builtin = QName(namespaces.XSD, _COLLAPSED[facets.white_space])
                return parsed(form_of(builtin))
            case ListType(item=item):
                one = self._form(self._resolved(item))
                return sequence([one, repeat(sequence([parsed(" "), one]), 0, None)])
            case UnionType(members=members):
                return either(self._form(self._resolved(member)) for member in members)

    def _is_valid(self, type_: SimpleType, text: str) -> bool:
        """Whether ``text``, without white space that has no meaning, is valid for ``type_``."""
        if isinstance(type_, EnumType):
            return any(value.value == text for value in type_.values)
        facets = type_.facets
        if facets.values and text not in facets.values:
            return False
        if not matches([_step(step) for step in facets.patterns], text):
            return False
        match type_:
            case ScalarType(builtin=builtin):
                return matches([self._form(type_)], text) and _keeps(builtin, facets, text)
            case ListType(item=item):
                items = text.split()
                least, most = _lengths(facets)
                one = self._resolved(item)
                return (
                    least <= len(items)
                    and (most is None or len(items) <= most)
                    and all(self._is_valid(one, each) for each in dict.fromkeys(items))
                )
            case UnionType(members=members):
                return any(self._is_valid(self._resolved(member), text) for member in members)


def _keeps(builtin: QName, facets: Facets, text: str) -> bool:
    """Whether ``text``, which has the form that it should have, keeps the lengths and bounds."""
    least, most = _lengths(facets)
    if is_measured(builtin):
        size = size_of(builtin, text)
        if size < least or (most is not None and size > most):
            return False
    if not is_ordered(builtin):
        return True
    value = value_of(builtin, text)
    if value is None:
        return False
    if is_number(builtin):
        _, digits, exponent = value.normalize().as_tuple()
        fraction = max(-exponent, 0)
        total = max(len(digits) + max(exponent, 0), fraction)
        if facets.total_digits is not None and total > facets.total_digits:
            return False
        if facets.fraction_digits is not None and fraction > facets.fraction_digits:
            return False
        low, high = INTEGERS.get(builtin.local, (None, None))
        if (low is not None and value < low) or (high is not None and value > high):
            return False
    min_inclusive, max_inclusive, min_exclusive, max_exclusive = (
        None if bound is None else value_of(builtin, bound.strip())
        for bound in (
            facets.min_inclusive,
            facets.max_inclusive,
            facets.min_exclusive,
            facets.max_exclusive,
        )
    )
    return (
        (min_inclusive is None or bool(value >= min_inclusive))
        and (max_inclusive is None or bool(value <= max_inclusive))
        and (min_exclusive is None or bool(value > min_exclusive))
        and (max_exclusive is None or bool(value < max_exclusive))
    )


def _lengths(facets: Facets) -> tuple[int, int | None]:
    """The least and the greatest length."""
    if facets.length is not None:
        return facets.length, facets.length
    return facets.min_length or 0, facets.max_length


def _step(patterns: tuple[str, ...]) -> Expression:
    """The patterns of one step of a derivation, of which one must match."""
    return either(map(parsed, patterns))


def _bounds(builtin: QName, facets: Facets) -> tuple[Decimal | None, Decimal | None]:
    """The least and the greatest number, those included that are excluded themselves."""
    least, greatest = INTEGERS.get(builtin.local, (None, None))
    lows = [facets.min_inclusive, facets.min_exclusive, least]
    highs = [facets.max_inclusive, facets.max_exclusive, greatest]
    return (
        max((Decimal(low) for low in lows if low is not None), default=None),
        min((Decimal(high) for high in highs if high is not None), default=None),
    )


@lru_cache(maxsize=1)
def _any_character() -> Expression:
    return parsed(r"[\s\S]")


def _literal(text: str) -> Expression:
    """What matches ``text`` alone."""
    return sequence(parsed(rf"\{sign}" if sign in "\\|.?*+(){}-[]^" else sign) for sign in text)
