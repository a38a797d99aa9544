"""The words of XLSForm: which have an effect here, and which are named as not supported.

Source: https://xlsform.org/en/ref-table/, https://docs.getodk.org/form-reference/, and the tables
of the standard compiler, which the tests walk so that a word of a new release is noticed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from forms.problems import Level
from forms.workbook import CHOICES, SETTINGS, SHEETS, SURVEY

# Sheets that XLSForm knows and that have no effect here.
UNSUPPORTED_SHEETS: Mapping[str, Level] = {
    "entities": Level.ERROR,
    "external_choices": Level.WARNING,
    "osm": Level.WARNING,
}
KNOWN_SHEETS = frozenset({*SHEETS, *UNSUPPORTED_SHEETS})

TRANSLATED = frozenset(
    {"label", "hint", "guidance_hint", "constraint_message", "required_message", "image"}
    | {"audio", "video", "big-image", "jr:noAppErrorString"}
)

SUPPORTED: Mapping[str, frozenset[str]] = {
    SURVEY: frozenset(
        {"type", "name", "label", "hint", "required", "required_message", "relevant"}
        | {"constraint", "constraint_message", "calculation", "default", "appearance", "image"}
        | {"choice_filter", "repeat_count", "parameters", "read_only", "disabled"}
        | {"sa_dimension", "sa_reverse", "sa_sensitive"}
    ),
    CHOICES: frozenset({"list_name", "name", "label", "image", "sa_missing"}),
    SETTINGS: frozenset(
        {"form_id", "id_string", "form_title", "title", "version", "default_language"}
        | {"set_form_id", "set_form_title", "sa_mode", "sa_unit", "sa_period", "sa_title"}
    ),
}

# Those whose absence would change what is asked or stored, or promise what is not kept, are
# errors, so that nobody trusts a form that behaves otherwise.
_HARMLESS, _HARMFUL = Level.WARNING, Level.ERROR
_SMS = frozenset(
    f"sms_{name}"
    for name in ("allow_media", "date_format", "datetime_format", "response", "separator")
)
UNSUPPORTED: Mapping[str, Mapping[str, Level]] = {
    SURVEY: dict.fromkeys(
        {"guidance_hint", "audio", "video", "big-image", "autoplay", "rows", "compact_tag", "note"}
        | {"notes", "comment", "comments", "jr:noAppErrorString", "sms_field", "sms_option"}
        | {"accuracythreshold", "instance", "bind", "body", "control"}
        | _SMS,
        _HARMLESS,
    )
    | dict.fromkeys(("trigger", "save_to", "query"), _HARMFUL),
    CHOICES: dict.fromkeys(("audio", "video", "big-image", "sms_option"), _HARMLESS),
    SETTINGS: dict.fromkeys(
        {"name", "style", "instance_name", "submission_url", "auto_send", "auto_delete", "prefix"}
        | {"delimiter", "namespaces", "attribute", "allow_choice_duplicates", "clean_text_values"}
        | {"omit_instanceid", "client_editable", "instance_xmlns", "sms_keyword"}
        | _SMS,
        _HARMLESS,
    )
    | dict.fromkeys(("public_key", "add_none_option"), _HARMFUL),
}

# Names under which the standard compiler keeps its own data: a column so named breaks it.
RESERVED: Mapping[str, frozenset[str]] = {
    SURVEY: frozenset(
        {"parent", "extra_data", "actions", "media", "choices", "itemset", "list_name", "children"}
        | {"instance", "bind", "body", "control", "columns", "flat"}
    ),
    CHOICES: frozenset({"parent", "extra_data", "media", "children"}),
    SETTINGS: frozenset(
        {"parent", "extra_data", "children", "choices", "type", "label", "hint", "media", "bind"}
        | {"control", "instance", "attribute", "entity_version", "file_name", "flat", "actions"}
        | {"setgeopoint_by_triggering_ref", "setvalues_by_triggering_ref", "namespaces"}
    ),
}
# Before `::` these mean "an attribute of the file", such as bind::odk:length.
ATTRIBUTES = frozenset({"bind", "body", "control", "instance", "attribute"})

# What the pages follow: see survey_app/respond/arranging.py.
APPEARANCES = frozenset(
    {"field-list", "table-list", "likert", "horizontal", "horizontal-compact", "multiline"}
    | {"minimal", "autocomplete", "label", "list-nolabel", "numbers"}
    | {"columns", "columns-pack", "columns-flex", *(f"columns-{n}" for n in range(1, 100))}
)
# Of these, what each kind of row follows; a question that is not here follows none.
_OF_SELECTS = APPEARANCES - {"field-list", "table-list", "multiline", "numbers"}
FOLLOWED: Mapping[str, frozenset[str]] = {
    "group": frozenset({"field-list", "table-list"}),
    "text": frozenset({"multiline", "numbers"}),
    "select_one": _OF_SELECTS,
    "select_multiple": _OF_SELECTS - {"minimal", "autocomplete"},
}
# Known, but the question looks and works as it does without them.
IDLE_APPEARANCES = frozenset(
    {"list", "search", "compact", "quick", "quickcompact", "no-buttons", "counter", "url"}
    | {"thousands-sep", "bearing", "vertical", "no-ticks", "rating", "picker", "distress"}
    | {"month-year", "year", "no-calendar", "new", "new-front", "new-rear", "selfie", "front"}
    | {"maps", "map", "placement-map", "hide-input", "streets", "terrain", "satellite", "pages"}
    | {"no-collapse", "hidden-answer", "summary", "randomize"}
)
_NUMBERED = re.compile(r"^(?:w|horizontal-|compact-|compact)\d{1,2}$")
# These would make another kind of answer than the one that is stored, or offer other choices.
REFUSED_APPEARANCES = frozenset(
    {"signature", "draw", "annotate", "image-map", "printer", "masked", "literacy", "textarea-rich"}
    | {"ethiopian", "islamic", "coptic", "nepali", "bikram-sambat", "myanmar", "thai", "persian"}
)
_REFUSED_CALL = re.compile(r"(?:search\s*\(|ex:|intent:|printer:|bikram-sambat|custom-)")

# Parameters by type: with an effect, and known without one.
PARAMETERS: Mapping[str, frozenset[str]] = {
    "range": frozenset({"start", "end", "step"}),
    "select": frozenset({"randomize", "seed"}),
    "select from file": frozenset({"randomize", "seed", "value", "label"}),
}
IDLE_PARAMETERS: Mapping[str, frozenset[str]] = {
    "range": frozenset({"placeholder", "tick_interval", "tick_labelset"}),
    "select": frozenset({"value", "label"}),
    "image": frozenset({"max-pixels", "app"}),
    "text": frozenset({"rows"}),
    "geopoint": frozenset(
        {"allow-mock-accuracy", "capture-accuracy", "warning-accuracy", "reference-geometry"}
        | {"incremental"}
    ),
}


def is_idle_appearance(word: str) -> bool:
    """Tell whether an appearance is known and has no effect."""
    return word in IDLE_APPEARANCES or bool(_NUMBERED.match(word))


def refused_appearance(written: str) -> str:
    """Give the appearance that cannot be left out without asking something else, or ""."""
    if call := _REFUSED_CALL.search(written.lower()):
        return written[call.start() :].split()[0][:60]
    words = [word for word in written.lower().split() if word in REFUSED_APPEARANCES]
    return words[0] if words else ""
