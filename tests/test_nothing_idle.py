"""What is declared is used: findings are made, sentences are said, settings are read, events are written."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from enum import StrEnum
from importlib import import_module
from inspect import isclass

import pytest
from msgspec.structs import fields

from sheetsync.findings import CATALOGUE
from sheetsync.model import Event, Settings
from sheetsync.settings import SETTINGS_ROWS
from test_house import MODULES
from tools_path import tool

build_messages = tool("build_messages")


def notices() -> Iterator[type[StrEnum]]:
    """The catalogues of sentences: enumerations in modules named after them."""
    for name, _ in MODULES:
        if name.rpartition(".")[2].endswith("notices"):
            members = vars(import_module(f"sheetsync.{name}")).values()
            yield from (one for one in members if isclass(one) and one.__module__ == f"sheetsync.{name}")


def attributes() -> set[tuple[str, str]]:
    """«ReviewNotice.ACCEPTED» and the like, wherever they stand."""
    return {
        (node.value.id, node.attr)
        for _, tree in MODULES
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    }


def families() -> set[tuple[str, str]]:
    """Sentences looked up by the beginning of their names: «Notice[f"KIT_{message.name}"]»."""
    return {
        (node.value.id, str(part.value))
        for _, tree in MODULES
        for node in ast.walk(tree)
        if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name)
        if isinstance(node.slice, ast.JoinedStr)
        for part in node.slice.values[:1]
        if isinstance(part, ast.Constant)
    }


def namesakes() -> set[str]:
    """Catalogues looked up by the name of another value: «WatchNotice[cause.name]»."""
    return {
        node.value.id
        for _, tree in MODULES
        for node in ast.walk(tree)
        if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name)
        if isinstance(node.slice, ast.Attribute) and node.slice.attr == "name"
    }


SAID, FAMILIES, NAMESAKES = attributes(), families(), namesakes()


def test_every_finding_is_made_somewhere() -> None:
    made = {
        node.value
        for name, tree in MODULES
        if name != "findings"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }

    assert sorted(set(CATALOGUE) - made) == []


@pytest.mark.parametrize("catalogue", list(notices()), ids=lambda one: str(one.__name__))
def test_every_sentence_is_said_somewhere(catalogue: type[StrEnum]) -> None:
    name = catalogue.__name__
    begun = tuple(start for whose, start in FAMILIES if whose == name)
    said = {word for whose, word in SAID if whose == name or name in NAMESAKES}

    assert [one.name for one in catalogue if one.name not in said and not one.name.startswith(begun)] == []


def test_every_event_of_the_journal_is_written() -> None:
    assert [one.name for one in Event if ("Event", one.name) not in SAID] == []


def test_every_setting_is_a_field_somebody_reads() -> None:
    settings = {one.name for one in fields(Settings)}
    read = {node.attr for _, tree in MODULES for node in ast.walk(tree) if isinstance(node, ast.Attribute)}

    assert sorted({one.key for one in SETTINGS_ROWS} - (settings & read)) == []


def test_every_sentence_said_stands_in_a_catalogue_that_is_translated() -> None:
    """A class of notices elsewhere would be said in Russian to everybody."""
    classes = {node.name for _, tree in MODULES for node in ast.walk(tree) if isinstance(node, ast.ClassDef)}
    named = {one for one in classes if one.endswith("Notice")}
    found = {one.__name__ for one in notices()}
    known = set(build_messages.sentences())

    assert named == found
    assert [str(value) for one in notices() for value in one if value not in known] == []
