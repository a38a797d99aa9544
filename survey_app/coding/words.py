"""Words of the coders' pages."""

from __future__ import annotations

from flask_babel import gettext, ngettext

from survey_app.coding.blueprint import bp
from survey_app.store.coding import SchemeVersion, Valence

FIELDS = ("label", "definition", "includes", "excludes", "example", "parent_id", "colour")


def valence_word(valence: str) -> str:
    """Name how a passage speaks of something."""
    words = {
        Valence.UNSAID: gettext("Not stated"),
        Valence.NEGATIVE: gettext("Negative"),
        Valence.NEUTRAL: gettext("Neutral"),
        Valence.POSITIVE: gettext("Positive"),
        Valence.MIXED: gettext("Mixed"),
    }
    return words[Valence(valence)]


def valence_sign(valence: str) -> str:
    """Give a sign beside a valence's name."""
    return {"-1": "−", "0": "0", "1": "+", "mixed": "±"}.get(valence, "")


def done_sentence(version: SchemeVersion) -> str:
    """Say what was done to a scheme."""
    told = version.details
    match version.action:
        case "begin":
            return gettext("The scheme was begun.")
        case "add":
            return gettext("“%(code)s” was added.", code=told["code"])
        case "change":
            changed = ", ".join(_field(name) for name in FIELDS if name in told["fields"])
            return gettext("“%(code)s” was changed: %(fields)s.", code=told["code"], fields=changed)
        case "rename":
            names = {"before": told["before"], "code": told["code"]}
            return _following(
                gettext("“%(before)s” was renamed “%(code)s”.", **names), told["segments"]
            )
        case "merge":
            names = {"code": told["code"], "into": told["into"]}
            return _following(
                gettext("“%(code)s” was merged into “%(into)s”.", **names), told["segments"]
            )
        case "split":
            return _split(version)
        case _:
            return gettext("“%(code)s” was removed.", code=told["code"])


def _split(version: SchemeVersion) -> str:
    told = version.details
    names = {"new": told["new"], "code": told["code"]}
    said = gettext("“%(new)s” was split from “%(code)s”.", **names)
    moved = ngettext("%(num)s passage moved.", "%(num)s passages moved.", told["moved"])
    both = ngettext("%(num)s has both.", "%(num)s have both.", told["both"])
    return f"{said} {moved} {both}"


def _following(said: str, count: int) -> str:
    followed = ngettext("%(num)s passage followed.", "%(num)s passages followed.", count)
    return f"{said} {followed}"


def _field(name: str) -> str:
    words = {
        "label": gettext("what coders read"),
        "definition": gettext("what it means"),
        "includes": gettext("when also to give it"),
        "excludes": gettext("when not to give it"),
        "example": gettext("the example"),
        "parent_id": gettext("what it stands under"),
        "colour": gettext("the colour"),
    }
    return words[name]


@bp.app_context_processor
def _for_templates() -> dict[str, object]:
    return {
        "valence_word": valence_word,
        "valence_sign": valence_sign,
        "done_sentence": done_sentence,
        "valences": list(Valence),
    }
