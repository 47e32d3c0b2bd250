"""The engine as ``xlwings`` sees it, and how it is put in and taken out again.

What ``clean_value_data`` and ``prepare_xl_data_element`` do is what ``xlwings/_xlwindows.py`` does.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from xlwings import base_classes

from fake_excel.app import App
from fake_excel.document import Document, Program
from fake_excel.typed import ERRORS
from sheetsync.workbooks.excel_live.xw import xw

ERROR_NAMES = {code: name for name, code in ERRORS.items()}


class Apps(base_classes.Apps):
    """One running Excel."""

    def __init__(self, app: App) -> None:
        self._app = app

    def keys(self) -> list[int]:
        return [self._app.pid]

    def __iter__(self) -> Iterator[App]:
        yield self._app

    def __len__(self) -> int:
        return 1

    def __getitem__(self, pid: int) -> App:
        if pid != self._app.pid:
            raise KeyError(pid)
        return self._app


class Engine:
    """One Excel with the workbooks that are open in it."""

    def __init__(self) -> None:
        self.program = Program()
        self.documents: list[Document] = []
        self._app = App(self, self.program, self.documents)

    @property
    def apps(self) -> Apps:
        return Apps(self._app)

    @property
    def name(self) -> str:
        return "excel"

    @property
    def type(self) -> str:
        return "desktop"

    @staticmethod
    def prepare_xl_data_element(x: Any, date_format: Any) -> Any:
        """A Python value as it crosses the border to Excel."""
        if isinstance(x, datetime):
            return x.replace(tzinfo=None)
        if isinstance(x, date):
            return datetime(x.year, x.month, x.day)
        if x is None or (isinstance(x, float) and math.isnan(x)):
            return ""
        return x

    @staticmethod
    def clean_value_data(
        data: Any,
        datetime_builder: Callable[..., Any],
        empty_as: Any,
        number_builder: Callable[[float], Any] | None,
        err_to_str: bool,
    ) -> list[list[Any]]:
        """Excel's values as Python gets them."""

        def cleaned(value: Any) -> Any:
            if value in ("", None):
                return empty_as
            if isinstance(value, datetime):
                parts = {part: getattr(value, part) for part in ("hour", "minute", "second", "microsecond")}
                return datetime_builder(
                    year=value.year, month=value.month, day=value.day, tzinfo=None, **parts
                )
            if number_builder is not None and isinstance(value, float):
                return number_builder(value)
            if isinstance(value, int) and value in ERROR_NAMES:
                return ERROR_NAMES[value] if err_to_str else None
            return value

        return [[cleaned(value) for value in row] for row in data]


@contextmanager
def engine() -> Iterator[Engine]:
    """Excel is running: ``xlwings`` finds it, and no longer does afterwards."""
    impl = Engine()
    engines = xw.engines
    before, named = engines.active, engines.engines_by_name.get(impl.name)
    ours = xw.Engine(impl=impl)
    engines.add(ours)
    ours.activate()
    try:
        yield impl
    finally:
        engines.engines.remove(ours)
        engines.active = before
        if named is None:
            del engines.engines_by_name[impl.name]
        else:
            engines.engines_by_name[impl.name] = named
