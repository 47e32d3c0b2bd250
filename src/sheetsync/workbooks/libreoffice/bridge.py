"""The way to an office: deeds of the folder ``inside``, done there, or from here where it has no Python."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, ParamSpec, TypeVar

from sheetsync.workbooks.libreoffice.inside.places import struct
from sheetsync.workbooks.libreoffice.reaching import import_uno

P = ParamSpec("P")
T = TypeVar("T")

_LOADER: Final = "com.sun.star.loader.Python"
_DOOR: Final = Path(__file__).parent / "inside" / "door.py"
_SERVICE: Final = "org.sheetsync.Door"
_REFUSALS: Final = {
    kind.__name__: kind for kind in (KeyError, IndexError, ValueError, PermissionError, NotImplementedError)
}


class OfficeRefused(RuntimeError):
    """LibreOffice did not do what it was asked; the words are its own.

    Its own exceptions are no good travellers: a ``with`` on their way breaks at them.
    """


class OfficeGone(ConnectionError):
    """The office, or the workbook, was closed meanwhile."""


class Bridge:
    """One office, by its component context."""

    def __init__(self, context: Any, from_inside: bool = True) -> None:
        """``from_inside`` False does without the office's own Python: the same deeds, slower."""
        self.uno = import_uno()
        self._refused = self.uno.getClass("com.sun.star.uno.Exception")
        self._gone = self.uno.getClass("com.sun.star.lang.DisposedException")
        self.context = context
        self.desktop = self.service("com.sun.star.frame.Desktop")
        self._edition = _edition()
        self._door = self._open_door() if from_inside else None

    @property
    def is_inside(self) -> bool:
        """Whether deeds are done in the office itself."""
        return self._door is not None

    def service(self, name: str) -> Any:
        """A service of the office; None where it has none of that name."""
        return self.context.ServiceManager.createInstanceWithContext(name, self.context)

    def settings(self, path: str, writable: bool = False) -> Any:
        """A branch of the office's settings; what is changed in a writable one counts when committed."""
        view = "ConfigurationUpdateAccess" if writable else "ConfigurationAccess"
        provider = self.service("com.sun.star.configuration.ConfigurationProvider")
        where = (property_value("nodepath", path),)
        return provider.createInstanceWithArguments(f"com.sun.star.configuration.{view}", where)

    def do(self, deed: Callable[P, T], *values: P.args, **_named: P.kwargs) -> T:
        """Do a deed of ``inside``; what it refuses is raised here, wherever it was done."""
        return self.asked(lambda: self._done(deed, values))

    def asked(self, question: Callable[[], T]) -> T:
        """What the office answers to a question put from here. Raises ``OfficeGone`` and ``OfficeRefused``.

        They are raised when the office's own exception is let go: not even as a context may that travel.
        """
        failure: OfficeGone | OfficeRefused
        try:
            return question()
        except self._refused as error:
            told = f"{type(error).__name__}: {error}"
            is_gone = isinstance(error, self._gone) or not self._is_there()
            failure = OfficeGone(told) if is_gone else OfficeRefused(told)
        raise failure

    def _is_there(self) -> bool:
        """Whether the office still answers; of one that is gone properties seem unknown, too."""
        try:
            return self.context.getServiceManager() is not None
        except self._refused:
            return False

    def _done(self, deed: Callable[..., T], values: tuple[Any, ...]) -> T:
        if self._door is None:
            return deed(*values)
        name = f"{deed.__module__.rpartition('.')[2]}.{deed.__name__}"
        given = {"deed": name, "values": values, "edition": self._edition}
        refusal, outcome = self._door.execute(
            tuple(struct("beans.NamedValue", Name=one, Value=value) for one, value in given.items())
        )
        if refusal:
            raise _REFUSALS.get(refusal, LookupError)(outcome)
        done: T = outcome
        return done

    def _open_door(self) -> Any:
        """The door of this very installation; None where the office has no Python or cannot read our files.

        The office keeps what it loaded as long as it runs; ``edition`` tells it that we are newer.
        """
        loader = self.service(_LOADER)
        if loader is None:
            return None
        try:
            url = self.uno.systemPathToFileUrl(str(_DOOR))
            return loader.activate(_SERVICE, "", url, None).createInstanceWithContext(self.context)
        except self._refused:
            return None


def _edition() -> str:
    """What tells one edition of the deeds from another: when their files were written."""
    written = (path.stat().st_mtime_ns for path in _DOOR.parent.glob("*.py"))
    return f"{_DOOR}@{max(written)}"


def property_value(name: str, value: Any) -> Any:
    """An argument of loading and storing."""
    return struct("beans.PropertyValue", Name=name, Value=value)
