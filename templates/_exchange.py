"""What went over the wire for one call: made only where somebody looks at it."""

from __future__ import annotations

from ._http import Received
from ._secret_names import secrets_of_address, shown_address
from ._secrets import Secrets
from .errors import Exchange
from .options import Outgoing


def exchange_of(
    outgoing: Outgoing, response: Received | None, seconds: float, secrets: frozenset[str]
) -> Exchange:
    """The exchange of ``outgoing`` and ``response``.

    Args:
        outgoing: The request.
        response: The answer; None if there is none.
        seconds: How long it took.
        secrets: The names that the client was told are secret.
    """
    return Exchange(
        operation=outgoing.operation,
        url=shown_address(str(outgoing.url)),
        status=None if response is None else response.status_code,
        content_type="" if response is None else response.headers.get("content-type", ""),
        seconds=seconds,
        sent=outgoing.envelope,
        received=b"" if response is None else bytes(response.content),
        secrets=secrets,
        known=_known(outgoing, response, secrets),
    )


def _known(outgoing: Outgoing, response: Received | None, names: frozenset[str]) -> frozenset[str]:
    """The secrets that went along outside of the request, which an answer may repeat."""
    secrets = Secrets(names, secrets_of_address(str(outgoing.url)))
    secrets.learn_headers(outgoing.http_headers)
    if response is not None:  # with what the HTTP library adds, such as cookies
        secrets.learn_headers(response.sent_headers)
    return frozenset(secrets.texts)
