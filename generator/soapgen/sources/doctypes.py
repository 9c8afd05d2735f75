"""A document with a DOCTYPE that changes nothing → the document without it.

Schemas of the W3C, and others that began as copies of them, have a DOCTYPE that declares names of
namespaces for editors. No parser sees it: it is cut out here. Any other one stays, to be refused.
"""

from __future__ import annotations

import re

# What may stand between declarations: white space, instructions, comments.
_MISC = re.compile(rb"[ \t\r\n]+|<\?.*?\?>|<!--.*?-->", re.DOTALL)
_MARK = b"\xef\xbb\xbf"
_START = re.compile(rb"<!DOCTYPE[ \t\r\n]+[A-Za-z_][A-Za-z0-9_.:-]*")
# The DTD of XML Schema itself: it says nothing that XML Schema does not say.
_EXTERNAL = re.compile(
    rb"""[ \t\r\n]+ (?: PUBLIC [ \t\r\n]+ (?: "-//W3C//DTD\ (?i:XMLSchema)\ \d{6}//EN"
    | '-//W3C//DTD\ (?i:XMLSchema)\ \d{6}//EN' ) | SYSTEM )
    [ \t\r\n]+ (?: "(?:[^"]*/)?XMLSchema\.dtd" | '(?:[^']*/)?XMLSchema\.dtd' )""",
    re.VERBOSE,
)
# An entity that is a plain text; not one from elsewhere, or made of others.
_ENTITY = re.compile(
    rb"""<!ENTITY [ \t\r\n]+ (?: %[ \t\r\n]+ )? [A-Za-z_][A-Za-z0-9_.-]*
    [ \t\r\n]+ (?: "[^"&%<]*" | '[^'&%<]*' ) [ \t\r\n]* >""",
    re.VERBOSE,
)
# Namespaces as defaults: where one is used and the document itself does not declare it, that is an
# error anyway. Another default would change what the document says.
_ATTLIST = re.compile(
    rb"""<!ATTLIST [ \t\r\n]+ [A-Za-z_][A-Za-z0-9_.:-]*
    (?: [ \t\r\n]+ xmlns (?: :[A-Za-z_][A-Za-z0-9_.-]* )? [ \t\r\n]+ CDATA
        [ \t\r\n]+ (?: \#IMPLIED | (?: \#FIXED [ \t\r\n]+ )? (?: "[^"&%<]*" | '[^'&%<]*' ) ) )*
    [ \t\r\n]* >""",
    re.VERBOSE,
)
_ENCODING = re.compile(rb"""encoding[ \t\r\n]*=[ \t\r\n]*["']([A-Za-z0-9._-]+)["']""")
# In these, a byte of markup is never a part of another character.
_PLAIN = re.compile(rb"utf-8|us-ascii|iso-8859-\d+|windows-125\d", re.IGNORECASE)


def without_doctype(content: bytes) -> bytes:
    """``content`` without its DOCTYPE, if that changes nothing; else as it is.

    Lines keep their numbers. A reference to an entity that was declared is one to an entity that is
    not, and refused as such.
    """
    start = _after_misc(content, len(_MARK) if content.startswith(_MARK) else 0)
    end = _end(content, start)
    if end is None or not _is_plain(content[:start]):
        return content
    return content[:start] + b"\n" * content.count(b"\n", start, end) + content[end:]


def _end(content: bytes, start: int) -> int | None:
    """Where the DOCTYPE ends that begins at ``start``; None if it may change something."""
    found = _START.match(content, start)
    if found is None:
        return None
    at = found.end()
    external = _EXTERNAL.match(content, at)
    at = _after_misc(content, at if external is None else external.end())
    if content.startswith(b"[", at):
        at = _after_misc(content, at + 1)
        while found := _ENTITY.match(content, at) or _ATTLIST.match(content, at):
            at = _after_misc(content, found.end())
        if not content.startswith(b"]", at):
            return None
        at = _after_misc(content, at + 1)
    return at + 1 if content.startswith(b">", at) else None


def _after_misc(content: bytes, at: int) -> int:
    while found := _MISC.match(content, at):
        at = found.end()
    return at


def _is_plain(prolog: bytes) -> bool:
    """Whether a document that begins with ``prolog`` has an encoding in which markup is ASCII."""
    declared = _ENCODING.search(prolog.partition(b"?>")[0])
    return declared is None or _PLAIN.fullmatch(declared[1]) is not None
