"""The results of an enkät, dimension by dimension."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext

from exports.charts.drawings import Bar, Diverging, Dots, Segment, Series
from exports.charts.pictures import Picture
from exports.indices import item_scores
from exports.results.enkat import DimensionResult, EnkatResult, ItemResult
from exports.results.printing import Printed
from exports.results.scales import Step, all_steps
from exports.summaries import DimensionSummary
from survey_app.actions.results import enkats
from survey_app.results.choices_picture import choices_picture, notes_of
from survey_app.results.gender_indices import indices_by_gender
from survey_app.results.reports import Report, Section
from survey_app.results.words import authors, printer, said
from survey_app.store.models import Round

# From which score on a class has each tone: below 2.5 the worst, 5 alone the middle.
WORST, MIDDLE, BEST = 2.5, 5.0, 7.5


def report_of(name: str) -> Report:
    """Report a closed round."""
    of = enkats.find(name)
    return round_report(of, enkats.result_of(of))


def round_report(of: Round, result: EnkatResult) -> Report:
    """Put a round's results in words and pictures."""
    title = authors(of.title) or of.name
    if result.is_hidden:
        return Report(title=title, lead="", nothing=too_few())
    n = printer().figure(result.n).text
    dimensions = [each for each in result.dimensions if each.summary]
    choices = [choices_picture(number, each) for number, each in enumerate(result.choices, 1)]
    return Report(
        title=title,
        lead=gettext("%(n)s answers. The round is closed.", n=n),
        cautions=[per_pupil_note()],
        sections=[
            *(
                [Section("", [_overview(dimensions, result), *_genders(result)])]
                if dimensions
                else []
            ),
            Section(
                gettext("Question by question"),
                [_picture(number, each) for number, each in enumerate(result.dimensions, 1)],
            ),
            *([Section(gettext("Several answers at once"), choices)] if choices else []),
        ],
    )


def too_few() -> str:
    """Say why nothing is shown of a round."""
    return gettext(
        "Fewer than ten have answered. Nothing is shown about so few, for whoever knows them could "
        "tell who answered what."
    )


def per_pupil_note() -> str:
    """Say what an index is."""
    return gettext(
        "An index goes from 0 to 10, and 10 is best. It is the mean of the answers to the area's "
        "questions. Who has not taken a stand on at least half of them is not counted in."
    )


def dimension_name(of: DimensionSummary) -> str:
    """Name a dimension in the reader's language."""
    index = of.variable.index
    return authors(index.label) if index else of.variable.name


def _overview(dimensions: Sequence[DimensionResult], result: EnkatResult) -> Picture:
    show = printer().figure
    known = [each.summary for each in dimensions if each.summary]
    rows = [
        [
            Printed(dimension_name(each)),
            *map(show, (each.mean, each.answered, each.dont_know, each.refused, each.unanswered)),
        ]
        for each in known
    ]
    return Picture(
        name="overview",
        title=gettext("Index by area"),
        sentence=" ".join(f"{row[0].text}: {said(row[1])}." for row in rows),
        head=[
            gettext("Area"),
            gettext("Index, 0 to 10"),
            gettext("Answers (n)"),
            gettext("Don't know, %"),
            gettext("Would not answer, %"),
            gettext("Left empty, %"),
        ],
        rows=rows,
        notes=notes_of(rows),
        drawing=Dots(
            [row[0].text for row in rows],
            [Series(gettext("Index, 0 to 10"), [row[1] for row in rows])],
            0,
            10,
        ),
        n=show(result.n),
    )


def _genders(result: EnkatResult) -> list[Picture]:
    known = [each.summary for each in result.dimensions if each.summary]
    names = [dimension_name(each) for each in known]
    return [indices_by_gender(names, result.genders)] if result.asks_gender else []


def _picture(number: int, of: DimensionResult) -> Picture:
    title = dimension_name(of.summary) if of.summary else gettext("Other questions")
    bars = [_bar(item) for item in of.items]
    rows = [row for item in of.items for row in _rows(item)]
    return Picture(
        name=f"area-{number}",
        title=title,
        sentence=_sentence(of),
        head=[
            gettext("Question"),
            gettext("Answers (n)"),
            gettext("Chosen answer"),
            gettext("Share, %"),
        ],
        rows=rows,
        notes=[
            gettext(
                "Shares of the answers are of those who answered something else than don't know; "
                "“don't know”, “would not answer” and “left empty” are of all who were asked."
            ),
            *notes_of(rows),
        ],
        drawing=Diverging(bars, _legend(of.items)),
    )


def _rows(item: ItemResult) -> list[list[Printed]]:
    show, question = printer().figure, authors(item.question.label)
    parts = [(step_words(item, each.step), show(each.share)) for each in item.steps]
    parts += [
        (gettext("Don't know"), show(item.dont_know)),
        (gettext("Would not answer"), show(item.refused)),
        (gettext("Left empty"), show(item.unanswered)),
    ]
    return [[Printed(question), show(item.n), Printed(words), share] for words, share in parts]


def step_words(item: ItemResult, step: Step) -> str:
    """Name a class of answers by its choices; the steps of a ladder by their numbers."""
    words = [_label(item, code) for code in step.codes]
    if len(words) == 1:
        return words[0]
    if all(word[:1].isdigit() for word in words):
        low, *_, high = sorted(step.codes, key=int)
        return f"{low}–{high}"
    *others, last = words
    return gettext("%(one)s or %(other)s", one=", ".join(others), other=last)


def _label(item: ItemResult, code: str) -> str:
    labels = {each.name: each.label for each in item.variable.values}
    return authors(labels.get(code, {})) or code


def tone_of(item: ItemResult, step: Step) -> int:
    """Say how good an answer is, from -2 to 2; of answers put together only which side."""
    score = float(step.score)
    if score == MIDDLE or _is_mixed(item, step):
        return 0
    is_one = len(step.codes) == 1
    if score < MIDDLE:
        return -2 if is_one and score < WORST else -1
    return 2 if is_one and score > BEST else 1


def _is_mixed(item: ItemResult, step: Step) -> bool:
    if len(step.codes) == 1:
        return False
    of = item_scores(item.question)
    scores = [of[code] for code in step.codes]
    return min(scores) < MIDDLE < max(scores)


def _bar(item: ItemResult) -> Bar:
    show = printer().figure
    return Bar(
        authors(item.question.label),
        [Segment(show(each.share), tone_of(item, each.step)) for each in item.steps],
        f"n = {show(item.n).text}",
    )


def _legend(items: Sequence[ItemResult]) -> list[tuple[int, str]]:
    """Name the colours by the choices, where they mean the same in all bars."""
    words: dict[int, set[str]] = {}
    for item in items:
        for each in item.steps:
            if printer().figure(each.share).number is not None:
                words.setdefault(tone_of(item, each.step), set()).add(step_words(item, each.step))
    general = {
        -2: gettext("The most negative answers"),
        -1: gettext("Negative answers"),
        0: gettext("In between, or put together"),
        1: gettext("Positive answers"),
        2: gettext("The most positive answers"),
    }
    is_one_scale = all(len(each) == 1 for each in words.values())
    return [(tone, next(iter(words[tone])) if is_one_scale else general[tone])
            for tone in sorted(words)]  # fmt: skip


def _sentence(of: DimensionResult) -> str:
    parts = []
    if of.summary:
        index = printer().figure(of.summary.mean)
        if index.is_hidden:
            parts.append(gettext("The index is hidden, because few have answered."))
        else:
            parts.append(gettext("The index is %(index)s of 10.", index=index.text))
    shares = [
        gettext(
            "“%(question)s” %(share)s",
            question=authors(item.question.label),
            share=positive_words(item),
        )
        for item in of.items
    ]
    parts.append(gettext("Share of positive answers: %(shares)s.", shares="; ".join(shares)))
    return " ".join(parts)


def positive_words(item: ItemResult) -> str:
    """Say which share is positive, as far as what is shown tells it."""
    shares = [(each.step, printer().figure(each.share)) for each in item.steps]
    if any(share.number is None for _, share in shares):
        return gettext("hidden")
    if any(_is_mixed(item, step) and step not in all_steps(item.question) for step, _ in shares):
        return gettext("cannot be told, because answers of few have been put together")
    good = sum(share.number or 0 for step, share in shares if tone_of(item, step) > 0)
    if len(shares) > 1:
        return gettext("%(share)s per cent", share=int(good))
    if good:
        return gettext("at least %(share)s per cent", share=int(good))
    return gettext("at most %(share)s per cent", share=int(100 - (shares[0][1].number or 0)))
