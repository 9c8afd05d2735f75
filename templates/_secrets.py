"""How secrets are masked: by the names that they go under, and wherever their values are repeated.

A message is parsed first, so that no comment, no escape and no encoding hides a secret.
"""

from __future__ import annotations

import base64
import binascii
import codecs
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any
from urllib.parse import quote, quote_plus
from xml.sax.saxutils import escape

from lxml import etree  # type: ignore[import-untyped, unused-ignore]

from ._envelope import SAFELY
from ._read import local_name
from ._secret_names import holds_secrets, is_secret, is_value_of, shown_address

MASK = "***"

# Shorter values are masked only where they stand alone: "on" may be in any sentence.
_SHORT = 4
_ALONE = r"""(?:(?<=^)|(?<=['"])|(?<=: ))(?:%s)(?=$|['"])"""

# Texts that nobody has to keep secret, such as that of HasPassword.
_NO_SECRETS = frozenset({"", "true", "false", "0", "1", MASK})

# How many values are looked for: a list of tokens must not make masking take minutes.
_MOST = 100

# The attributes that say how a secret is written, not what it is.
_PLAIN = frozenset({"nil", "type", "Type", "EncodingType", "ValueType"})

_KEYS = frozenset({"key", "name"})
_ADDRESS = re.compile(r"[A-Za-z][\w+.-]*://[^\s\"'<>]+")
_CHARSET = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.-]+)""")

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")

_Place = tuple[Any, str]
"""An element, and where it has a secret: ``text``, ``tail`` or ``@`` with an attribute."""


class Secrets:
    """The secrets of one exchange.

    Args:
        names: Names of elements, attributes and HTTP headers that are secret beside those by rule.
        texts: Secret texts that are known already.
    """

    def __init__(self, names: Iterable[str] = (), texts: Iterable[str] = ()) -> None:
        self._names = frozenset(map(_letters, names))
        self._pattern: re.Pattern[str] | None = None
        self.texts: set[str] = set()
        self._learn(texts)

    def learn(self, content: bytes, content_type: str = "") -> None:
        """Remember the secret texts in a message."""
        root, _ = _parsed(content, content_type)
        if root is not None:
            self._learn(_text(place) for place in self._places(root))

    def learn_headers(self, http_headers: Mapping[str, str]) -> None:
        """Remember the secrets in HTTP headers, such as Authorization (RFC 9110, 11.6.2)."""
        for pair in http_headers.items():
            name, value = map(_as_text, pair)  # a hook may have given anything
            if self._is_named(name):
                parts = [piece.partition("=")[2] for piece in value.split(";")]
                scheme, _, credentials = value.partition(" ")
                if scheme.lower() == "basic":
                    parts.append(_password(credentials))
                self._learn([value, credentials, *parts])

    def _learn(self, texts: Iterable[str]) -> None:
        for text in texts:
            if (plain := text.strip()) not in _NO_SECRETS and len(self.texts) < _MOST:
                self.texts.add(plain)
        self._pattern = None

    def masked(self, content: bytes, content_type: str = "") -> str:
        """A message without its secrets and those that are known; what is cut off is left out."""
        root, is_sound = _parsed(content, content_type)
        if root is None:
            return self.hide(_decoded(content, content_type))
        places = list(self._places(root))
        self._learn(map(_text, places))
        for place in places:
            if _text(place).strip() not in _NO_SECRETS:
                _put(place, MASK)
        for node in root.iter("*"):
            for where in ("text", "tail", *(f"@{name}" for name in node.attrib)):
                if (hidden := self.hide(text := _text((node, where)))) != text:
                    _put((node, where), hidden)
        kind = "html" if root.tag == "html" else "xml"
        text = str(etree.tostring(root, encoding="unicode", method=kind))
        # Where a message is broken, anything may have been read as a name.
        return text if is_sound else self.hide(text)

    def hide(self, text: str) -> str:
        """``text`` without the secrets that are known, and those of addresses in it."""
        if self._pattern is None:
            self._pattern = _pattern(self.texts)
        text = _ADDRESS.sub(lambda found: shown_address(found[0]), text)
        return self._pattern.sub(MASK, text)

    def hidden(self, value: Any, name: str = "") -> Any:
        """``value``, which goes under ``name``, without secrets: a text, or what has texts."""
        if isinstance(value, list | tuple):
            return type(value)(self.hidden(item, name) for item in value)
        if isinstance(value, Mapping):
            held = name if self._is_named(name) else ""
            return {key: self.hidden(item, held or str(key)) for key, item in value.items()}
        if is_dataclass(value) and not isinstance(value, type):
            held = name if self._holds(name) else ""
            return replace(
                value,
                **{
                    field.name: self.hidden(getattr(value, field.name), held or field.name)
                    for field in fields(value)
                },
            )
        if value is None or isinstance(value, bool):
            return value
        if self._is_named(name):
            return MASK if isinstance(value, str) else None
        if type(value) is not str:
            return value
        # A detail is markup; a reason may begin like it.
        text = str(value)
        is_markup = text.startswith("<") and _parsed(text.encode(errors="replace"), "")[1]
        return self.masked(text.encode()) if is_markup else self.hide(text)

    def _is_named(self, name: str) -> bool:
        return is_secret(name) or _letters(name) in self._names

    def _holds(self, name: str) -> bool:
        return holds_secrets(name) or _letters(name) in self._names

    def _places(self, root: Any) -> Iterator[_Place]:
        """The places of the secret texts in ``root``."""
        within = set()
        for node in root.iter("*"):
            parent = node.getparent()
            name, around = local_name(node), "" if parent is None else local_name(parent)
            label = node.get("name") or node.get("key") or ""
            is_message = around == "Body" and len(node) > 0
            if parent in within:
                yield node, "tail"
                is_hidden = not (name.lower() in _KEYS and _beside(node.getnext()) == "value")
            else:
                is_hidden = not is_message and (
                    self._holds(name)
                    or (len(node) == 0 and (self._is_named(name) or is_value_of(name, around)))
                    or self._is_named(label)
                    or (name.lower() == "value" and self._follows_a_secret_key(node))
                )
            if is_hidden:
                within.add(node)
                yield node, "text"
            for attribute in node.attrib:
                local = attribute.rpartition("}")[2]
                is_label = local in _KEYS and node.get(attribute) == label and parent not in within
                if self._is_named(local) or (is_hidden and local not in _PLAIN and not is_label):
                    yield node, f"@{attribute}"

    def _follows_a_secret_key(self, node: Any) -> bool:
        key = node.getprevious()
        return _beside(key) in _KEYS and self._is_named((key.text or "").strip())


def _as_text(value: object) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


def _beside(node: Any) -> str:
    return "" if node is None else local_name(node).lower()


def _letters(name: str) -> str:
    """``name`` as it is compared: ``api_key``, ``Api-Key`` and ``apiKey`` have the same letters."""
    return re.sub(r"[\W_]", "", name).lower()


def _text(place: _Place) -> str:
    node, where = place
    return (node.get(where[1:]) if where[0] == "@" else getattr(node, where)) or ""


def _put(place: _Place, text: str) -> None:
    node, where = place
    try:
        if where[0] == "@":
            node.set(where[1:], text)
        else:
            setattr(node, where, text)
    except ValueError:  # a page may have names and characters that XML has not
        if where[0] == "@":
            del node.attrib[where[1:]]
        else:
            setattr(node, where, MASK)


def _pattern(texts: Iterable[str]) -> re.Pattern[str]:
    """Matches each of ``texts``, the longest first, in every form that one may be repeated in."""
    forms = {form for text in texts for form in _forms(text)}
    ordered = sorted(forms, key=lambda form: (-len(form), form))
    long = [re.escape(form) for form in ordered if len(form) >= _SHORT]
    short = [re.escape(form) for form in ordered if len(form) < _SHORT]
    alone = [_ALONE % "|".join(short)] if short else []
    return re.compile("|".join([*long, *alone]) or "(?!)")


def _forms(text: str) -> Iterator[str]:
    """``text`` as XML, addresses, JSON, Python and base64 repeat it."""
    yield text
    yield text.replace("\r\n", "\n").replace("\r", "\n")
    yield escape(text)
    yield escape(text, {'"': "&quot;", "\r": "&#13;"})
    yield escape(text, {'"': "&quot;", "'": "&apos;"})
    yield escape(text, {'"': "&#34;", "'": "&#39;"})
    for quoted in (quote(text, safe="", errors="replace"), quote_plus(text, errors="replace")):
        yield quoted
        yield re.sub("%..", lambda found: found[0].lower(), quoted)
    yield json.dumps(text)[1:-1]
    yield json.dumps(text, ensure_ascii=False)[1:-1]
    yield repr(text)[1:-1]
    if len(text) >= _SHORT:
        yield base64.b64encode(text.encode(errors="replace")).decode().rstrip("=")


def _password(credentials: str) -> str:
    """The password in the credentials of the scheme Basic (RFC 7617, 2)."""
    try:
        return base64.b64decode(credentials).decode(errors="replace").partition(":")[2]
    except binascii.Error:
        return ""


def _parsed(content: bytes, content_type: str) -> tuple[Any, bool]:
    """The tree of a message, None if it is no markup, and whether it is all of a sound message."""
    start = _decoded(content[:1000], content_type).lower().lstrip("\ufeff \t\r\n")
    if not start.startswith("<"):
        return None, False
    parser: Any = etree.XMLParser(recover=True, huge_tree=True, **SAFELY)
    if "text/html" in content_type or "<html" in start:
        parser = etree.HTMLParser(
            no_network=True, remove_comments=True, remove_pis=True, encoding="utf-8"
        )
        # lxml cannot look up an attribute with such a character in its name.
        content = _CONTROL.sub("", _decoded(content, content_type)).encode(errors="replace")
    try:
        root: Any = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None, False
    if root is not None:
        etree.strip_elements(root, etree.Entity, with_tail=False)
    return root, not parser.error_log and isinstance(parser, etree.XMLParser)


def _decoded(content: bytes, content_type: str) -> str:
    """``content`` as text, in the encoding that it says it is in; by guess, UTF-8."""
    declared = _CHARSET.match(content)
    charset = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", content_type, re.IGNORECASE)
    encoding = declared[1].decode() if declared else charset[1] if charset else "utf-8"
    if content.startswith(codecs.BOM_UTF8):
        encoding = "utf-8-sig"
    elif content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    try:
        text = content.decode(encoding, errors="replace")
    except (LookupError, UnicodeError):
        text = content.decode(errors="replace")
    # In UTF-16 that does not say so, there is a NUL beside each letter.
    return text.replace("\0", "")
