"""A package keeps what nobody edits."""

from __future__ import annotations

import pytest
from lxml import etree

from office_workbook import office_workbook, parts, rebuilt
from sheetsync.workbooks.package import ROOT, NotAPackageError, Package


def test_opening_and_saving_keeps_every_part_and_their_order() -> None:
    data = office_workbook()

    saved = Package.from_bytes(data).to_bytes()

    assert list(parts(saved).items()) == list(parts(data).items())


def test_equal_content_gives_equal_bytes_whatever_the_dates_in_the_zip() -> None:
    data = office_workbook()

    assert Package.from_bytes(data).to_bytes() == Package.from_bytes(rebuilt(data, {})).to_bytes()


@pytest.mark.parametrize(
    "data", [b"", b"not a zip", b"PK\x03\x04 broken", rebuilt(office_workbook(1), {})[:900]]
)
def test_bytes_that_are_no_package_are_refused(data: bytes) -> None:
    with pytest.raises(NotAPackageError):
        Package.from_bytes(data)


def test_only_an_edited_part_is_written_anew() -> None:
    data = office_workbook()
    package = Package.from_bytes(data)

    package.tree("xl/workbook.xml")
    package.edit("docProps/core.xml").append(etree.Comment("пометка"))

    before, after = parts(data), parts(package.to_bytes())
    assert [name for name in before if before[name] != after[name]] == ["docProps/core.xml"]
    assert "пометка".encode() in after["docProps/core.xml"]


def test_targets_of_relations_are_resolved_whether_relative_or_absolute() -> None:
    rels = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="a" Type="t/table" Target="/xl/tables/table1.xml"/>'
        b'<Relationship Id="b" Type="t/table" Target="../tables/table1.xml"/>'
        b'<Relationship Id="c" Type="t/hyperlink" Target="https://a.example/?a=../b" TargetMode="External"/>'
        b"</Relationships>"
    )
    package = Package.from_bytes(rebuilt(office_workbook(), {"xl/worksheets/_rels/sheet1.xml.rels": rels}))

    found = {one.id: (one.target, one.external) for one in package.relations("xl/worksheets/sheet1.xml")}

    assert found == {
        "a": ("xl/tables/table1.xml", False),
        "b": ("xl/tables/table1.xml", False),
        "c": ("https://a.example/?a=../b", True),
    }
    assert package.related(ROOT, "officeDocument") == ["xl/workbook.xml"]


def test_new_relations_take_the_lowest_free_ids() -> None:
    package = Package.from_bytes(office_workbook())
    part = "xl/worksheets/sheet4.xml"

    first = package.relate_all(part, "hyperlink", ["https://a.example", "https://b.example"], external=True)
    package.unrelate(part, {first[0]})

    assert package.relate(part, "hyperlink", "https://c.example", external=True) == first[0]


def test_a_part_is_added_and_removed_with_its_content_type() -> None:
    package = Package.from_bytes(office_workbook())
    before = package.read("[Content_Types].xml")

    name = package.free_name("xl/comments{}.xml")
    package.add(name, b"<comments/>", "application/example+xml")
    package.relate(name, "other", "xl/workbook.xml")
    assert name == "xl/comments3.xml"
    assert b"/xl/comments3.xml" in package.read("[Content_Types].xml")
    assert b'Target="workbook.xml"' in package.read("xl/_rels/comments3.xml.rels")
    package.remove(name)

    assert name not in package
    assert "xl/_rels/comments3.xml.rels" not in package
    assert package.read("[Content_Types].xml") == etree.tostring(
        etree.fromstring(before), xml_declaration=True, encoding="UTF-8", standalone=True
    )
