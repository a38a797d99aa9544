"""What the archive keeps: tables, questionnaires and records, in one zip file with its checksums.

The file is a bag of RFC 8493 (BagIt): plain files below `data/`, and a list of their SHA-256 that
any computer can try. The same content gives the same bytes.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from tempfile import TemporaryFile
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

from flask_babel import gettext
from sqlalchemy import inspect, select

from exports.qda.formats import CODEBOOK, PROJECT
from exports.writers.archive import DatelessArchive
from forms.instrument import Mode
from forms.writing import write_workbook
from survey_app.actions import exporting, extracts, instruments, rounds, trail
from survey_app.actions.calendar import today
from survey_app.actions.coding import projects, schemes
from survey_app.actions.errors import ActionError, AnswersWithheld
from survey_app.store import queries
from survey_app.store.database import Base, db, writing
from survey_app.store.extracts import ROUND, Extract
from survey_app.store.models import InstrumentVersion, Round, RoundState
from survey_app.store.retention import RetentionProtocol, RetentionRule
from survey_app.store.returns import AuditEntry

FORMAT = "preserve"
PAYLOAD = "data"
BAG = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
LOGS: Mapping[str, type[Base]] = {
    "andringslogg": AuditEntry,
    "utlamnandelogg": Extract,
    "gallringsprotokoll": RetentionProtocol,
    "gallringsregler": RetentionRule,
}

READ_ME = """\
BEVARANDEUTTAG UR SERVERN FÖR ENKÄTER OCH UPPFÖLJNING

Alla textfiler är UTF-8. Tabeller är CSV med komma. Vad kolumner och koder betyder står i
codebook.csv, values.csv och datapackage.json bredvid dem; skriptet read.R läser dem i R.

data/omgangar/NAMN/   kodade svar i en omgång, med kodbok; för intervjuer även kodningen
                      (REFI-QDA: .qdpx med anteckningar, .qdc med kodschemat)
data/formular/        varje version av varje frågeformulär (XLSForm), som Excel och text
data/loggar/          ändringslogg, utlämnandelogg, gallringsprotokoll, gallringsregler
manifest-sha256.txt   kontrollsummor; prova med: sha256sum -c manifest-sha256.txt

Elever och intervjuade står under slumpade pseudonymer. Nyckeln finns hos teamet eller
intervjuaren och inte i servern. Anonyma svar har varken tid, ordning eller avsändare.

Formatet är BagIt (RFC 8493). Ett arkiv som tar emot FGS Paketstruktur (E-ARK, METS)
lägger innehållet i ett sådant paket med uppgifter ur leveransöverenskommelsen.

Omgångar i uttaget:""".splitlines()


@dataclass(slots=True)
class Preserved:
    """What was written.

    Attributes:
        rounds: Name of a round -> how many responses.
        left_out: Name of a round -> why it is not there.
        files: Path -> SHA-256.
        size: Bytes of all files below `data/`.
    """

    rounds: dict[str, int] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    size: int = 0


def preserve(target: BinaryIO, actor: str) -> Preserved:
    """Write all that the archive keeps, under the rules of coded files, and put it on record.

    Args:
        target: An empty file, open for writing and reading; its position is its beginning then.
        actor: The account's address, or who else it is.
    """
    made = Preserved()
    with DatelessArchive(target, "w", ZIP_DEFLATED) as archive:
        for of in sorted(queries.all_rounds(), key=lambda each: each.name):
            _round(archive, of, made)
        for each in db.session.scalars(select(InstrumentVersion).order_by(InstrumentVersion.id)):
            _questionnaire(archive, each, made)
        for name, table in LOGS.items():
            _add(archive, f"loggar/{name}.csv", _listed(table), made)
        _add(archive, "LÄS MIG.txt", _read_me(made).encode(), made)
        _close(archive, made)
    _note(made, extracts.digest_of(target), actor)
    return made


def _round(archive: DatelessArchive, of: Round, made: Preserved) -> None:
    if of.state_on(today()) is not RoundState.CLOSED:
        made.left_out[of.name] = gettext("It is not closed.")
        return
    try:
        rounds.refuse_unless_readable(of)
    except AnswersWithheld:
        made.left_out[of.name] = gettext("So few have answered that nobody may read it.")
        return
    with TemporaryFile() as file:
        made.rounds[of.name] = exporting.write_round(of, "package", file)
        file.seek(0)
        with ZipFile(file) as package:
            for name in package.namelist():
                with package.open(name) as content:
                    _copy(archive, f"omgangar/{of.name}/{name}", content, made)
    if of.mode == Mode.INTERVIEW and schemes.of_round(of) is not None:
        for kind in (CODEBOOK, PROJECT):
            _coding(archive, of, kind, made)


def _coding(archive: DatelessArchive, of: Round, kind: str, made: Preserved) -> None:
    with TemporaryFile() as file:
        try:
            projects.write_round(of, kind, file)
        except ActionError:  # nothing is coded yet
            return
        file.seek(0)
        _copy(archive, f"omgangar/{of.name}/kodning.{kind}", file, made)


def _questionnaire(archive: DatelessArchive, of: InstrumentVersion, made: Preserved) -> None:
    """Keep a version as its author's workbook, and as text that needs no program."""
    place, workbook = f"formular/{of.name}-{of.number}", instruments.workbook_of(of.id)
    book = io.BytesIO()
    write_workbook(workbook, book)
    _add(archive, f"{place}.xlsx", book.getvalue(), made)
    text = json.dumps(workbook.to_json(), ensure_ascii=False, indent=1, sort_keys=True)
    _add(archive, f"{place}.json", text.encode(), made)


def _listed(table: type[Base]) -> bytes:
    """Write a table as CSV, all columns, in the order of its key."""
    mapper = inspect(table)
    names = [each.key for each in mapper.column_attrs]
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\r\n")
    lines.writerow(names)
    for row in db.session.scalars(select(table).order_by(*mapper.primary_key)):
        lines.writerow(_cell(getattr(row, name)) for name in names)
    return text.getvalue().encode()


def _cell(value: object) -> str:
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    return "" if value is None else str(value)


def _add(archive: DatelessArchive, name: str, content: bytes, made: Preserved) -> None:
    _copy(archive, name, io.BytesIO(content), made)


def _copy(archive: DatelessArchive, name: str, content: Iterable[bytes], made: Preserved) -> None:
    digest, path = hashlib.sha256(), f"{PAYLOAD}/{name}"
    with archive.stream(path) as target:
        for part in content:
            digest.update(part)
            made.size += len(part)
            target.write(part)
    made.files[path] = digest.hexdigest()


def _close(archive: DatelessArchive, made: Preserved) -> None:
    """Write what makes the files a bag: their checksums, and the checksums of those lists."""
    info = (
        f"Bag-Software-Agent: survey-app {version('survey-app')}\n"
        f"Payload-Oxum: {made.size}.{len(made.files)}\n"
    )
    tags = {"bagit.txt": BAG, "bag-info.txt": info, "manifest-sha256.txt": _manifest(made.files)}
    for name, text in tags.items():
        archive.writestr(name, text)
    digests = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in tags.items()}
    archive.writestr("tagmanifest-sha256.txt", _manifest(digests))


def _manifest(files: Mapping[str, str]) -> str:
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(files.items()))


def _note(made: Preserved, digest: str, actor: str) -> None:
    for name, written in made.rounds.items():
        of = rounds.find(name)
        extracts.note(actor, ROUND, name, FORMAT, digest, extracts.told_of([of], written))
    with writing():
        trail.record(actor, "preserve.take", "preserve", {"digest": digest})


def _read_me(made: Preserved) -> str:
    """Say in Swedish what the file holds: archives in Sweden read it in a hundred years."""
    lines = [*READ_ME, *(f"  {name}" for name in made.rounds)]
    if made.left_out:
        lines.append("Omgångar som inte är med:")
        lines += [f"  {name}: {why}" for name, why in made.left_out.items()]
    return "\r\n".join([*lines, ""])
