"""Skeletons of texts, remembered: the copies of one campaign repeat the same plan texts."""

from functools import lru_cache

from sheetsync import text


@lru_cache(maxsize=131_072)
def skeleton(words: str) -> str:
    """``text.skeleton``, computed once for each text."""
    return text.skeleton(words)
