"""A Word template becomes a document: the only module that speaks to docxtpl.

An office restyles its templates in Word and may spoil one: ``TemplateBroken`` then says where. What a
school typed is data: markup in it stays text, and what XML cannot hold is left out. The same template
and the same values give the same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from functools import lru_cache
from html import escape, unescape
from types import CodeType
from typing import Any, Final

from docx.opc.exceptions import PackageNotFoundError
from docx.opc.oxml import serialize_part_xml
from docx.oxml.ns import nsmap
from docx.oxml.parser import parse_xml
from docx.shared import Mm
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError, UndefinedError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree
from markupsafe import Markup
from msgspec import Struct

from sheetsync.letters.notices import TemplateNotice
from sheetsync.notices import say

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_NOT_IN_XML: Final = re.compile(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BRACES: Final = str.maketrans({"{": "&#123;", "}": "&#125;"})
_TAG: Final = re.compile(r"<[^>]+>")
_NEW_PARAGRAPH: Final = re.compile(r"(?=<w:p[ >])")
_UNDEFINED_NAME: Final = re.compile(r"'([^']+)'[^']*$")
_TEMPLATE_FILE: Final = "<template>"
"""What jinja calls a template without a file in a traceback."""
_LONGEST_PLACE: Final = 80
_STYLES: Final = "word/styles.xml"
_NO_STYLES: Final = f'<w:styles xmlns:w="{nsmap["w"]}"/>'.encode()
_AS_THEY_ARE: Final[Mapping[str, bytes]] = {}
_UNREADABLE: Final = (
    PackageNotFoundError,
    zipfile.BadZipFile,
    etree.XMLSyntaxError,
    AttributeError,
    KeyError,
    ValueError,
    OSError,
)
_UNCOUNTABLE: Final = (TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What an expression of a template may raise: it says of the values what is not true of them."""


class TemplateBroken(Exception):
    """``args[0]`` says in the user's language what is wrong with the template and where."""


class Picture(Struct, frozen=True):
    """A PNG for the place where the template names it, and the words for who cannot see it."""

    data: bytes
    width_mm: float
    alt: str


def render(template: bytes, context: Mapping[str, object]) -> bytes:
    """The template filled with values: texts, numbers, ``Picture``s and collections of them.

    Raises ``TemplateBroken``.
    """
    try:
        bare = _bare(template)
        document = _Filled(io.BytesIO(bare.template))
        document.init_docx()
    except _UNREADABLE as error:
        raise TemplateBroken(say(TemplateNotice.NOT_A_DOCUMENT)) from error
    document.render(dict(context), document.environment())
    saved = io.BytesIO()
    document.save(saved)
    return without_dates(saved.getvalue(), bare.aside)


class _Bare(Struct, frozen=True):
    """A template without its styles, which nothing names, and these as a filled document has them by the
    name of their part: they are most of a template, and there may be a thousand letters."""

    template: bytes
    aside: Mapping[str, bytes]


@lru_cache(maxsize=2)
def _bare(template: bytes) -> _Bare:
    aside: dict[str, bytes] = {}
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(template)) as old, zipfile.ZipFile(written, "w") as new:
        for name in dict.fromkeys(old.namelist()):
            data = old.read(name)
            if name == _STYLES:
                aside[name] = serialize_part_xml(parse_xml(data))
                data = _NO_STYLES
            new.writestr(name, data)
    return _Bare(written.getvalue(), aside)


class _Environment(ImmutableSandboxedEnvironment):
    """Where expressions are evaluated: they see values only and change nothing. The text of a template is
    compiled once for all letters made of it."""

    def __init__(self, finalize: Callable[[object], object]) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined, finalize=finalize)

    def from_string(
        self,
        source: str | nodes.Template,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 - jinja's own name
        template_class: type[Template] | None = None,
    ) -> Template:
        made_of = template_class or self.template_class
        return made_of.from_code(self, _compiled(str(source)), self.make_globals(globals), None)


@lru_cache(maxsize=8)
def _compiled(source: str) -> CodeType:
    """What stands for good in a template is made ready here: it holds no pictures."""
    return _Environment(_as_text).compile(source)


class _Filled(DocxTemplate):  # type: ignore[misc] # docxtpl has no types
    """A template that tells where it is broken and lets nothing of the values act as markup."""

    def environment(self) -> ImmutableSandboxedEnvironment:
        return _Environment(self._as_markup)

    def _as_markup(self, value: object) -> object:
        return self._drawn(value) if isinstance(value, Picture) else _as_text(value)

    def _drawn(self, picture: Picture) -> Markup:
        part = self.current_rendering_part
        inline = part.new_pic_inline(io.BytesIO(picture.data), Mm(picture.width_mm), None)
        inline.docPr.set("descr", picture.alt)
        drawing = f"<w:drawing>{inline.xml}</w:drawing>"
        return Markup(f'</w:t></w:r><w:r>{drawing}</w:r><w:r><w:t xml:space="preserve">')

    def render_xml_part(
        self, src_xml: str, part: object, context: dict[str, object], jinja_env: object = None
    ) -> str:
        try:
            return str(super().render_xml_part(src_xml, part, context, jinja_env))
        except _UNCOUNTABLE as error:
            raise TemplateBroken(_told(error, src_xml)) from error

    def patch_xml(self, src_xml: str) -> str:
        return _patched(src_xml)

    def render_properties(self, *_: object) -> None:
        """Title and author of the file stay those of the template."""

    def fix_tables(self, xml: str) -> Any:
        """docxtpl would mend broken markup by leaving out what it does not understand."""
        try:
            etree.fromstring(xml, etree.XMLParser(resolve_entities=False))
        except etree.XMLSyntaxError as error:
            raise TemplateBroken(say(TemplateNotice.CROSSED)) from error
        return super().fix_tables(xml)


@lru_cache(maxsize=8)
def _patched(source: str) -> str:
    """The text of a template as docxtpl makes it ready for jinja: the same for every letter."""
    return str(DocxTemplate("").patch_xml(source))


def _as_text(value: object) -> object:
    match value:
        case None:
            return ""
        case str() if not isinstance(value, Markup):
            text = _NOT_IN_XML.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
            return Markup(escape(text).translate(_BRACES))
    return value


def _told(error: Exception, source: str) -> str:
    """The reason, with the words of the template beside which it was met."""
    place = _place(error, source)
    name = _UNDEFINED_NAME.search(str(error)) if isinstance(error, UndefinedError) else None
    if name:
        return say(TemplateNotice.UNKNOWN_NAME, name=name[1], place=place)
    if isinstance(error, TemplateSyntaxError):
        return say(TemplateNotice.NOT_UNDERSTOOD, place=place)
    return say(TemplateNotice.NOT_COUNTED, place=place)


def _place(error: Exception, source: str) -> str:
    """The text of the paragraph the error was met in, as Word shows it."""
    paragraphs = _NEW_PARAGRAPH.sub("\n", source).splitlines()
    line = error.lineno if isinstance(error, TemplateSyntaxError) else max(_lines(error), default=0)
    met = (unescape(_TAG.sub("", one)).strip() for one in reversed(paragraphs[:line]))
    place = next((text for text in met if text), "")
    return place if len(place) <= _LONGEST_PLACE else f"{place[: _LONGEST_PLACE - 1]}…"


def _lines(error: Exception) -> Iterator[int]:
    """Lines of the template in a traceback."""
    step = error.__traceback__
    while step is not None:
        if step.tb_frame.f_code.co_filename == _TEMPLATE_FILE:
            yield step.tb_lineno
        step = step.tb_next


def without_dates(data: bytes, others: Mapping[str, bytes] = _AS_THEY_ARE) -> bytes:
    """The same package, whose parts do not tell when it was written; ``others`` are parts to stand in the
    place of those it has."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, _EPOCH)
            part.create_system, part.compress_type = 0, zipfile.ZIP_DEFLATED
            new.writestr(part, others.get(name) or old.read(name))
    return written.getvalue()
