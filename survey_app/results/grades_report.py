"""Grades of the same pupils at two terms: individuals, group, eligibility, and the cautions."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext

from exports.charts.drawings import Bar, Diverging, Dots, Segment, Series
from exports.charts.pictures import Picture
from exports.disclosure.symbols import Symbol
from exports.results.changes import DOWN, SAME, UP
from exports.results.grades import Comparison, Paired
from exports.results.printing import Printed
from survey_app.actions.instruments import newest_version
from survey_app.actions.results import returned
from survey_app.actions.results.returned import Term
from survey_app.results.eligibility import eligibility
from survey_app.results.gender_pictures import gender_note, gender_word
from survey_app.results.reports import Report, Section
from survey_app.results.words import (
    authors,
    hidden_notes,
    printer,
    said,
    shown_anew_note,
    term_word,
)

WORSE, ALIKE, BETTER = -2, 0, 2


def report_of(instrument: str, until: str = "") -> Report:
    """Report how grades have changed between the terms that are compared.

    Args:
        until: Only the comparisons whose second term is this; "" for all.
    """
    found = [
        (terms, each)
        for terms, each in returned.grade_comparisons(instrument)
        if until in {"", terms[1]}
    ]
    title = gettext("Grades")
    if not found:
        nothing = gettext("Grades of two terms at least are needed before any can be compared.")
        return Report(title=title, lead="", nothing=nothing)
    name = authors(newest_version(instrument).title) or instrument
    return Report(
        title=title,
        lead=gettext(
            "From the returns of “%(title)s”. Only pupils with grades at both terms are compared.",
            title=name,
        ),
        cautions=[
            gettext(
                "The main measure is the share of a pupil's subjects that are passed, where a "
                "streck counts as not passed."
            ),
            gettext(
                "There is no group to compare with, so nothing here says why grades have changed."
            ),
            shown_anew_note(),
        ],
        sections=[_section(terms, each) for terms, each in found],
    )


def _section(terms: Term, of: Comparison) -> Section:
    before, now = map(term_word, terms)
    title = gettext("From %(before)s to %(now)s", before=before, now=now)
    key = "-".join((*terms, ""))
    if of.is_hidden:
        return Section(title, [_hidden_picture(key, title)])
    pictures = [_change(key, of, terms), _means(key, of, (before, now)), eligibility(key, of)]
    if of.thirds:
        pictures.append(_thirds(key, of, (before, now)))
    return Section(title, pictures)


def _hidden_picture(key: str, title: str) -> Picture:
    hidden = printer().figure(Symbol.HIDDEN)
    return Picture(
        name=f"{key}change",
        title=gettext("Pupils whose share of passed subjects changed"),
        sentence=gettext(
            "Nothing is shown, because fewer than ten pupils have grades at both terms."
        ),
        head=[gettext("Terms"), gettext("Pupils")],
        rows=[[Printed(title), hidden]],
        notes=hidden_notes([[hidden]]),
    )


def _change(key: str, of: Comparison, terms: Term) -> Picture:
    show = printer().figure
    up, same, down, both = (show(of.change[name]) for name in (UP, SAME, DOWN, "all"))
    rows = [
        [Printed(gettext("Higher share passed")), up],
        [Printed(gettext("Same share")), same],
        [Printed(gettext("Lower share")), down],
        [Printed(gettext("Pupils with grades at both terms")), both],
        [Printed(gettext("Pupils with grades at the first term")), show(of.first)],
        [Printed(gettext("Without a return at the second term")), show(of.gone)],
        [Printed(gettext("With a return but without grades at the second term")),
         show(of.ungraded)],
    ]  # fmt: skip
    return Picture(
        name=f"{key}change",
        title=gettext("Pupils whose share of passed subjects changed"),
        sentence=_change_sentence(up, same, down, both),
        head=["", gettext("Pupils")],
        rows=rows,
        remarks=[*_interval(of), *_season(terms)],
        notes=hidden_notes(rows),
        drawing=Diverging(
            [Bar(gettext("Number of pupils"),
                 [Segment(down, WORSE), Segment(same, ALIKE), Segment(up, BETTER)],
                 f"n = {both.text}")],
            [(WORSE, gettext("Lower share")), (ALIKE, gettext("Same share")),
             (BETTER, gettext("Higher share passed"))],
        ),
        n=both,
    )  # fmt: skip


def _change_sentence(up: Printed, same: Printed, down: Printed, both: Printed) -> str:
    if any(each.is_hidden for each in (up, same, down)):
        return gettext(
            "%(all)s pupils are compared. How many of them changed is not shown in full, because "
            "some of the groups are small.",
            all=both.text,
        )
    return gettext(
        "Of %(all)s pupils, %(up)s had a higher share of passed subjects, %(same)s the same and "
        "%(down)s a lower one.",
        all=both.text,
        up=up.text,
        same=same.text,
        down=down.text,
    )


def _interval(of: Comparison) -> list[str]:
    if not isinstance(of.interval, tuple):
        return []
    low, high = (printer().figure(end).text for end in of.interval)
    return [
        gettext(
            "With so many pupils, the share that went up is uncertain: between %(low)s and "
            "%(high)s per cent (95 per cent interval, Wilson).",
            low=low,
            high=high,
        )
    ]


def _season(terms: Term) -> list[str]:
    if terms[0][:2] == terms[1][:2]:
        return []
    return [
        gettext(
            "An autumn and a spring are compared here. Spring grades tend to be higher than autumn "
            "grades anyway."
        )
    ]


def _means(key: str, of: Comparison, terms: tuple[str, str]) -> Picture:
    show = printer().figure
    rows = [_paired_row(gettext("The same pupils at both terms"), of.paired)]
    rows += [_paired_row(gender_word(each.name), each) for each in of.genders]
    drawn = list(rows)
    rows.append(
        [
            Printed(gettext("Everybody with grades at the term")),
            Printed("–"),
            show(of.all_then),
            show(of.all_now),
            Printed("–"),
        ]
    )
    return Picture(
        name=f"{key}means",
        title=gettext("Mean share of passed subjects"),
        sentence=_mean_sentence(of.paired, terms),
        head=_paired_head(terms),
        rows=rows,
        remarks=[
            gettext(
                "More pupils can improve while the mean falls, when few fall far. So both are "
                "shown."
            ),
            _on_genders(of),
        ],
        notes=hidden_notes(rows),
        drawing=_dots(drawn, terms),
    )  # fmt: skip


def _on_genders(of: Comparison) -> str:
    if of.genders:
        return gender_note()
    return gettext(
        "Girls and boys are not shown apart, because one of the groups is smaller than ten, or has "
        "changed too little since it was shown."
    )


def _thirds(key: str, of: Comparison, terms: tuple[str, str]) -> Picture:
    names = {
        "low": gettext("The lowest third at the first term"),
        "middle": gettext("The middle third"),
        "high": gettext("The highest third"),
    }
    rows = [_paired_row(names[each.name], each) for each in of.thirds]
    return Picture(
        name=f"{key}thirds",
        title=gettext("Mean share by where pupils began"),
        sentence=" ".join(
            gettext("%(who)s: from %(before)s to %(now)s per cent.", who=row[0].text,
                    before=said(row[2]), now=said(row[3]))
            for row in rows
        ),
        head=_paired_head(terms),
        rows=rows,
        remarks=[
            gettext(
                "Regression to the mean: who was lowest at the first measurement tends to be "
                "higher at the next, and the highest lower, even if nothing has changed. With a "
                "correlation of 0.61 between terms, about 8 points up for the lowest third and 8 "
                "down for the highest are to be expected from that alone."
            )
        ],
        notes=hidden_notes(rows),
        drawing=_dots(rows, terms),
    )  # fmt: skip


def _paired_head(terms: tuple[str, str]) -> list[str]:
    return [
        gettext("Group"),
        gettext("Pupils"),
        *(f"{term}, %" for term in terms),
        gettext("Difference, points"),
    ]


def _paired_row(label: str, of: Paired) -> list[Printed]:
    show = printer().figure
    return [Printed(label), *map(show, (of.n, of.before, of.after, of.difference))]


def _dots(rows: Sequence[Sequence[Printed]], terms: tuple[str, str]) -> Dots:
    return Dots(
        [row[0].text for row in rows],
        [Series(term, [row[2 + at] for row in rows]) for at, term in enumerate(terms)],
        0,
        100,
    )


def _mean_sentence(of: Paired, terms: tuple[str, str]) -> str:
    show = printer().figure
    return gettext(
        "The same %(n)s pupils had passed %(before)s per cent of their subjects in %(then)s and "
        "%(after)s per cent in %(now)s.",
        n=show(of.n).text,
        before=said(show(of.before)),
        then=terms[0],
        after=said(show(of.after)),
        now=terms[1],
    )
