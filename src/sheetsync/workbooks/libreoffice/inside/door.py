"""The component through which a deed enters the office: loaded by LibreOffice's own Python, never by ours."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import unohelper
from com.sun.star.task import XJob

SERVICE = "org.sheetsync.Door"
_ROOM = "sheetsync_inside"
_loaded: dict[str, dict[str, ModuleType]] = {}


def deeds_of(edition: str) -> dict[str, ModuleType]:
    """The modules of this folder, loaded anew when they have changed: an office runs for weeks."""
    if edition not in _loaded:
        for name in [name for name in sys.modules if name.partition(".")[0] == _ROOM]:
            del sys.modules[name]
        folder = Path(__file__).parent
        _load(_ROOM, folder / "__init__.py", [str(folder)])
        others = [path for path in sorted(folder.glob("[a-z]*.py")) if path.stem != Path(__file__).stem]
        _loaded.clear()
        _loaded[edition] = {path.stem: importlib.import_module(f"{_ROOM}.{path.stem}") for path in others}
    return _loaded[edition]


def _load(name: str, path: Path, folders: Sequence[str]) -> None:
    """Make this folder a package of the office's Python without touching its search path."""
    about = importlib.util.spec_from_file_location(name, path, submodule_search_locations=list(folders))
    if about is None or about.loader is None:
        raise ImportError(str(path))
    package = importlib.util.module_from_spec(about)
    sys.modules[name] = package
    about.loader.exec_module(package)


class Door(unohelper.Base, XJob):  # type: ignore[misc]
    """Does the deed of a name; what the deed itself refuses comes back as a value: its kind and words."""

    def __init__(self, context: Any) -> None:
        self.context = context
        self.document: ModuleType | None = None

    def __del__(self) -> None:
        """The process behind the bridge has ended, maybe in the middle of a press."""
        if self.document is not None:
            self.document.leave()

    def execute(self, arguments: Sequence[Any]) -> Any:
        given = {one.Name: one.Value for one in arguments}
        module, _, name = given["deed"].rpartition(".")
        deeds = deeds_of(given["edition"])
        self.document = deeds["document"]
        deed = getattr(deeds[module], name)
        try:
            return "", deed(*given["values"])
        except (LookupError, ValueError, PermissionError, NotImplementedError) as refusal:
            return type(refusal).__name__, str(refusal.args[0] if refusal.args else "")


g_ImplementationHelper = unohelper.ImplementationHelper()  # noqa: N816 - the office looks for it
g_ImplementationHelper.addImplementation(Door, SERVICE, (SERVICE,))
