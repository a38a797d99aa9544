"""What coders fill in about schemes and codes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext
from flask_wtf import FlaskForm
from wtforms import IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, NumberRange

from survey_app.actions.coding.schemes import Node, Wording
from survey_app.languages import _l
from survey_app.store.coding import MOST_TEXT, TITLE_LENGTH, Code, Scheme, Valence
from survey_app.store.doubling import UnitKind

SHORT = Length(max=TITLE_LENGTH, message=_l("Use at most 80 characters."))
LONG = Length(max=MOST_TEXT, message=_l("Use at most 2000 characters."))
# As coding.css has them, 1-8.
COLOURS = (
    _l("Turquoise"), _l("Orange"), _l("Violet"), _l("Pink"),
    _l("Green"), _l("Blue"), _l("Ochre"), _l("Brown"),
)  # fmt: skip
INDENT = "\N{NO-BREAK SPACE}" * 4


def stripped(text: str | None) -> str:
    """Take the room off what was typed."""
    return text.strip() if text else ""


def valence_of(typed: str | None) -> Valence:
    """Read how something is spoken of; what is no valence says nothing."""
    return Valence(typed) if typed in set(Valence) else Valence.UNSAID


class SchemeForm(FlaskForm):
    """A new scheme."""

    title = StringField(
        _l("What the scheme is called"),
        [DataRequired(_l("Write what it is called.")), SHORT],
        filters=[stripped],
        description=_l("One scheme may serve several rounds, such as the guides of one study."),
    )


class ChoiceForm(FlaskForm):
    """Which scheme a round is coded by."""

    scheme = SelectField(_l("Coding scheme"), coerce=int)

    def __init__(self, schemes: Sequence[Scheme], chosen: int | None = None) -> None:
        super().__init__(data={"scheme": chosen} if chosen else None)
        self.scheme.choices = [(each.id, each.title) for each in schemes]


class CodeForm(FlaskForm):
    """One code."""

    label = StringField(
        _l("What coders read"),
        [DataRequired(_l("Write what coders read.")), SHORT],
        filters=[stripped],
    )
    name = StringField(
        _l("Name of its variable"),
        [DataRequired(_l("Write a name."))],
        filters=[stripped],
        description=_l("Small letters a–z, digits and _, such as rel_tillit."),
    )
    parent = SelectField(_l("Stands under"), coerce=int)
    colour = SelectField(_l("Colour"), coerce=int)
    definition = TextAreaField(_l("What it means"), [LONG], filters=[stripped])
    includes = TextAreaField(_l("Also give it when"), [LONG], filters=[stripped])
    excludes = TextAreaField(_l("Do not give it when"), [LONG], filters=[stripped])
    example = TextAreaField(
        _l("Example"),
        [LONG],
        filters=[stripped],
        description=_l(
            "Make one up. What somebody said must not stand here: it would stay when that person "
            "takes the consent back."
        ),
    )

    def __init__(self, nodes: Sequence[Node], code: Code | None = None, **data: Any) -> None:
        if code is not None:
            data = {"parent": code.parent_id or 0, "colour": code.colour or 0}
        super().__init__(obj=code, data=data)
        within = [node for node in nodes if code is None or node.code.id != code.id]
        self.parent.choices = [(0, gettext("Nothing: it is an area")), *choices(within)]
        named = list(enumerate(map(str, COLOURS), start=1))
        self.colour.choices = [(0, gettext("That of the area")), *named]

    @property
    def wording(self) -> Wording:
        """Give what was filled in."""
        texts = ("name", "label", "definition", "includes", "excludes", "example")
        own = {name: self[name].data or "" for name in texts}
        return Wording(**own, parent_id=self.parent.data or None, colour=self.colour.data or None)


class MergeForm(FlaskForm):
    """Into which code another one goes."""

    into = SelectField(_l("Merge it into"), coerce=int)

    def __init__(self, nodes: Sequence[Node], code: Code) -> None:
        super().__init__()
        self.into.choices = choices([node for node in nodes if node.code.id != code.id])


class DoubleForm(FlaskForm):
    """What a second coder shall code."""

    second = SelectField(_l("Second coder"))
    kind = SelectField(_l("What both code"))
    share = IntegerField(
        _l("Share of them, per cent"),
        [NumberRange(1, 100, _l("Choose a number from 1 to 100."))],
        default=20,
        description=_l("At least 20 is usual. They are drawn by chance."),
    )

    def __init__(self, accounts: Sequence[str]) -> None:
        super().__init__()
        self.second.choices = [(each, each) for each in accounts]
        self.kind.choices = [
            (UnitKind.PARAGRAPH.value, gettext("Paragraphs of the notes")),
            (UnitKind.PASSAGE.value, gettext("The passages that the first coder chose")),
        ]


def choices(nodes: Sequence[Node]) -> list[tuple[int, str]]:
    """Give a tree of codes as a list to choose from."""
    return [(node.code.id, INDENT * node.depth + node.code.label) for node in nodes]
