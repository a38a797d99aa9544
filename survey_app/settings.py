"""Settings: from the environment and the data directory; secrets are made on first use."""

from __future__ import annotations

import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from zoneinfo import ZoneInfo

from survey_app import private_files, provider
from survey_app.provider import Provider
from survey_app.settings_errors import SettingsInvalid

DATA_VARIABLE = "SURVEY_APP_DATA"
DATABASE_VARIABLE = "DATABASE_URL"
ADDRESS_VARIABLE = "SURVEY_APP_ADDRESS"
RELEASE_VARIABLE = "SURVEY_APP_RELEASE_SIZE"
PROXIES_VARIABLE = "SURVEY_APP_PROXIES"
SMTP_VARIABLE = "SURVEY_APP_SMTP"
SENDER_VARIABLE = "SURVEY_APP_MAIL_SENDER"
HOUR_VARIABLE = "SURVEY_APP_REMIND_HOUR"
FACTOR_VARIABLE = "SURVEY_APP_SECOND_FACTOR"
METRICS_VARIABLE = "SURVEY_APP_METRICS"
CONTACT_VARIABLE = "SURVEY_APP_SECURITY_CONTACT"
IDLE_VARIABLE = "SURVEY_APP_SESSION_IDLE"
LONGEST_VARIABLE = "SURVEY_APP_SESSION_LONGEST"
DEMO_FILE = "demo-accounts.json"  # where it is, everything is invented
REMIND_HOUR = 7
OFF = "off"
LOOPBACK = "loopback"
SHORTEST_TOKEN = 16
MOST_MINUTES = 24 * 60  # of a login: whoever sits down at the desk tomorrow is somebody else
LEAST_RELEASE = 5  # anonymous answers become readable in company of at least four others
TIME_ZONE = ZoneInfo("Europe/Stockholm")  # the dates of rounds are days there
# Files in the data directory, and the secrets in each; a later release brings a file of its own.
SECRETS = {
    "secrets.json": ("secret_key", "password_salt", "receipt_key"),
    "code-secrets.json": ("code_key",),
    "factor-secrets.json": ("factor_key",),
}


class FactorDuty(StrEnum):
    """Of whom a login asks for more than a password; whoever has set one up is always asked."""

    ROLES = "roles"  # those in `audience.WITH_SECOND_FACTOR`
    ALL = "all"
    OFF = "off"


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What an installation may choose.

    Attributes:
        data: The directory of everything kept, apart from another database's tables.
        database_url: As SQLAlchemy writes it.
        secret_key: Signs the cookies of staff.
        password_salt: Goes into every password's hash.
        receipt_key: Goes into every receipt's hash, so that none can be recomputed from outside.
        code_key: Goes into every entry code's hash: the table alone gives no code away.
        address: Where others reach the server, such as https://survey.example; by default
            wherever the request came to.
        release_size: So many anonymous answers are released together while a round is open.
        proxies: So many of our own proxies stand in front; what they say of the visitor is true.
        smtp: The mail server, such as smtp://user:password@mail.example:587; "" for a folder.
        mail_sender: Whom reminders come from; by default noreply at the server's own name.
        remind_hour: Swedish hour from which on a running server reminds; None for not at all.
        factor_key: Seals what the codes of second factors are made from.
        second_factor: Of whom one is asked; None for the usual: by role, and of nobody in a demo.
        longest_idle: A login that is not used for so long is over.
        longest_login: A login is over after so long, however it is used.
        metrics: Who may read /metrics: "loopback", or whoever has this token; "" for nobody.
        security_contact: Whom to tell of a weakness, as security.txt says it; "" for no such file.
        provider: Who else lets people in (single sign-on); None for nobody.
        is_testing: Errors reach the test instead of their page's log.
    """

    data: Path
    database_url: str
    secret_key: str
    password_salt: str
    receipt_key: str
    code_key: str
    factor_key: str
    address: str = ""
    release_size: int = LEAST_RELEASE
    proxies: int = 0
    smtp: str = ""
    mail_sender: str = ""
    remind_hour: int | None = REMIND_HOUR
    second_factor: FactorDuty | None = None
    longest_idle: timedelta = timedelta(hours=2)
    longest_login: timedelta = timedelta(hours=12)
    metrics: str = ""
    security_contact: str = ""
    provider: Provider | None = None
    is_testing: bool = False

    @property
    def is_demo(self) -> bool:
        """Tell whether the data is the demo's."""
        return (self.data / DEMO_FILE).exists()

    @property
    def second_factor_now(self) -> FactorDuty:
        """Tell of whom a second factor is asked."""
        usual = FactorDuty.OFF if self.is_demo else FactorDuty.ROLES
        return self.second_factor or usual

    @property
    def translations(self) -> Path:
        """Give the directory of the compiled catalogues."""
        return self.data / "cache" / "translations"


def load(data: Path | None = None, *, is_testing: bool = False) -> Settings:
    """Read the settings; make the data directory and its secrets when they are missing.

    Args:
        data: The data directory; by default what SURVEY_APP_DATA says, else `./data`.

    Raises:
        SettingsInvalid: The directory cannot be used, its secrets are damaged, or the
            environment asks for what cannot be.
    """
    directory = data_directory(data)
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        made = _secrets(directory)
    except OSError as error:
        raise SettingsInvalid(
            f"The data directory {directory} cannot be used: {error.strerror}."
        ) from error
    return Settings(
        data=directory,
        database_url=database_url(directory),
        address=os.environ.get(ADDRESS_VARIABLE, "").rstrip("/"),
        release_size=_release_size(os.environ.get(RELEASE_VARIABLE) or str(LEAST_RELEASE)),
        proxies=_proxies(os.environ.get(PROXIES_VARIABLE) or "0"),
        smtp=os.environ.get(SMTP_VARIABLE, ""),
        mail_sender=os.environ.get(SENDER_VARIABLE, ""),
        remind_hour=_hour(os.environ.get(HOUR_VARIABLE) or str(REMIND_HOUR)),
        second_factor=_second_factor(os.environ.get(FACTOR_VARIABLE, "")),
        longest_idle=timedelta(minutes=_whole(IDLE_VARIABLE, 120, "minutes", MOST_MINUTES)),
        longest_login=timedelta(minutes=_whole(LONGEST_VARIABLE, 720, "minutes", MOST_MINUTES)),
        metrics=_metrics(os.environ.get(METRICS_VARIABLE, "")),
        security_contact=_contact(os.environ.get(CONTACT_VARIABLE, "")),
        provider=provider.load(),
        is_testing=is_testing,
        **made,
    )


def data_directory(chosen: Path | None) -> Path:
    """Say where the data is: the chosen directory, else SURVEY_APP_DATA, else `./data`."""
    return (chosen or Path(os.environ.get(DATA_VARIABLE) or "data")).absolute()


def database_url(data: Path) -> str:
    """Say which database belongs to a data directory: DATABASE_URL, else a file in it."""
    return _with_driver(os.environ.get(DATABASE_VARIABLE) or f"sqlite:///{data / 'survey.sqlite'}")


def _with_driver(url: str) -> str:
    """Name the driver that the extra `postgresql` installs."""
    for plain in ("postgres://", "postgresql://"):
        if url.startswith(plain):
            return "postgresql+psycopg://" + url.removeprefix(plain)
    return url


def _release_size(text: str) -> int:
    if not text.isdecimal() or int(text) < LEAST_RELEASE:
        raise SettingsInvalid(
            f"{RELEASE_VARIABLE} is {text!r}. It must be a whole number of at least "
            f"{LEAST_RELEASE}: fewer answers released together would show whose they are."
        )
    return int(text)


def _proxies(text: str) -> int:
    if not text.isdecimal():
        raise SettingsInvalid(
            f"{PROXIES_VARIABLE} is {text!r}. It must be the number of proxies in front of the "
            "server: 0, 1 ..."
        )
    return int(text)


def _hour(text: str) -> int | None:
    if text == OFF:
        return None
    if not text.isdecimal() or int(text) > 23:
        raise SettingsInvalid(
            f"{HOUR_VARIABLE} is {text!r}. It must be an hour from 0 to 23, or {OFF}."
        )
    return int(text)


def _metrics(text: str) -> str:
    if text and text != LOOPBACK and len(text) < SHORTEST_TOKEN:
        raise SettingsInvalid(
            f"{METRICS_VARIABLE} must be {LOOPBACK}, or a token of at least {SHORTEST_TOKEN} "
            "characters: figures are for whoever watches the server alone."
        )
    return text


def _contact(text: str) -> str:
    if text and not text.startswith(("mailto:", "https://", "tel:")):
        raise SettingsInvalid(
            f"{CONTACT_VARIABLE} is {text!r}. It must begin with mailto:, https:// or tel:"
        )
    return text


def _whole(variable: str, usual: int, of: str, most: int) -> int:
    text = os.environ.get(variable) or str(usual)
    if not text.isdecimal() or not 0 < int(text) <= most:
        raise SettingsInvalid(f"{variable} is {text!r}. It must be 1 to {most} {of}.")
    return int(text)


def _second_factor(text: str) -> FactorDuty | None:
    if text and text not in set(FactorDuty):
        raise SettingsInvalid(
            f"{FACTOR_VARIABLE} is {text!r}. It must be roles, all or off: of whom a login asks "
            "for a second factor."
        )
    return FactorDuty(text) if text else None


def _secrets(directory: Path) -> dict[str, str]:
    found: dict[str, str] = {}
    for file_name, names in SECRETS.items():
        found |= _secrets_in(directory / file_name, names)
    return found


def _secrets_in(path: Path, names: Sequence[str]) -> dict[str, str]:
    if not path.exists():
        private_files.write_once(path, {name: secrets.token_urlsafe(48) for name in names})
    try:
        kept = private_files.read(path)
        return {name: str(kept[name]) for name in names}
    except (ValueError, KeyError) as error:
        raise SettingsInvalid(
            f"The file {path} is damaged. Restore it from a backup; a new one would make "
            "all passwords, receipts and codes on cards useless."
        ) from error
