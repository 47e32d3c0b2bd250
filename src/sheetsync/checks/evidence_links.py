"""Links in a text: addresses others can open, and paths that open on one computer only."""

from __future__ import annotations

import re
from typing import Final

from sheetsync.patterns import at_first_use

_ZONE: Final = (
    r"(?:ru|su|рф|com|org|net|info|edu|gov|me|by|kz|io|online|site|pro|cc|sk|ly|gl|gle|be|tv|app|page|link|cloud|school|"
    r"москва|дети|xn--[a-z0-9-]+)"
)
_DOMAIN: Final = rf"(?:[a-zа-яё0-9](?:[a-zа-яё0-9-]*[a-zа-яё0-9])?\.)+{_ZONE}"
_TAIL: Final = r"[^\s<>«»\"]"
_LINK: Final = (
    rf"(?i)(?<![\w@./\\-])(?:https?:/{{1,2}}(?=[\wа-яё]){_TAIL}+|www\.{_TAIL}+|"
    rf"{_DOMAIN}(?![\wа-яё.-]*@)(?:[/?#:]{_TAIL}*)?(?![\w@-]))"
)
_LOCAL: Final = at_first_use(
    r"file:/{2,}\S+|(?<![A-Za-zА-Яа-я])[A-Za-z]:[\\/](?!/)\S*|\\\\[\w.-]+\\\S*", re.IGNORECASE
)
_FRONT_PATH: Final = at_first_use(r"^/?(?:index\.\w+|main|home|ru|default\.aspx)?/?$", re.IGNORECASE)
_NETWORK: Final = at_first_use(
    r"^(?:m\.)?(?:vk\.com|vk\.ru|ok\.ru|t\.me|rutube\.ru|dzen\.ru|youtube\.com)$", re.IGNORECASE
)
_ACCOUNT: Final = r"(?i)^/(?:(?:group|profile|channel|c|@)/?)?[\w.@-]+/?$"
_POST: Final = r"(?i)^/@[\w.]+-|wall|photo|video|album|doc|topic|clip|article|market|watch|poll|post|[?&#]"


_PLAIN: Final = at_first_use(
    r"https?://(?!\S*\.[0-9lo]{1,2}\.)[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)*\.[a-z]{2,3}"
    r"(?:/[A-MO-Za-z0-9_-]+)+(?:\.[a-z]{2,5})?"
)
_DOTTED: Final = at_first_use(r"\.(?:[A-Za-zА-Яа-яЁё]|(?<=[wW]\.))")


def is_plain_address(text: str) -> bool:
    """One address of a page and nothing else, of signs that mean nothing in a sentence."""
    return _PLAIN.fullmatch(text) is not None


def local_paths(text: str) -> tuple[str, ...]:
    """Paths that open only on the computer of the one who wrote them: C:\\..., \\\\server, file:///."""
    if not (":" in text or "\\" in text):  # one of these stands in every path
        return ()
    return tuple(match[0].rstrip(".,;)") for match in _LOCAL.finditer(text))


def links(text: str) -> tuple[str, ...]:
    """Web addresses of a text as written, with or without a scheme, each once."""
    if "/" not in text and not _DOTTED.search(text):
        return ()
    if is_plain_address(text):
        return (text,)
    rest = _LOCAL.sub(" ", text)
    found = (match[0].rstrip(".,;:!?)»\"'") for match in re.finditer(_LINK, rest))
    return tuple(dict.fromkeys(found))


def is_front_page(link: str) -> bool:
    """The address names a whole site or account, not a document on it."""
    bare = re.sub(r"^https?:/{1,2}", "", link, flags=re.IGNORECASE)
    host, _, tail = re.sub(r"^www\.", "", bare, flags=re.IGNORECASE).partition("/")
    host, path = host.split(":")[0], f"/{tail}"
    if "?" in host or "#" in host:
        return False
    if _NETWORK.match(host):
        return _FRONT_PATH.match(path) is not None or (
            bool(re.match(_ACCOUNT, path)) and not re.search(_POST, path)
        )
    return _FRONT_PATH.match(path) is not None
