"""What a call says of itself: a line in the log, and what watches calls is told.

The logger is named after the package. A call is a line at INFO, and each exchange, its secrets
masked, one at DEBUG. Nothing of it is made unless the logger is enabled.
"""

from __future__ import annotations

import copy
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from ._secret_names import shown_address
from .errors import Exchange

if TYPE_CHECKING:
    from .transport import AnyClient

    K = TypeVar("K", bound=AnyClient)

LOG = logging.getLogger(__name__.rpartition(".")[0])


@dataclass(slots=True)
class Call:
    """A call while it is made.

    Attributes:
        service: The service, by its name in the contract.
        operation: The operation, by its name in the contract.
        url: The address of the client, its secrets masked.
        exchange: What went over the wire last; None if nothing did yet.
        tries: How often the request was sent.
    """

    service: str
    operation: str
    url: str
    exchange: Exchange | None = None
    tries: int = 0

    def exchanged(self, exchange: Exchange) -> None:
        """Remember ``exchange``, and log it."""
        self.exchange = exchange
        self.tries += 1
        if LOG.isEnabledFor(logging.DEBUG):
            LOG.debug(
                "%s.%s sent\n%s\nand received\n%s",
                self.service,
                self.operation,
                exchange.request,
                exchange.response,
            )


Watch = Callable[[Call], AbstractContextManager[Any]]
"""What watches calls: a call is made within what it gives."""


def watched(client: K, operation: str) -> AbstractContextManager[K]:
    """The client for one call: ``client`` itself, unless anybody wants to know of the call."""
    if client._watches or LOG.isEnabledFor(logging.INFO):
        return _watched(client, operation)
    return nullcontext(client)


@contextmanager
def _watched(client: K, operation: str) -> Iterator[K]:
    call = Call(client._service, operation, shown_address(client.url))
    other = copy.copy(client)
    other._after = (call.exchanged, *client._after)
    with ExitStack() as watching:
        for watch in (_logged, *client._watches):
            watching.enter_context(watch(call))
        yield other


@contextmanager
def _logged(call: Call) -> Iterator[None]:
    started, failed = time.perf_counter(), ""
    try:
        yield
    except BaseException as error:
        failed = type(error).__name__
        raise
    finally:
        if LOG.isEnabledFor(logging.INFO):
            _say(call, failed, time.perf_counter() - started)


def _say(call: Call, failed: str, seconds: float) -> None:
    exchange = call.exchange
    status = str(exchange.status or "") if exchange else ""
    LOG.info(
        "%s.%s: %s in %.1f ms, %d bytes sent, %d received, %s",
        call.service,
        call.operation,
        " ".join(filter(None, (status, failed))) or "done",
        seconds * 1000,
        len(exchange.sent) if exchange else 0,
        len(exchange.received) if exchange else 0,
        "1 try" if call.tries == 1 else f"{call.tries} tries",
    )
