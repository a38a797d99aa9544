"""What is filled in about accounts."""

from __future__ import annotations

import json
from collections.abc import Sequence

from flask_babel import gettext
from flask_wtf import FlaskForm
from wtforms import EmailField, PasswordField, SelectMultipleField
from wtforms.validators import DataRequired, EqualTo, Length, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from survey_app.account.words import role_word
from survey_app.audience import Role
from survey_app.languages import _l
from survey_app.store.register import District, School, TeamMember

LONGEST = 1_000  # characters of a password; hashing takes time


class NewPassword(FlaskForm):
    """A password, twice."""

    password = PasswordField(
        _l("Password"),
        [DataRequired(_l("Write a password.")), Length(max=LONGEST)],
        description=_l(
            "At least twelve characters. Four words that have nothing to do with each other are "
            "good."
        ),
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        _l("The same password again"),
        [EqualTo("password", _l("The two passwords differ."))],
        render_kw={"autocomplete": "new-password"},
    )


class Ticks(SelectMultipleField):
    """Several choices as boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class Permissions(FlaskForm):
    """What an account may do; the choices are set by the page."""

    roles = Ticks(_l("Roles"), [DataRequired(_l("Choose at least one role."))])
    schools = Ticks(
        _l("Schools whose attendance and grades are reported"),
        description=_l("Only for a school’s officer."),
    )
    districts = Ticks(
        _l("Districts whose figures are seen"),
        description=_l("Only for a district’s steering group."),
    )

    def offer(self, schools: Sequence[School], districts: Sequence[District]) -> None:
        """Set what can be ticked."""
        self.roles.choices = [(role.value, role_word(role)) for role in Role]
        self.schools.choices = [(each.code, each.name) for each in schools]
        self.districts.choices = [(each.code, each.name) for each in districts]

    def ticks(self) -> tuple[Ticks, Ticks, Ticks]:
        """Give its three groups of boxes."""
        return self.roles, self.schools, self.districts

    def validate_schools(self, field: Ticks) -> None:
        """Refuse schools that nobody would report."""
        self._refuse_without(field, Role.SCHOOL_OFFICER)

    def validate_districts(self, field: Ticks) -> None:
        """Refuse districts that nobody would see."""
        self._refuse_without(field, Role.DISTRICT_READER)

    def _refuse_without(self, field: Ticks, role: Role) -> None:
        if field.data and role.value not in (self.roles.data or []):
            sentence = gettext(
                "Tick the role %(role)s, too, or none of these.", role=role_word(role)
            )
            raise ValidationError(sentence)


class Invite(Permissions):
    """Whom to invite, as what; the choices are set by the page."""

    email = EmailField(_l("E-mail address"), [DataRequired(_l("Write an e-mail address."))])
    posts = Ticks(_l("Vacant posts to take"), description=_l("Only for members of a team."))

    def offer_posts(self, posts: Sequence[TeamMember]) -> None:
        """Set which posts can be ticked."""
        self.posts.choices = [(_key(each), f"{each.team}: {each.post}") for each in posts]

    @property
    def chosen_posts(self) -> list[tuple[str, str]]:
        """Give team and name of the ticked posts."""
        return [tuple(json.loads(each)) for each in self.posts.data or []]


def _key(post: TeamMember) -> str:
    return json.dumps([post.team, post.post], ensure_ascii=False)
