"""Many links are asked for: several sites at once, one site never twice at the same time."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Final
from urllib.parse import urlsplit

from sheetsync.model import LinkCheck

_SITES_AT_ONCE: Final = 6
_BETWEEN: Final = 1.0
"""Seconds between two questions to one site."""

Ask = Callable[[str], LinkCheck]


def asked_in_turn(
    addresses: Iterable[str], ask: Ask, wait: Callable[[float], object] | None = None
) -> Iterator[tuple[str, LinkCheck]]:
    """Every address with its verdict, as they become known.

    Whoever stops listening stops the asking: each site is left after the question under way.
    """
    stopped = threading.Event()
    pause = wait or stopped.wait
    sites: dict[str, list[str]] = {}
    for address in dict.fromkeys(addresses):
        sites.setdefault(site_of(address), []).append(address)
    told: queue.Queue[tuple[str, LinkCheck] | BaseException] = queue.Queue()

    def visit(pages: list[str]) -> None:
        try:
            for step, page in enumerate(pages):
                if step:
                    pause(_BETWEEN)
                if stopped.is_set():
                    return
                told.put((page, ask(page)))
        except BaseException as error:  # noqa: BLE001 - raised again where somebody listens
            told.put(error)

    with ThreadPoolExecutor(_SITES_AT_ONCE) as pool:
        try:
            for pages in sites.values():
                pool.submit(visit, pages)
            for _ in range(sum(map(len, sites.values()))):
                one = told.get()
                if isinstance(one, BaseException):
                    raise one
                yield one
        finally:
            stopped.set()
            pool.shutdown(wait=True, cancel_futures=True)


def site_of(address: str) -> str:
    """What tells one site from another: the name of its host."""
    try:
        return (urlsplit(address).hostname or address).removeprefix("www.")
    except ValueError:
        return address
