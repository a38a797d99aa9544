"""The command line: `survey-app COMMAND`."""

from __future__ import annotations

from survey_app.cli.accounts import account
from survey_app.cli.auditing import audit
from survey_app.cli.backing import backup, restore
from survey_app.cli.codes import codes
from survey_app.cli.doctoring import doctor
from survey_app.cli.exporting import export
from survey_app.cli.extracting import extracts
from survey_app.cli.frame import main
from survey_app.cli.instruments import instrument
from survey_app.cli.languages import language
from survey_app.cli.preserving import preserve
from survey_app.cli.registering import register
from survey_app.cli.reminding import remind
from survey_app.cli.reporting import report
from survey_app.cli.retaining import retention
from survey_app.cli.rounds import round_
from survey_app.cli.serving import demo, serve
from survey_app.cli.tokens import token

__all__ = ["main"]

COMMANDS = (
    *(serve, demo, instrument, round_, codes, export, extracts, report),
    *(account, token, language, register, remind),
    *(audit, retention, preserve, backup, restore, doctor),
)
for command in COMMANDS:
    main.add_command(command)
