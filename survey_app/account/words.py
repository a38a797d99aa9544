"""Words for the pages of accounts."""

from __future__ import annotations

from flask_babel import gettext

from survey_app.account.views import bp
from survey_app.audience import Role


def role_word(role: str) -> str:
    """Name a role."""
    words = {
        Role.INTERVIEWER: gettext("Interviewer"),
        Role.CODER: gettext("Coder"),
        Role.TEAM_MEMBER: gettext("Member of a team"),
        Role.SCHOOL_OFFICER: gettext("School’s officer"),
        Role.DISTRICT_READER: gettext("District’s steering group"),
        Role.COORDINATOR: gettext("Coordinator"),
        Role.RESEARCHER: gettext("Researcher"),
        Role.DATA_PROTECTION_OFFICER: gettext("Data protection officer"),
        Role.ADMINISTRATOR: gettext("Administrator"),
    }
    return words[Role(role)]


@bp.app_context_processor
def _words() -> dict[str, object]:
    return {"account_role_word": role_word}
