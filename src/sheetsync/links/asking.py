"""One link is asked for: politely, within bounds, and never behind the office's walls.

The name is resolved first and the connection made to the very number that was judged public, so a
name that leads inside a moment later leads nowhere. Redirects are followed by hand, each judged anew.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Sequence
from typing import Final

import httpx

from sheetsync.links.addresses import INSIDE, is_public, refused_unasked
from sheetsync.links.judging import Answer, judged
from sheetsync.model import LinkCheck, LinkReason, LinkVerdict

_SECONDS: Final = 10.0
_MOVES: Final = 5
_NAME: Final = "Mozilla/5.0 (compatible; sheetsync check-links)"

Resolve = Callable[[str], Sequence[str]]
"""The numbers of a host name; raises ``socket.gaierror``."""


def connected(transport: httpx.BaseTransport | None = None) -> httpx.Client:
    """A client that keeps no cookies, obeys no environment and follows nothing by itself."""
    return httpx.Client(
        transport=transport,
        timeout=_SECONDS,
        follow_redirects=False,
        trust_env=False,
        headers={"User-Agent": _NAME, "Accept": "*/*", "Accept-Language": "ru"},
    )


def numbers_of(host: str) -> Sequence[str]:
    """What the computer's own resolver says of a name."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


class Asker:
    """Asks for links, one at a time. ``resolve`` and ``is_open`` are replaced in tests."""

    def __init__(
        self,
        client: httpx.Client,
        resolve: Resolve = numbers_of,
        is_open: Callable[[Sequence[str]], bool] = is_public,
    ) -> None:
        self._client = client
        self._resolve = resolve
        self._is_open = is_open

    def ask(self, address: str) -> LinkCheck:
        """The verdict on one full address; never raises for what a network does."""
        try:
            return self._followed(address)
        except socket.gaierror as error:
            is_unknown = error.errno in {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}
            return (
                LinkCheck(LinkVerdict.DEAD, LinkReason.NO_SITE)
                if is_unknown
                else LinkCheck(LinkVerdict.UNCHECKED, LinkReason.SILENT)
            )
        except (httpx.InvalidURL, httpx.UnsupportedProtocol, UnicodeError):
            return LinkCheck(LinkVerdict.NOT_A_LINK, LinkReason.NO_ADDRESS)
        except httpx.ConnectError as error:
            reason = LinkReason.CERTIFICATE if _is_about_certificate(error) else LinkReason.SILENT
            return LinkCheck(LinkVerdict.UNCHECKED, reason)
        except httpx.TransportError:
            return LinkCheck(LinkVerdict.UNCHECKED, LinkReason.SILENT)

    def _followed(self, address: str) -> LinkCheck:
        url = httpx.URL(address)
        for _ in range(_MOVES + 1):
            refused = refused_unasked(str(url))
            if refused:
                return refused
            numbers = self._resolve(url.raw_host.decode("ascii"))
            if not self._is_open(numbers):
                return INSIDE
            response = self._answer(url, numbers[0])
            if not response.has_redirect_location:
                return judged(Answer(address, str(url), response.status_code))
            url = url.join(response.headers["location"])
        return LinkCheck(LinkVerdict.UNCHECKED, LinkReason.TOO_MANY_MOVES)

    def _answer(self, url: httpx.URL, number: str) -> httpx.Response:
        """The head of an answer to GET: sites answer HEAD at random. The body is not fetched."""
        request = self._client.build_request(
            "GET",
            url.copy_with(host=number, fragment=None),
            headers={"Host": url.netloc.decode("ascii")},
            extensions={"sni_hostname": url.raw_host.decode("ascii")},
        )
        response = self._client.send(request, stream=True)
        response.close()
        return response


def _is_about_certificate(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError) or "CERTIFICATE_VERIFY" in str(error):
            return True
        error = error.__cause__ or error.__context__
    return False
