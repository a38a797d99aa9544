"""The half-yearly report (delrapport): the pages of results of a term, numbered and traceable."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from flask_babel import format_date, gettext

from exports.charts.pictures import Picture
from exports.delrapport.model import Chapter, Delrapport, Exhibit, Part
from exports.disclosure.rules import RULE_VERSION
from exports.results.printing import Printed
from survey_app.actions import half_years
from survey_app.actions.calendar import today
from survey_app.actions.instruments import newest_version
from survey_app.actions.results import enkats, returned
from survey_app.languages import STAFF_LANGUAGES, spoken
from survey_app.results import (
    enkat_report,
    grades_report,
    interviews_report,
    months_reports,
    waves_report,
)
from survey_app.results.definitions import ENKAT, INTERVIEWS, WAVES, Definition, definition_of
from survey_app.results.reports import Report, Section
from survey_app.results.words import authors, term_word
from survey_app.store.models import Round

COUNTRIES = {"sv": "sv-SE"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A page of results that the report takes over.

    Attributes:
        about, subject: Its address below the results.
        based_on: The rounds and the questionnaire behind it.
    """

    about: str
    subject: str
    title: str
    report: Report
    based_on: str


@dataclass(slots=True)
class _Numbering:
    """Numbers tables and drawings through the whole report, and keeps where each is from."""

    figures: int = 0
    traced: list[tuple[str, Definition, Source]] = field(default_factory=list)
    summary: list[str] = field(default_factory=list)

    def chapter(self, of: Source, sections: Sequence[Section], title: str) -> Chapter:
        """Make a chapter of some of a page's sections."""
        report = of.report
        return Chapter(
            title=title,
            paragraphs=[text for text in (report.lead, report.nothing) if text],
            cautions=report.cautions,
            parts=[
                Part(title=each.title, exhibits=[self._exhibit(of, one) for one in each.pictures])
                for each in sections
            ],
        )

    def _exhibit(self, of: Source, picture: Picture) -> Exhibit:
        definition = definition_of(of.about, picture)
        table = gettext("Table %(number)s", number=len(self.traced) + 1)
        self.traced.append((table, definition, of))
        if definition.is_summed_up:
            self.summary.append(f"{of.title}. {picture.sentence}")
        return Exhibit(
            picture=picture,
            table=_caption(table, picture, definition),
            figure=self._figure(picture, definition) if picture.drawing else "",
        )

    def _figure(self, picture: Picture, definition: Definition) -> str:
        self.figures += 1
        label = gettext("Figure %(number)s", number=self.figures)
        return _caption(label, picture, definition)


def report_of(term: str) -> Delrapport:
    """Report a half-year.

    Raises:
        HalfYearUnknown: It is none.
    """
    half_years.find(term)
    numbers, sources = _Numbering(), _told([*_sources(term)])
    chapters = [numbers.chapter(each, _first(each), each.title) for each in sources]
    chapters += _nothing_asked(sources)
    chapters += [
        numbers.chapter(
            each,
            _rest(each),
            gettext("Appendix: %(title)s, question by question", title=each.title),
        )
        for each in sources
        if _rest(each)
    ]
    chapters.append(_traced(numbers.traced))
    language = spoken()
    return Delrapport(
        language=COUNTRIES.get(language, STAFF_LANGUAGES.get(language, language).replace("_", "-")),
        title=gettext("Half-yearly report, %(term)s", term=term_word(term)),
        facts=_facts(),
        summary_title=gettext("Summary"),
        summary=numbers.summary,
        chapters=chapters,
    )


def _told(sources: Sequence[Source]) -> Sequence[Source]:
    """Leave out who has nothing to tell of something that another questionnaire tells of."""
    told = {each.about for each in sources if each.report.sections}
    left = [each for each in sources if each.report.sections or each.about not in told]
    titles = Counter(each.title for each in left)
    return [_told_apart(each) if titles[each.title] > 1 else each for each in left]


def _told_apart(of: Source) -> Source:
    """Name what a page is from, where another has the same title."""
    if of.about not in returned.ASKED:
        return replace(of, title=f"{of.title} ({of.subject})")
    name = authors(newest_version(of.subject).title) or of.subject
    if name == of.title:
        return of
    return replace(of, title=f"{of.title} ({name})")


def _sources(term: str) -> Iterator[Source]:
    yield from _enkats(term)
    yield from _returned(term)
    for each in half_years.interviews_of(term):
        report = interviews_report.report_of(each.name)
        yield Source(about=INTERVIEWS, subject=each.name, title=report.title, report=report,
                     based_on=_round_words(each))  # fmt: skip


def _enkats(term: str) -> Iterator[Source]:
    rounds = half_years.enkats_of(term)
    for each in rounds:
        report = enkat_report.report_of(each.name)
        yield Source(about=ENKAT, subject=each.name, title=report.title, report=report,
                     based_on=_round_words(each))  # fmt: skip
    newest = {each.version.name: each for each in rounds}
    for name, last in newest.items():
        until = [wave for wave in enkats.waves_of(name) if wave[0].id <= last.id]
        compared = waves_report.compared(authors(last.version.title) or name, until)
        if compared.sections:
            words = "; ".join(_round_words(each) for each, _ in until[-waves_report.MOST :])
            title = gettext("The rounds of “%(title)s” side by side", title=compared.title)
            yield Source(about=WAVES, subject=name, title=title, report=compared, based_on=words)


def _returned(term: str) -> Iterator[Source]:
    whole = half_years.find(term)
    for kind, name in returned.sources():
        if kind == returned.GRADES:
            report = grades_report.report_of(name, term)
        elif kind == returned.MILESTONES:
            report = months_reports.milestones(name, whole)
        else:
            report = months_reports.attendance(name, whole)
        words = gettext("Returns of “%(title)s” (%(name)s), %(first)s – %(last)s",
                        title=authors(newest_version(name).title) or name, name=name,
                        first=format_date(whole.first, "long"),
                        last=format_date(whole.last, "long"))  # fmt: skip
        yield Source(about=kind, subject=name, title=report.title, report=report, based_on=words)


def _round_words(of: Round) -> str:
    words = gettext(
        "Round “%(round)s” (%(name)s) of “%(title)s”, version %(version)s",
        round=authors(of.title) or of.name,
        name=of.name,
        title=authors(of.version.title) or of.version.name,
        version=of.version.label,
    )
    if half_years.is_told(of):
        return words
    undated = gettext("It has no dates, and is counted to the half-year in which this was written.")
    return f"{words}. {undated}"


def _first(of: Source) -> Sequence[Section]:
    """Give what stands in the chapter: of an enkät only what is about whole areas."""
    return [each for each in of.report.sections if of.about != ENKAT or not each.title]


def _rest(of: Source) -> Sequence[Section]:
    return [each for each in of.report.sections if of.about == ENKAT and each.title]


def _nothing_asked(sources: Sequence[Source]) -> list[Chapter]:
    """Say what the half-year has none of, so that nobody takes it for forgotten."""
    about = {each.about for each in sources}
    words = {
        ENKAT: gettext("No round of an enkät was closed in this half-year."),
        INTERVIEWS: gettext("No round of coded interviews ended in this half-year."),
    }
    missing = [sentence for kind, sentence in words.items() if kind not in about]
    return [Chapter(title=gettext("Not in this half-year"), paragraphs=missing)] if missing else []


def _facts() -> list[str]:
    return [
        gettext("Written from the data of %(day)s.", day=format_date(today(), "long")),
        gettext(
            "The report describes what has been answered and reported. There is no group to "
            "compare with, so it says how things went and not why."
        ),
        gettext(
            "Small groups are protected by the disclosure rules, version %(version)s. What is "
            "hidden in the results is hidden here too.",
            version=RULE_VERSION,
        ),
    ]


def _caption(label: str, picture: Picture, definition: Definition) -> str:
    n = f"n = {picture.n.text}" if picture.n else gettext("n stands in the table")
    return gettext("%(label)s. %(title)s. %(n)s. Definition %(definition)s.", label=label,
                   title=picture.title, n=n, definition=definition.name)  # fmt: skip


def _traced(traced: Sequence[tuple[str, Definition, Source]]) -> Chapter:
    """Say of each table how its numbers are made, and of what."""
    rows = [
        [Printed(table), Printed(definition.name), Printed(of.based_on),
         Printed(f"/results/{of.about}/{of.subject}/")]
        for table, definition, of in traced
    ]  # fmt: skip
    used = {definition.name: definition for _, definition, _ in traced}
    head = [gettext("Table"), gettext("Definition"), gettext("Based on"), gettext("Page")]
    tables = [
        Picture(name="sources", title=gettext("What each table is based on"), sentence="",
                head=head, rows=rows),
        Picture(name="definitions", title=gettext("Definitions"), sentence="",
                head=[gettext("Definition"), gettext("How it is counted")],
                rows=[[Printed(name), Printed(str(each.says))] for name, each in used.items()]),
    ]  # fmt: skip
    exhibits = [
        Exhibit(
            picture=each,
            table=gettext("Table %(number)s", number=number) + f". {each.title}.",
        )
        for number, each in enumerate(tables, start=len(traced) + 1)
    ]
    return Chapter(
        title=gettext("Appendix: how the figures are made"),
        paragraphs=[
            gettext(
                "A definition's number after the point is its version. All numbers are those of "
                "the pages under Results on the same day, which have passed the disclosure rules, "
                "version %(version)s. Figures from other days or other definitions are not to be "
                "subtracted from these.",
                version=RULE_VERSION,
            )
        ],
        parts=[Part(exhibits=exhibits if rows else [])],
    )
