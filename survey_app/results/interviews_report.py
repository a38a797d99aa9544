"""Coded interviews: how many mention what, by group, and what comes together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from flask_babel import gettext, ngettext

from exports.charts.drawings import Amount, Bars, Cell, Grid
from exports.charts.pictures import Picture
from exports.disclosure.counts import Count
from exports.disclosure.matrix import ALL, Place
from exports.qda.model import Code
from exports.results.interviews import OTHERS, InterviewFigures, Line
from exports.results.printing import Printed
from survey_app.actions.interviews import cases
from survey_app.actions.results import interviews
from survey_app.case_words import fact_word
from survey_app.results.reports import Report, Section
from survey_app.results.words import authors, hidden_notes, printer, said
from survey_app.store.models import Round

FIRST_SIGN = ord("A")
SAID = 3  # codes that a sentence names


def report_of(name: str) -> Report:
    """Word a round's coded interviews.

    Raises:
        RoundUnknown: There is no round of interviews of that name.
        SchemeMissing: It is coded by no scheme.
    """
    of = cases.find_round(name)
    figures = interviews.figures_in(of)
    title = gettext("What the interviews mention: %(round)s", round=authors(of.title) or of.name)
    if figures is None:
        return Report(title=title, lead="", nothing=gettext(
            "Fewer than five interviews are coded. Of so few, nothing is shown."))  # fmt: skip
    pictures = [_mentions(figures), *_groups(figures)]
    pictures += [_together(figures)] if len(figures.codes) > 1 else []
    return Report(
        title=title,
        lead=_lead(figures),
        cautions=list(_cautions(of)),
        sections=[Section("", pictures)],
    )


def _lead(figures: InterviewFigures) -> str:
    n = figures.matrix.sizes[ALL]
    if not isinstance(n, int):
        return gettext("How many of the coded interviews mention a code at least once.")
    return ngettext(
        "How many of %(num)s coded interview mention a code at least once.",
        "How many of %(num)s coded interviews mention a code at least once.",
        n,
    )


def _cautions(of: Round) -> Iterator[str]:
    if waiting := interviews.uncoded_in(of):
        yield ngettext(
            "%(num)s interview is not coded yet. Publish nothing before it is: two versions of a "
            "table tell of who came in between.",
            "%(num)s interviews are not coded yet. Publish nothing before they are: two versions "
            "of a table tell of who came in between.",
            waiting,
        )
    yield gettext(
        "Those who were interviewed were chosen, so the numbers say what was mentioned, and not "
        "how common it is among all."
    )


def _mentions(figures: InterviewFigures) -> Picture:
    n = figures.matrix.sizes[ALL]
    show = printer().figure
    rows = [
        [Printed(_label(figures, line)), show(figures.mentioned(line))] for line in figures.lines
    ]
    return Picture(
        name="mentions",
        title=gettext("Mentioned by how many"),
        sentence=_most_said(figures),
        head=[gettext("Code"), _of_all(n)],
        rows=rows,
        notes=[*hidden_notes(rows), *_area_note(figures)],
        drawing=Bars(
            [
                Amount(row[0].text, row[1], is_whole=line.is_area)
                for line, row in zip(figures.lines, rows, strict=True)
            ],
            n if isinstance(n, int) else 0,
        ),
        n=show(n),
    )


def _groups(figures: InterviewFigures) -> Iterator[Picture]:
    for grouping in dict.fromkeys(place.grouping for place in figures.matrix.places):
        if grouping:
            places = [each for each in figures.matrix.places if each.grouping == grouping]
            yield _by_group(figures, grouping, places)


def _by_group(figures: InterviewFigures, grouping: str, places: Sequence[Place]) -> Picture:
    show, sizes = printer().figure, figures.matrix.sizes
    names = [_group_word(place) for place in places]
    rows = [
        [
            Printed(_label(figures, line)),
            *(show(figures.mentioned(line, place)) for place in places),
        ]
        for line in figures.lines
    ]
    first = [Printed(gettext("Interviews")), *(show(sizes[place]) for place in places)]
    cells = [
        [_shaded(figures.mentioned(line, place), sizes[place]) for place in places]
        for line in figures.lines
    ]
    signs = [(chr(FIRST_SIGN + at), name) for at, name in enumerate(names)]
    return Picture(
        name=grouping.replace("_", "-"),
        title=_grouping_words()[grouping],
        sentence=_most_said_by_group(figures, places),
        head=[gettext("Code"), *names],
        rows=[first, *rows],
        notes=[*hidden_notes([first, *rows]), *_others_note(places), *_area_note(figures)],
        drawing=Grid([row[0].text for row in rows], signs, cells),
        n=show(sizes[ALL]),
    )


def _together(figures: InterviewFigures) -> Picture:
    show, codes = printer().figure, figures.codes
    words = {code.name: _code_label(figures, code) for code in codes}
    labels = [f"{at} {words[code.name]}" for at, code in enumerate(codes, start=1)]
    cells = [[_together_cell(figures, one, other) for other in codes] for one in codes]
    rows = [
        [Printed(label), *(cell.value for cell in line)]
        for label, line in zip(labels, cells, strict=True)
    ]
    pairs = {pair: n for pair, n in figures.together.items() if isinstance(n, int) and n}
    most = sorted(pairs, key=lambda pair: -pairs[pair])[:SAID]
    named = [
        gettext("%(one)s and %(other)s (%(n)s)", one=words[a], other=words[b],
                n=show(pairs[a, b]).text)
        for a, b in most
    ]  # fmt: skip
    return Picture(
        name="together",
        title=gettext("What is mentioned together"),
        sentence=gettext("Most often together in one interview: %(pairs)s.", pairs=", ".join(named))
        if named
        else gettext("No two codes come together in so many interviews that it can be shown."),
        head=[gettext("Code"), *(str(at) for at in range(1, len(codes) + 1))],
        rows=rows,
        notes=[*hidden_notes(rows), gettext("The columns are the same codes, by number.")],
        drawing=Grid(labels, [(str(at + 1), "") for at in range(len(codes))], cells),
        n=show(figures.matrix.sizes[ALL]),
    )


def _together_cell(figures: InterviewFigures, one: Code, other: Code) -> Cell:
    n = figures.matrix.sizes[ALL]
    if one is other:
        return Cell(Printed("–"))
    pair = (one.name, other.name)
    return _shaded(figures.together[pair if pair in figures.together else pair[::-1]], n)


def _shaded(n: Count, among: Count) -> Cell:
    printed = printer().figure(n)
    if printed.number is None or not isinstance(among, int) or not among:
        return Cell(printed)
    return Cell(printed, printed.number / among)


def _most_said(figures: InterviewFigures) -> str:
    found = _most(figures, ALL)
    if not found:
        return gettext("No code is mentioned by so many that it can be shown.")
    return gettext("Mentioned by most: %(codes)s.", codes=found)


def _most_said_by_group(figures: InterviewFigures, places: Sequence[Place]) -> str:
    return " ".join(
        f"{_group_word(place)}: {_most(figures, place) or gettext('nothing that can be shown')}."
        for place in places
    )


def _most(figures: InterviewFigures, place: Place) -> str:
    """Name the codes of which the highest numbers are shown."""
    numbers = {
        line.name: n
        for line in figures.lines
        if not line.is_area and isinstance(n := figures.mentioned(line, place), int) and n
    }
    labels = {line.name: _label(figures, line) for line in figures.lines}
    most = sorted(numbers, key=lambda name: -numbers[name])[:SAID]
    return ", ".join(f"{labels[name]} ({said(printer().figure(numbers[name]))})" for name in most)


def _label(figures: InterviewFigures, line: Line) -> str:
    if line.is_area:
        return gettext("%(area)s: all codes", area=line.code.label or line.code.name)
    return _code_label(figures, line.code)


def _code_label(figures: InterviewFigures, code: Code) -> str:
    label, area = code.label or code.name, figures.areas.get(code.name)
    return f"{area}: {label}" if area else label


def _of_all(n: Count) -> str:
    return gettext("Of %(n)s", n=n) if isinstance(n, int) else gettext("Interviews")


def _area_note(figures: InterviewFigures) -> list[str]:
    if not any(line.is_area for line in figures.lines):
        return []
    return [gettext("An area counts each interview once that mentions any of its codes.")]


def _others_note(places: Sequence[Place]) -> list[str]:
    if all(place.group != OTHERS for place in places):
        return []
    return [
        gettext(
            "“Others” are groups that are too small to stand alone, and those of whom it is not "
            "known."
        )
    ]


def _grouping_words() -> Mapping[str, str]:
    return {
        "role": gettext("By whose interview it is"),
        "district": gettext("By district"),
        "gender": gettext("By gender"),
        "year_group": gettext("By school years"),
    }


def _group_word(place: Place) -> str:
    if place.group == OTHERS:
        return gettext("Others")
    return fact_word(place.grouping, place.group)
