"""Read the answers of a filled-in form into flat addresses, refusing whatever was not asked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from xml.etree.ElementTree import Element

from forms import addresses
from forms.instrument import Group, Instrument, Question, QuestionType
from forms.marking import N_
from forms.model import MOST_INSTANCES, MOST_PLACES
from forms.types import BadValue, read_value
from forms.xform.envelope import NOT_ITS_SHAPE, UNKNOWN_ELEMENT, BadInstance, Envelope, is_meta

TEMPLATE = "{http://openrosa.org/javarosa}template"
# JavaRosa writes "14:30:00.000+01:00": the clock on the wall is what the questionnaire asks.
_CLOCK = re.compile(r"(\d{2}:\d{2}(?::\d{2})?)(?:\.\d+)?(?:Z|[+-]\d{2}(?::?\d{2})?)?$")
_POSITION_DIGITS = Decimal("0.000000001")
_DAYS = (QuestionType.TODAY, QuestionType.END, QuestionType.START)

TOO_MANY = N_('"%(name)s" is answered more often than the limit, %(limit)s times.')


@dataclass(frozen=True, slots=True)
class Filled:
    """The answers of one instance.

    Attributes:
        values: Address -> instance text, and `child[#]` -> number of instances.
        problems: What is not of its question's type, by address.
        day: When it was filled in, if the form asked the device for that: what `today()` meant.
    """

    values: Mapping[str, str]
    problems: Mapping[str, BadValue]
    day: date | None


def read_instance(envelope: Envelope, instrument: Instrument) -> Filled:
    """Read a filled-in form of an instrument.

    What the device computed is left out: `forms.answers` computes it again.

    Raises:
        BadInstance: It has an element that the instrument does not ask for, or in another place,
            or more instances of a repeat than are kept.
    """
    reader = _Reader()
    answers = [child for child in envelope.root if not is_meta(child)]
    reader.read_group(envelope.root, answers, instrument.root, "")
    return Filled(reader.values, reader.problems, _day(reader.values, instrument))


@dataclass(slots=True)
class _Reader:
    values: dict[str, str] = field(default_factory=dict)
    problems: dict[str, BadValue] = field(default_factory=dict)
    places: int = 0

    def read_group(
        self, element: Element, children: list[Element], group: Group, prefix: str
    ) -> None:
        _refuse_text(element, children)
        items = {item.own_name: item for item in group.items}
        counted: dict[str, int] = {}
        for child in children:
            item = items.get(child.tag) or _counter(child, items)
            if item is None:
                raise BadInstance(UNKNOWN_ELEMENT, name=_shown(child))
            if TEMPLATE not in child.attrib:
                counted[child.tag] = counted.get(child.tag, 0) + 1
                self._read(child, item, prefix, counted[child.tag])
        for item in group.items:
            if isinstance(item, Group) and item.is_repeat:
                count = str(counted.get(item.name, 0))
                self.values[addresses.counter(prefix, item.name)] = count

    def _read(self, element: Element, item: Question | Group, prefix: str, number: int) -> None:
        self.places += 1
        is_repeat = isinstance(item, Group) and item.is_repeat and element.tag == item.own_name
        limit = MOST_INSTANCES if is_repeat else 1
        if number > limit or self.places > MOST_PLACES:
            raise BadInstance(TOO_MANY, name=_shown(element), limit=limit)
        if isinstance(item, Group) and element.tag == item.own_name:
            if item.is_repeat:
                prefix = f"{addresses.instance(prefix, item.name, number)}/"
            self.read_group(element, list(element), item, prefix)
        elif len(element):
            raise BadInstance(NOT_ITS_SHAPE, name=_shown(element))
        elif isinstance(item, Question) and (item.type.is_input or item.type.is_clock):
            self._keep(item, prefix + item.name, element.text or "")

    def _keep(self, question: Question, address: str, text: str) -> None:
        try:
            value = read_value(question, _plain(question.type, text.strip()))
        except BadValue as error:
            self.problems[address] = error
        else:
            if value:
                self.values[address] = value


def _counter(element: Element, items: Mapping[str, Question | Group]) -> Group | None:
    """Recognise the node in which the standard compiler keeps a repeat's computed count."""
    repeat = items.get(element.tag.removesuffix("_count"))
    is_counted = isinstance(repeat, Group) and repeat.is_repeat and repeat.repeat_count is not None
    return repeat if is_counted and isinstance(repeat, Group) else None


def _refuse_text(element: Element, children: list[Element]) -> None:
    texts = (element.text, *(child.tail for child in children))
    if any(text and text.strip() for text in texts):
        raise BadInstance(NOT_ITS_SHAPE, name=_shown(element))


def _shown(element: Element) -> str:
    """Name an element in a message: without its namespace, and not longer than a name is."""
    return element.tag.rsplit("}", 1)[-1][:64]


def _plain(kind: QuestionType, text: str) -> str:
    """Turn the ways in which devices write numbers and times into the one that we keep."""
    if kind in (QuestionType.TIME, QuestionType.DATETIME, QuestionType.START, QuestionType.END):
        return _CLOCK.sub(r"\1", text)
    if kind in (QuestionType.DECIMAL, QuestionType.RANGE):
        return _without_exponent(text)
    if kind is QuestionType.GEOPOINT:
        return " ".join(_rounded(part) for part in text.split())
    return text


def _without_exponent(text: str) -> str:
    try:
        number = Decimal(text)
        is_long = not number.is_finite() or abs(number.adjusted()) > 30
        return text if is_long else format(number, "f")
    except InvalidOperation:
        return text


def _rounded(text: str) -> str:
    """Round a coordinate to nine decimals, a tenth of a millimetre."""
    try:
        return format(Decimal(text).quantize(_POSITION_DIGITS).normalize() + 0, "f")
    except InvalidOperation:
        return text


def _day(values: Mapping[str, str], instrument: Instrument) -> date | None:
    by_type = {
        question.type: values[name]
        for name, question in instrument.questions.items()
        if question.type in _DAYS and name in values
    }
    found = next((by_type[kind] for kind in _DAYS if kind in by_type), "")
    return date.fromisoformat(found[:10]) if found else None
