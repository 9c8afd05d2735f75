"""Did another formatter go over a generated module, and change nothing else?"""

from __future__ import annotations

import ast
import io
import tokenize


def is_only_formatted(there: bytes, generated: bytes) -> bool:
    """Whether the module ``there`` is ``generated`` in another layout.

    Both have the same syntax tree and the same comments, which no syntax tree has.
    """
    try:
        return _tree(there) == _tree(generated) and _comments(there) == _comments(generated)
    except (SyntaxError, ValueError, RecursionError, MemoryError, tokenize.TokenError):
        return False


def _tree(module: bytes) -> str:
    return ast.dump(ast.parse(module))


def _comments(module: bytes) -> list[str]:
    tokens = tokenize.tokenize(io.BytesIO(module).readline)
    return [token.string for token in tokens if token.type == tokenize.COMMENT]
