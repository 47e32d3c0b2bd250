"""The emulator is a house of its own: nothing of sheetsync in it, the standard library under it."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src" / "sheetsync_emulator"

BEYOND = {
    "discovery": {"jsonschema"},
    "adapter": {"requests"},
}
"""What these modules use of other people's when it is installed: for tests and trials."""

MODULES = {path.stem: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(SOURCE.glob("*.py"))}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def imports_of(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def functions() -> Iterator[tuple[str, Function]]:
    for name, tree in MODULES.items():
        for node in ast.walk(tree):
            if isinstance(node, Function):
                yield f"{name}.{node.name}", node


def length(node: Function) -> int:
    return (node.end_lineno or 0) - node.lineno + 1


def test_only_the_standard_library_is_under_it() -> None:
    others = {
        name: {
            package
            for one in imports_of(tree)
            if (package := one.partition(".")[0]) not in {*sys.stdlib_module_names, SOURCE.name}
        }
        for name, tree in MODULES.items()
    }

    assert {name: found for name, found in others.items() if found} == BEYOND


def test_nothing_of_sheetsync_is_in_it() -> None:
    known = {one.partition(".")[0] for tree in MODULES.values() for one in imports_of(tree)}

    assert "sheetsync" not in known
    assert "sheetsync_emulator" in known


def test_a_function_fits_a_screen() -> None:
    sizes = {name: length(node) for name, node in functions()}

    assert {name: size for name, size in sizes.items() if size > 50} == {}
    assert sum(size <= 30 for size in sizes.values()) / len(sizes) >= 0.9


def test_a_file_has_one_subject() -> None:
    sizes = {path.name: path.read_text(encoding="utf-8").count("\n") for path in SOURCE.glob("*.py")}

    assert {name: size for name, size in sizes.items() if size > 400} == {}


def test_every_function_says_what_it_gives_and_every_module_what_it_is_for() -> None:
    assert [name for name, node in functions() if node.returns is None] == []
    assert [name for name, tree in MODULES.items() if not ast.get_docstring(tree)] == []


def test_nothing_is_swallowed() -> None:
    silent = [
        f"{name}:{node.lineno}"
        for name, tree in MODULES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler)
        and all(isinstance(step, ast.Pass | ast.Continue) for step in node.body)
    ]

    assert silent == []
