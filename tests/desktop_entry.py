"""A desktop entry as a desktop reads it."""

from __future__ import annotations

from collections.abc import Mapping


def entry(text: str) -> Mapping[str, str]:
    """Keys of a desktop entry, their values unescaped as the specification says of strings."""
    lines = text.splitlines()
    assert lines[0] == "[Desktop Entry]"
    pairs = dict(line.split("=", 1) for line in lines[1:])
    return {key: value.replace("\\\\", "\\") for key, value in pairs.items()}


def exec_words(value: str, location: str) -> list[str]:
    """Arguments of ``Exec`` by the specification: quoted ones unquoted, field codes only outside quotation marks."""
    words, word, quoted, signs = [], "", False, iter(value)
    for sign in signs:
        if quoted and sign == "\\":
            following = next(signs)
            assert following in '"`$\\'
            word += following
        elif sign == '"':
            quoted = not quoted
        elif sign == "%":
            code = next(signs)
            assert code == "%" or (code == "k" and not quoted)
            word += "%" if code == "%" else location
        elif sign == " " and not quoted:
            words.append(word)
            word = ""
        else:
            assert quoted or sign not in "'\\<>~|&;$*?#()`\t\n"
            word += sign
    return [*words, word] if word else words
