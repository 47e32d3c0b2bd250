"""Which files lie in «Получено»: every one, at any depth, whatever it is."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from sheetsync.campaign.collecting import received_files

PARTS = some.sampled_from(["а", "б", "b", "B", ".скрытая", "в папке", "a.xlsx", "~$a.xlsx", "a-b", "я"])


@pytest.mark.skipif(sys.platform == "win32", reason="a link is made by an administrator there")
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    some.lists(some.lists(PARTS, min_size=1, max_size=4), max_size=12), some.lists(some.tuples(PARTS, PARTS))
)
def test_every_file_is_listed_once_in_the_order_of_names(
    tmp_path_factory: pytest.TempPathFactory, files: list[list[str]], links: list[tuple[str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("received")
    for parts in files:
        _made(folder.joinpath(*parts))
    for name, target in links:
        if not os.path.lexists(folder / name):
            (folder / name).symlink_to(target)

    listed = received_files(folder)

    assert listed == _looked_for(folder)


def test_a_folder_that_is_not_there_has_no_files(tmp_path: Path) -> None:
    (tmp_path / "файл").touch()

    assert received_files(tmp_path / "нет") == received_files(tmp_path / "файл") == []


def _made(path: Path) -> None:
    """A file, unless another one lies where its folder would."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    except (FileExistsError, NotADirectoryError, IsADirectoryError):
        return


def _looked_for(folder: Path) -> list[Path]:
    """The same by the plainest way: folders that lie elsewhere are not gone into."""
    return sorted((path for path in folder.rglob("*") if not path.is_dir()), key=lambda path: path.as_posix())
