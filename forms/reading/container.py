"""Look at an uploaded file before anything in it is parsed: is it a plain Excel workbook?"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from defusedxml.ElementTree import fromstring

from forms.marking import N_
from forms.problems import BadInstrument, ProblemCode, Sentence
from forms.reading.limits import Limits
from forms.reading.refusal import Allowance, refusal

COMPOUND_FILE = bytes.fromhex("D0CF11E0A1B11AE1")
LOCAL_FILE_HEADER = b"PK\x03\x04"
CONTENT_TYPES = "[Content_Types].xml"
WORKBOOK_TYPES = frozenset(
    f"application/vnd.openxmlformats-officedocument.spreadsheetml.{kind}.main+xml"
    for kind in ("sheet", "template")
)
CHUNK = 2**16

_UNREADABLE = (BadZipFile, NotImplementedError, OSError, struct.error, ValueError, zlib.error)


def check_container(data: bytes, limits: Limits) -> None:
    """Accept the file as a workbook that is safe to parse.

    Sizes that the file states about itself are never believed: every part is unpacked, in small
    pieces, and its bytes are counted.

    Raises:
        BadInstrument: It is something else, damaged, too large inside, or holds what no
            questionnaire needs (macros, entities, a password).
    """
    if data.startswith(COMPOUND_FILE):
        raise refusal(_kind_of_compound_file(data))
    if not data.startswith(LOCAL_FILE_HEADER):
        raise refusal(ProblemCode.NOT_A_WORKBOOK)
    try:
        with ZipFile(BytesIO(data)) as archive:
            _check_archive(archive, limits)
    except _UNREADABLE as error:
        raise broken(N_("it is incomplete, or was changed on its way")) from error


def broken(reason: str, **params: str) -> BadInstrument:
    """Make the refusal of a damaged workbook; `reason` is marked for translation."""
    return refusal(ProblemCode.BROKEN_WORKBOOK, detail=Sentence(reason, params))


def _kind_of_compound_file(data: bytes) -> ProblemCode:
    """Tell by its directory what an OLE compound file holds; its names are in UTF-16."""
    kinds = {
        "EncryptedPackage": ProblemCode.ENCRYPTED,
        "Workbook": ProblemCode.OLD_WORKBOOK,
        "Book": ProblemCode.OLD_WORKBOOK,
    }
    found = (code for name, code in kinds.items() if name.encode("utf-16-le") in data)
    return next(found, ProblemCode.NOT_A_WORKBOOK)


def _check_archive(archive: ZipFile, limits: Limits) -> None:
    parts = archive.infolist()
    if len(parts) > limits.parts:
        raise refusal(ProblemCode.TOO_MANY_PARTS, limit=limits.parts)
    _check_names([part.filename for part in parts])
    allowance = Allowance(limits.expanded_bytes)
    for part in parts:
        _check_part(archive, part, allowance)
    _check_content_types(archive)


def _check_names(names: list[str]) -> None:
    if unsafe := next(filter(_leaves_its_folder, names), None):
        raise refusal(ProblemCode.PART_NAME_UNSAFE, name=unsafe)
    if len({name.casefold() for name in names}) < len(names):
        raise broken(N_("it has two parts of the same name"))
    if CONTENT_TYPES not in names:
        raise refusal(ProblemCode.NOT_A_WORKBOOK)
    if any(name.casefold().endswith("vbaproject.bin") for name in names):
        raise refusal(ProblemCode.HAS_MACROS)


def _leaves_its_folder(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/")


def _check_part(archive: ZipFile, part: ZipInfo, allowance: Allowance) -> None:
    if part.flag_bits & 0x1:
        raise refusal(ProblemCode.ENCRYPTED)
    if part.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise broken(N_("it is packed in a way that no spreadsheet program uses"))
    prolog, size = _Prolog(part.filename), 0
    with archive.open(part) as stream:
        while chunk := stream.read(CHUNK):
            size += len(chunk)
            allowance.take(len(chunk))
            prolog.feed(chunk)
    prolog.close()
    if size != part.file_size:
        raise broken(N_("one of its parts is not as long as it says"))


class _Prolog:
    """What stands before the first element of a part, the only place for a DOCTYPE.

    The parser knows the encodings (a search for bytes does not), and it stops at the first
    element, so nothing of the sheet itself is read and no entity is ever expanded.
    """

    def __init__(self, name: str) -> None:
        self._must_be_xml = name.endswith((".xml", ".rels"))
        # A drawing may begin with a DOCTYPE, and no spreadsheet reader opens it.
        self._is_over = name.endswith((".svg", "/"))
        self._parser = expat.ParserCreate()
        self._parser.StartDoctypeDeclHandler = _refuse_doctype
        self._parser.StartElementHandler = self._end

    def feed(self, chunk: bytes, *, is_last: bool = False) -> None:
        if self._is_over:
            return
        try:
            self._parser.Parse(chunk, is_last)
        except (expat.ExpatError, LookupError, ValueError) as error:
            if self._must_be_xml and not self._is_over:
                raise broken(N_("one of its parts is not XML")) from error
            self._is_over = True

    def close(self) -> None:
        self.feed(b"", is_last=True)

    def _end(self, _name: str, _attributes: dict[str, str]) -> None:
        self._is_over = True


def _refuse_doctype(*_declaration: object) -> None:
    raise refusal(ProblemCode.HAS_ENTITIES)


def _check_content_types(archive: ZipFile) -> None:
    types = set(_types_of_parts(archive))
    if any("macro" in content_type.casefold() for content_type in types):
        raise refusal(ProblemCode.HAS_MACROS)
    if not types & WORKBOOK_TYPES:
        raise refusal(ProblemCode.NOT_A_WORKBOOK)


def _types_of_parts(archive: ZipFile) -> Iterator[str]:
    """Give the types of the parts that are there; some programs declare types they never use."""
    declared = list(fromstring(archive.read(CONTENT_TYPES)))
    by_name = {item.get("PartName", "").lstrip("/"): item for item in declared}
    by_extension = {item.get("Extension", "").casefold(): item for item in declared}
    for name in archive.namelist():
        item = by_name.get(name, by_extension.get(name.rpartition(".")[2].casefold()))
        yield "" if item is None else item.get("ContentType", "")
