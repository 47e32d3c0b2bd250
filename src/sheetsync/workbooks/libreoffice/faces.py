"""What every object of the engine does when xlwings asks for something it cannot do."""

from __future__ import annotations

from typing import Any


class Face:
    """An object xlwings talks to. A member nobody wrote is refused by name, never passed over in silence."""

    __slots__ = ()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") or hasattr(type(self), name):
            return object.__getattribute__(self, name)  # a true AttributeError stays one
        raise refused(self, name)

    def __setattr__(self, name: str, value: Any) -> None:
        member = getattr(type(self), name, None)
        if member is None or (isinstance(member, property) and member.fset is None):
            raise refused(self, f"{name} = …")
        object.__setattr__(self, name, value)


def refused(face: object, what: str) -> NotImplementedError:
    """What says that something is not there."""
    return NotImplementedError(f"LibreOffice: {type(face).__name__}.{what}")
