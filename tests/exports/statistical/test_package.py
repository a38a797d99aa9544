"""The package, by readers that know the standards and nothing of us."""

from __future__ import annotations

import csv
import json
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from tests.exports.families import ROWS, family
from tests.exports.statistical.files import LONG, written

# Table Schema: what a cell must be to count as one of its type.
TYPES: dict[str, Callable[[str], Any]] = {
    "integer": int,
    "number": float,
    "date": date.fromisoformat,
    "string": str,
    "datetime": str,
    "time": str,
}


def unpacked(folder: Path, **more: Any) -> dict[str, Any]:
    """Write a package, unpack it, and read its description."""
    with zipfile.ZipFile(written(folder, "package", **more)) as archive:
        archive.extractall(folder)
    found: dict[str, Any] = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    return found


def values_of(folder: Path, resource: dict[str, Any]) -> dict[str, list[Any]]:
    """Read a file as its description says; what does not fit fails."""
    with (folder / resource["path"]).open(encoding=resource["encoding"], newline="") as file:
        header, *rows = list(csv.reader(file))
    fields = resource["schema"]["fields"]
    assert header == [field["name"] for field in fields]
    read: dict[str, list[Any]] = {}
    for field, column in zip(fields, zip(*rows, strict=True), strict=True):
        cells = [
            None if cell in field["missingValues"] else TYPES[field["type"]](cell)
            for cell in column
        ]
        allowed = field.get("constraints", {}).get("enum", cells)
        assert set(cells) - {None} <= set(allowed)
        read[field["name"]] = cells
    return read


def test_a_program_reads_types_labels_and_missing_values(tmp_path: Path) -> None:
    """Numbers, days and lists come out as such, without a word of documentation."""
    package = unpacked(tmp_path)
    (resource,) = package["resources"]
    found = values_of(tmp_path, resource)
    assert found["trivs"] == [4, None, None]
    assert found["kön"] == ["f", None, None]
    assert found["antal"] == [3, -99, None]
    assert found["poäng"] == [12, -1.25, None]
    assert found["blandat"] == ["7", "sju", None]
    assert found["dag"] == [date(2026, 1, 5), None, None]
    assert found["ord"] == [f"rad\n{LONG}", '"NA"', "'=1+1"]
    fields = {field["name"]: field for field in resource["schema"]["fields"]}
    assert fields["trivs"]["categories"][0] == {"value": 4, "label": "Stämmer helt"}
    assert fields["trivs"]["categoriesOrdered"] is True
    assert fields["kön"]["missingLabels"]["DK"] == "Vet ej"
    assert fields["hinder__oro"]["title"] == "Hinder: Oro"
    assert package["title"] == "Min skolsituation"
    assert not (tmp_path / "data.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_rows_of_repeats_point_to_the_rows_they_belong_to(tmp_path: Path) -> None:
    """Each table is a file, and keys say which is whose."""
    package = unpacked(tmp_path, table=family())
    data, *below = package["resources"]
    assert [each["title"] for each in package["resources"]] == list(ROWS)
    assert data["schema"]["primaryKey"] == ["_row"]
    parents = values_of(tmp_path, data)["_row"]
    for each in below:
        (key,) = each["schema"]["foreignKeys"]
        assert key["reference"] == {"resource": "data", "fields": ["_row"]}
        assert set(values_of(tmp_path, each)["_parent"]) <= set(parents)


def test_codebook_and_values_come_along(tmp_path: Path) -> None:
    """A person finds what the workbook's sheets say."""
    unpacked(tmp_path)
    with (tmp_path / "codebook.csv").open(encoding="utf-8", newline="") as file:
        codebook = list(csv.reader(file))
    with (tmp_path / "data.csv").open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    assert [row[0] for row in codebook[1:]] == header
    assert "kön,p,Pojke,No," in (tmp_path / "values.csv").read_text(encoding="utf-8")


def test_the_script_for_r_holds_no_letter_that_a_computer_may_misread(tmp_path: Path) -> None:
    """It names files and columns that are there."""
    unpacked(tmp_path)
    script = (tmp_path / "read.R").read_text(encoding="ascii")
    assert 'read_codes("data.csv")' in script
    assert r'x[["k\U{f6}n"]] <- listed(x[["k\U{f6}n"]], c("f", "p")' in script


def test_the_same_table_has_the_same_bytes(tmp_path: Path) -> None:
    """Two downloads can be compared."""
    first = written(tmp_path, "package").read_bytes()
    assert written(tmp_path, "package").read_bytes() == first
