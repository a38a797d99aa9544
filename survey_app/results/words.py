"""Words and numbers that all pages of results share."""

from __future__ import annotations

from collections.abc import Sequence

from babel.dates import format_date
from flask_babel import get_locale, gettext

from exports.disclosure.shares import Bound
from exports.results.printing import Printed, Printer
from forms.languages import Texts, text_in
from survey_app.actions.register.periods import Period, PeriodUnknown, kind_of, period_of
from survey_app.languages import DEFAULT, spoken


def printer() -> Printer:
    """Print numbers as the reader's language does."""
    return Printer(str(get_locale() or DEFAULT))


def authors(texts: Texts) -> str:
    """Choose the author's text in the reader's language."""
    return text_in(texts, spoken(), DEFAULT)[0]


def period_word(key: str) -> str:
    """Name a month or a term shortly."""
    try:
        kind, first = kind_of(key), period_of(key).first
    except PeriodUnknown:
        return key
    if kind == "month":
        return format_date(first, "MMM yy", locale=get_locale()).replace(".", "")
    if kind == "term":
        return term_word(key)
    return key


def is_within(key: str, whole: Period) -> bool:
    """Tell whether a month, or whatever period, begins in a term."""
    try:
        return whole.first <= period_of(key).first <= whole.last
    except PeriodUnknown:
        return False


def term_word(key: str) -> str:
    """Name a term."""
    season, _, year = key.partition("-")
    if season == "ht":
        return gettext("autumn %(year)s", year=year)
    return gettext("spring %(year)s", year=year)


def said(printed: Printed) -> str:
    """Say a figure in a sentence, also where it is hidden."""
    return gettext("hidden") if printed.is_hidden else printed.text


def from_to(rows: Sequence[Sequence[Printed]], at: int, what: str) -> str:
    """Say where a value was first and where it is now, of those that are shown."""
    known = [row for row in rows if row[at].number is not None]
    if not known:
        return gettext("%(what)s: hidden, because the groups are small.", what=what)
    first, last = known[0], known[-1]
    if first is last:
        return gettext("%(what)s: %(value)s in %(month)s.", what=what, value=last[at].text,
                       month=last[0].text)  # fmt: skip
    return gettext(
        "%(what)s: %(first)s in %(before)s, %(last)s in %(now)s.",
        what=what,
        first=first[at].text,
        before=first[0].text,
        last=last[at].text,
        now=last[0].text,
    )


def hidden_notes(rows: Sequence[Sequence[Printed]]) -> list[str]:
    """Explain the sign for hidden numbers, where a table has it."""
    if not any(cell.is_hidden for row in rows for cell in row):
        return []
    return [
        gettext(
            "Two dots (..) mean that a number is hidden, because the group is small or because the "
            "number would tell of a small one."
        )
    ]


def shown_anew_note() -> str:
    """Say why figures of registered pupils may be a little old (R7)."""
    return gettext(
        "What has been shown is shown anew only when at least five pupils differ, a mean when ten "
        "do: the difference would tell of single pupils. Until then it stands as it was."
    )


def in_per_cent(printed: Printed) -> str:
    """Say a share in a sentence."""
    if printed.is_hidden:
        return gettext("hidden")
    if printed.text.startswith(Bound.AT_MOST.value):
        return gettext("at most %(share)s per cent", share=printed.text[1:])
    if printed.text.startswith(Bound.AT_LEAST.value):
        return gettext("at least %(share)s per cent", share=printed.text[1:])
    return gettext("%(n)s per cent", n=printed.text)
