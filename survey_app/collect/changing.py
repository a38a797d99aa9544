"""What the buttons of a page without a script do: add an instance, remove one, look again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from forms import addresses
from forms.instrument import Group, Instrument, Question
from forms.pages import FilledPages, fill
from survey_app.actions.calendar import today
from survey_app.collect.entry import Entry, names_of
from survey_app.collect.modes import ModePolicy
from survey_app.collect.visits import Visit

ADD, REMOVE, REFRESH = "_add", "_remove", "_refresh"
BUTTONS = frozenset({ADD, REMOVE, REFRESH})

_INSTANCE = re.compile(r"(?P<repeat>.+)\[(?P<number>[1-9][0-9]{0,3})\]")

Posted = MultiDict[str, str]


def is_change(posted: Iterable[str]) -> bool:
    """Tell whether one of these buttons was pressed, and not the one that sends."""
    return not BUTTONS.isdisjoint(posted)


def change(
    visit: Visit, policy: ModePolicy, posted: Posted, entry: Entry | None = None
) -> FilledPages:
    """Show the page again with everything typed, changed as asked; nothing is stored.

    Raises:
        ActionError: The mode does not take answers now.
    """
    policy.refuse_unless_open(visit)
    posted = after_buttons(visit.instrument, posted)
    others = BUTTONS | names_of(entry)
    filled = fill(
        visit.instrument, visit.language, posted, gettext=gettext, today=today(), others=others
    )
    return _without_complaints(filled)


def after_buttons(instrument: Instrument, posted: Posted) -> Posted:
    """Change what was posted as the button asks that was pressed, if one was."""
    for button, act in _CHANGES.items():
        if button in posted:
            posted = act(instrument, posted, posted[button])
    return posted


def typed_in(instrument: Instrument, posted: Posted) -> dict[str, str]:
    """Give what stands in the fields of questions, and in no others: address -> text."""
    return {
        name: " ".join(posted.getlist(name))
        for name in posted
        if addresses.pattern_of(name) in instrument.patterns
    }


def _without_complaints(filled: FilledPages) -> FilledPages:
    """Nothing was sent, so nothing is wrong yet."""
    filled.answers, filled.errors = None, []
    for field in filled.fields():
        field.errors = ()
    return filled


def add_instance(instrument: Instrument, posted: Posted, address: str) -> Posted:
    """Count one more instance of a repeat, and fill in its defaults; unknown ones are left."""
    repeat = _changeable(instrument, address)
    if repeat is None:
        return posted
    changed = posted.copy()
    counter = f"{address}[{addresses.COUNT}]"
    number = _count(posted, counter) + 1
    changed[counter] = str(number)
    prefix = f"{address}[{number}]/"
    for name, text in _beginning(repeat.items, prefix).items():
        changed.setdefault(name, text)
    return changed


def remove_instance(instrument: Instrument, posted: Posted, address: str) -> Posted:
    """Drop one instance with its answers, and move the later ones up; unknown ones are left."""
    found = _INSTANCE.fullmatch(address)
    if not found or _changeable(instrument, found["repeat"]) is None:
        return posted
    repeat, gone = found["repeat"], int(found["number"])
    changed: Posted = MultiDict()
    for name, text in posted.items(multi=True):
        if (moved := _moved(name, repeat, gone)) is not None:
            changed.add(moved, text)
    counter = f"{repeat}[{addresses.COUNT}]"
    changed[counter] = str(max(_count(posted, counter) - 1, 0))
    return changed


def _moved(name: str, repeat: str, gone: int) -> str | None:
    """Give the address after the removal; None when it went with the instance."""
    place = re.match(re.escape(repeat) + r"\[([0-9]{1,4})\](?=/)", name)
    if not place or int(place[1]) < gone:
        return name
    rest = name[place.end() :]
    return f"{repeat}[{int(place[1]) - 1}]{rest}" if int(place[1]) > gone else None


def _changeable(instrument: Instrument, address: str) -> Group | None:
    """Find the repeat at an address, when respondents may decide how often it is answered."""
    pattern = addresses.pattern_of(f"{address}[{addresses.COUNT}]")
    group = instrument.groups.get(addresses.question_of(address))
    is_known = group is not None and group.is_repeat and pattern in instrument.patterns
    return group if is_known and group and group.repeat_count is None else None


def _count(posted: Mapping[str, str], counter: str) -> int:
    text = posted.get(counter, "")
    return int(text[:6]) if text.isdecimal() else 0


def _beginning(items: Iterable[Question | Group], prefix: str) -> dict[str, str]:
    """Give what a new instance begins with: the author's defaults, one of each repeat inside."""
    begun: dict[str, str] = {}
    for item in items:
        if isinstance(item, Question):
            begun |= {prefix + item.name: item.default} if item.default else {}
        elif not item.is_repeat:
            begun |= _beginning(item.items, prefix)
        elif item.repeat_count is None:
            begun[addresses.counter(prefix, item.name)] = "1"
            begun |= _beginning(item.items, addresses.instance(prefix, item.name, 1) + "/")
    return begun


_CHANGES: Mapping[str, Callable[[Instrument, Posted, str], Posted]] = {
    ADD: add_instance,
    REMOVE: remove_instance,
}
