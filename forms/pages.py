"""One WTForms class per page of an instrument, and the whole questionnaire filled in."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache, partial
from typing import Any, Protocol

from wtforms.form import BaseForm

from forms import addresses, markup
from forms.answers import NOTHING_GIVEN, Answers, Outcome, answer
from forms.fields import Gettext, QuestionField, Reading, instance_id_of
from forms.instrument import Group, Instrument, Page
from forms.layout import Block, Counts, lay_out
from forms.marking import N_
from forms.model import MOST_INSTANCES, Model, Place, posted_counts
from forms.saying import said

# Posted beside the questions: the client's own id of this set of answers.
RESPONSE_ID = "response_id"
# The code from a card, where the round asks for one; a question of that name is refused.
ENTRY_CODE = "entry_code"
# Of all repeats together: a page is written for people, however many instances are posted.
MOST_SHOWN = 1_000

MORE_TO_ANSWER = N_("There are more questions here now. Answer them, and send again.")


class Posted(Protocol):
    """What was posted: Werkzeug's MultiDict, or anything that reads like it."""

    def __iter__(self) -> Iterator[str]: ...
    def __len__(self) -> int: ...
    def __contains__(self, name: Any, /) -> bool: ...
    def getlist(self, name: str, /) -> list[Any]: ...  # noqa: D102 - as Werkzeug has it


class PageForm(BaseForm):
    """The form of one page; subclasses carry their page, its blocks and its fields."""

    page: Page
    reading: Reading
    blocks: Sequence[Block]
    fields_of_page: Mapping[str, Any]

    def __init__(self) -> None:
        """Make an empty form."""
        super().__init__(self.fields_of_page)

    def questions(self) -> Iterator[QuestionField]:
        """Visit the fields of the page in order, those of patterns left out."""
        for bound in self:
            if isinstance(bound, QuestionField) and f"[{addresses.NEW}]" not in bound.name:
                yield bound

    @property
    def headings(self) -> list[tuple[str, str | None]]:
        """Give the labels of the groups around the page, outermost first, with language."""
        return [self.reading.text(heading) for heading in self.page.headings if heading]

    def heading_of(self, group: Group) -> tuple[str, str | None]:
        """Give the label of a group inside the page, with its language."""
        return self.reading.text(group.label)


def _page_class(page: Page, reading: Reading, counts: Counts) -> type[PageForm]:
    blocks = lay_out(page.items, counts)
    asked = [each for block in blocks for each in block.questions()]
    return type(
        f"Page{page.number}",
        (PageForm,),
        {
            "page": page,
            "reading": reading,
            "blocks": blocks,
            "fields_of_page": {each.address: QuestionField(each, reading) for each in asked},
        },
    )


@lru_cache(maxsize=1024)
def _steady_class(page: Page, reading: Reading) -> type[PageForm]:
    """Make the class of a page without repeats, once."""
    return _page_class(page, reading, lambda _prefix, _repeat: 0)


@dataclass(slots=True)
class FilledPages:
    """A questionnaire with what was posted into it.

    Attributes:
        answers: What to store; None when nothing was posted or something must be mended.
        unknown: Posted names that are no question of this instrument.
    """

    pages: tuple[PageForm, ...]
    answers: Answers | None = None
    unknown: tuple[str, ...] = ()
    errors: list[tuple[str, str, str]] = field(default_factory=list)

    def fields(self) -> Iterator[QuestionField]:
        """Visit the fields of all pages in order."""
        for page in self.pages:
            yield from page.questions()


def fill(
    instrument: Instrument,
    language: str,
    posted: Posted | None,
    *,
    gettext: Gettext,
    today: date,
    others: Collection[str] = (),
    given: Mapping[str, str] = NOTHING_GIVEN,
) -> FilledPages:
    """Make the pages for a reader, and read what was posted into them.

    Args:
        instrument: What is asked.
        language: The reader's, one of the instrument's.
        posted: None for an empty questionnaire.
        gettext: Translates the interface's sentences.
        today: The date that `today()` means in the author's expressions.
        others: Names that are posted beside the questions, besides `response_id`.
        given: What the server fills into hidden questions, by address.
    """
    reading = Reading(language, instrument.default_language, gettext)
    if posted is None:
        blank = answer(instrument, {}, today=today, is_blank=True, given=given)
        pages = FilledPages(_forms(instrument, reading, _counts_in(blank.model), None))
        _show_computed(pages, blank)
        return pages
    counted = _posted_counts(instrument, posted)
    filled = FilledPages(_forms(instrument, reading, _counts_given(counted), posted))
    values = {bound.name: bound.data for bound in filled.fields() if bound.data}
    outcome = answer(instrument, values | counted, today=today, given=given)
    unseen = list(_unseen_repeats(posted, counted, outcome.model))
    if unseen or _misses_instances(filled, outcome):
        filled.pages = _forms(instrument, reading, _counts_in(outcome.model), posted)
    filled.unknown = _unknown(instrument, posted, others)
    _show_computed(filled, outcome)
    _fill_gaps(filled, outcome, reading)
    _complain(filled, outcome)
    filled.errors += [_more_to_answer(place, reading) for place in unseen]
    if not filled.errors and not filled.unknown:
        filled.answers = outcome.answers
    return filled


def _forms(
    instrument: Instrument, reading: Reading, counts: Counts, posted: Posted | None
) -> tuple[PageForm, ...]:
    forms = []
    for page in instrument.pages:
        has_repeats = any(isinstance(item, Group) for item in page.items)
        kind = _page_class(page, reading, counts) if has_repeats else _steady_class(page, reading)
        form = kind()
        form.process(formdata=posted)
        forms.append(form)
    return tuple(forms)


def _posted_counts(instrument: Instrument, posted: Posted) -> dict[str, str]:
    """Tell how many instances were posted, also by clients that only name their answers."""
    known = [name for name in posted if addresses.pattern_of(name) in instrument.patterns]
    counts = posted_counts({name: "".join(posted.getlist(name)[:1]) for name in known})
    return {counter: str(count) for counter, count in counts.items()}


def _counts_given(counts: Mapping[str, str]) -> Counts:
    left = MOST_SHOWN

    def count(prefix: str, repeat: Group) -> int:
        nonlocal left
        number = int(counts.get(addresses.counter(prefix, repeat.name), "0"))
        granted = min(number, MOST_INSTANCES, left)
        left -= granted
        return granted

    return count


def _counts_in(model: Model) -> Counts:
    def count(prefix: str, repeat: Group) -> int:
        return sum(place.above_prefix == prefix for place in model.places.get(repeat.name, ()))

    return count


def _unseen_repeats(posted: Posted, counted: Mapping[str, str], model: Model) -> Iterator[Place]:
    """Find the repeats that the author's count made longer than the page that was posted."""
    for name, group in model.instrument.groups.items():
        if group.repeat_count is None:
            continue
        last = {place.above_prefix: place for place in model.places.get(name, ())}
        for prefix, place in last.items():
            counter = addresses.counter(prefix, name)
            is_longer = addresses.steps(place.address)[-1][1] > int(counted.get(counter, "0"))
            if counter in posted and is_longer and place.is_relevant:
                yield place


def _more_to_answer(place: Place, reading: Reading) -> tuple[str, str, str]:
    label, _ = reading.text(place.item.label)
    text = markup.inline_html(label).striptags()
    return instance_id_of(place.address), text, reading.gettext(MORE_TO_ANSWER)


def _show_computed(filled: FilledPages, outcome: Outcome) -> None:
    """Let what only is shown say what it comes to."""
    for bound in filled.fields():
        place = outcome.model.by_address.get(bound.name)
        if place is not None and bound.question.type.is_input and bound.question.is_read_only:
            bound.text = bound.data = place.node.value


def _fill_gaps(filled: FilledPages, outcome: Outcome, reading: Reading) -> None:
    """Let labels and hints say what was answered, for who reads them without a script."""
    for bound in filled.fields():
        if place := outcome.model.by_address.get(bound.name):
            bound.answer_to = partial(said, place, outcome.model, reading)


def _misses_instances(filled: FilledPages, outcome: Outcome) -> bool:
    """Tell whether the author's count asks for instances that the posted page did not show."""
    shown = {bound.name for bound in filled.fields()}
    return any("[" in address and address not in shown for address in outcome.problems)


def _unknown(instrument: Instrument, posted: Posted, others: Collection[str]) -> tuple[str, ...]:
    known = instrument.patterns | {RESPONSE_ID, *others}
    return tuple(name for name in posted if addresses.pattern_of(name) not in known)


def _complain(filled: FilledPages, outcome: Outcome) -> None:
    for bound in filled.fields():
        place = outcome.model.by_address.get(bound.name)
        if place is None:
            continue
        bound.offered = outcome.model.offered(place) if bound.question.choice_filter else None
        if bound.name in outcome.answers.asked and (sentence := _complaint(bound, outcome)):
            bound.errors = [sentence]
            filled.errors.append((bound.id, bound.label_text, sentence))


def _complaint(bound: QuestionField, outcome: Outcome) -> str:
    reading = bound.reading
    if bound.bad_value is not None:
        return reading.gettext(bound.bad_value.sentence) % bound.bad_value.params
    problem = outcome.problems.get(bound.name)
    if problem is None:
        return ""
    own, _ = reading.text(problem.message)
    return own or reading.gettext(problem.sentence)
