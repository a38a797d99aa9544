"""Districts beside the city in words and tables: all of them, or those that a reader may see."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext, ngettext

from exports.charts.pictures import Picture
from exports.disclosure.symbols import Symbol
from exports.results.districts import CITY, DistrictFigures
from exports.results.printing import Printed
from survey_app.actions.instruments import newest_version
from survey_app.actions.results import districts, returned
from survey_app.actions.results.districts import TermTable
from survey_app.results.reports import Report, Section
from survey_app.results.words import authors, printer, term_word

FEW = 3  # districts of which each gets a sentence


@dataclass(frozen=True, slots=True)
class _Kind:
    """How a kind of results is put.

    Attributes:
        head: Of the columns with means.
        main: Which of them stands in the sentence.
        says: The sentence about a district, given its name, figure, and the city's.
    """

    title: str
    head: Sequence[str]
    main: int
    says: Callable[[str, str, str], str]


def report_of(term: str, account: str | None) -> Report:
    """Report a term.

    Args:
        account: Whose districts are shown; None shows all.
    """
    names = districts.names()
    tables = [_seen(each, account) for each in districts.tables_of(term)]
    pictures = [
        _picture(each, names, is_one=_is_only(each, tables))
        for each in tables
        if each.table.has_told
    ]
    return Report(
        title=_title(tables, names, account),
        lead=gettext(
            "%(term)s. Pupils with the school-social teams.",
            term=term_word(term)[:1].upper() + term_word(term)[1:],
        ),
        cautions=[],
        sections=[Section("", pictures)],
    )


def nothing() -> Report:
    """Say why there is nothing to show yet."""
    return Report(
        title=gettext("Districts"),
        lead="",
        nothing=gettext(
            "There is nothing to show yet. A term’s figures come when the term is over and all of "
            "its reports are locked."
        ),
    )


def without_district() -> Report:
    """Say why somebody sees no district."""
    return Report(
        title=gettext("Districts"),
        lead="",
        nothing=gettext("Your account has no district. Ask an administrator to give it one."),
    )


def how_they_are_made() -> Sequence[str]:
    """Say what the figures are, for whoever wants to know."""
    return [
        gettext(
            "A pupil belongs to the district of the school that he or she went to last in the "
            "term, with the borders of today. The number of pupils is given for the city alone, to "
            "the nearest five; in means each pupil counts the same."
        ),
        gettext(
            "Milestones: the newest judgement of the term. A milestone is reached at level 0 or "
            "higher. The T-score is 50 where milestones are reached just as expected. Absence: all "
            "months of the term together. Grades: subjects passed of all that were graded."
        ),
        gettext(
            "A district is shown when at least ten pupils of at least two schools are counted "
            "there. Where it could be worked out from the others, another one is hidden with it: "
            "two dots (..) do not tell which of the two it is."
        ),
        gettext(
            "The figures are made once, when the term is over and all of its reports are locked, "
            "and stay as they are: a later version beside them would tell of single pupils."
        ),
    ]


def _seen(of: TermTable, account: str | None) -> TermTable:
    if account is None:
        return of
    own = districts.seen_by(account, [row.district for row in of.table.rows])
    return TermTable(of.kind, of.instrument, of.table.seen_by(own))


def _title(tables: Sequence[TermTable], names: Mapping[str, str], account: str | None) -> str:
    seen = {row.district for each in tables for row in each.table.rows} - {CITY}
    if account is None:
        return gettext("Districts")
    return ", ".join(sorted(names[code] for code in seen)) or gettext("Districts")


def _is_only(of: TermTable, tables: Sequence[TermTable]) -> bool:
    return sum(each.kind == of.kind for each in tables) == 1


def _picture(of: TermTable, names: Mapping[str, str], *, is_one: bool) -> Picture:
    kind, show = _kinds()[of.kind], printer().figure
    rows = [
        [Printed(_name(row, names)), _size(row), *map(show, row.means)] for row in of.table.rows
    ]
    source = authors(newest_version(of.instrument).title) or of.instrument
    return Picture(
        name=f"{of.kind}-{of.instrument}",
        title=kind.title if is_one else f"{kind.title}: {source}",
        sentence=_sentence(kind, of, rows),
        head=[gettext("District"), gettext("Pupils, about"), *kind.head],
        rows=rows,
    )


def _size(of: DistrictFigures) -> Printed:
    if of.n is Symbol.NOT_APPLICABLE:
        return Printed("≥10", is_exact=False)
    return printer().figure(of.n)


def _name(of: DistrictFigures, names: Mapping[str, str]) -> str:
    return gettext("The whole city") if of.district == CITY else names[of.district]


def _sentence(kind: _Kind, of: TermTable, rows: Sequence[Sequence[Printed]]) -> str:
    own = [(row, rows[at]) for at, row in enumerate(of.table.rows) if row.district != CITY]
    if len(own) > FEW:
        return _counted([row for row, _ in own])
    city = rows[-1][2 + kind.main]
    return " ".join(_said(kind, row, printed, city) for row, printed in own)


def _counted(own: Sequence[DistrictFigures]) -> str:
    known = [row for row in own if row.n]
    shown = sum(not row.is_hidden for row in known)
    return ngettext(
        "%(num)s of %(all)s districts with pupils can be shown.",
        "%(num)s of %(all)s districts with pupils can be shown.",
        shown,
        all=len(known),
    )


def _said(kind: _Kind, row: DistrictFigures, printed: Sequence[Printed], city: Printed) -> str:
    name = printed[0].text
    if row.is_hidden:
        return gettext(
            "%(district)s is not shown: there are too few pupils or schools, or another "
            "district’s figures could be worked out from it.",
            district=name,
        )
    if not row.n:
        return gettext("%(district)s: nobody was reported about.", district=name)
    if city.is_hidden:
        return gettext("The figures of the whole city are not shown, because too few are left.")
    return kind.says(name, printed[2 + kind.main].text, city.text)


def _kinds() -> Mapping[str, _Kind]:
    return {
        returned.MILESTONES: _Kind(
            gettext("Milestones"),
            [gettext("Reached, %"), gettext("T-score (GAS)")],
            0,
            lambda district, here, city: gettext(
                "%(district)s: %(here)s per cent of the milestones are reached; in the whole city "
                "%(city)s per cent.",
                district=district, here=here, city=city,
            ),
        ),
        returned.ATTENDANCE: _Kind(
            gettext("Attendance"),
            [gettext("Excused (giltig), %"), gettext("Unexcused (ogiltig), %"),
             gettext("All absence, %")],
            2,
            lambda district, here, city: gettext(
                "%(district)s: the pupils were away %(here)s per cent of the scheduled time; in "
                "the whole city %(city)s per cent.",
                district=district, here=here, city=city,
            ),
        ),
        returned.GRADES: _Kind(
            gettext("Grades"),
            [gettext("Subjects passed, %")],
            0,
            lambda district, here, city: gettext(
                "%(district)s: %(here)s per cent of the subjects are passed; in the whole city "
                "%(city)s per cent.",
                district=district, here=here, city=city,
            ),
        ),
    }  # fmt: skip
