"""The skeletons of ``text``, as the rooms of intake name them."""

from sheetsync.text import skeleton

__all__ = ["skeleton"]
