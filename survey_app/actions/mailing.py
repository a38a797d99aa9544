"""Send mail by SMTP, or into a folder where no server is set."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path
from typing import ClassVar, Protocol
from urllib.parse import SplitResult, unquote, urlsplit
from uuid import uuid4

from forms.marking import N_
from survey_app.actions.errors import ActionError
from survey_app.settings import Settings

SECONDS = 20.0
OUTBOX = "outbox"


class MailNotSent(ActionError):
    """The mail server does not answer, or refuses."""

    sentence = N_("The mail server %(server)s did not take the mail (%(reason)s). Try again later.")
    status: ClassVar[int] = 503


class Post(Protocol):
    """Where mail is handed in."""

    def send(self, message: EmailMessage) -> None:
        """Hand in one message."""


class Folder:
    """A folder that gets one .eml file for each message: for a demo."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def send(self, message: EmailMessage) -> None:
        """Write the message."""
        self._path.mkdir(mode=0o700, exist_ok=True)
        (self._path / f"{uuid4()}.eml").write_bytes(message.as_bytes())


class Server:
    """A connection to a mail server."""

    def __init__(self, name: str, smtp: smtplib.SMTP) -> None:
        self._name, self._smtp = name, smtp

    def send(self, message: EmailMessage) -> None:
        """Hand the message in.

        Raises:
            MailNotSent: It was not taken.
        """
        try:
            self._smtp.send_message(message)
        except (OSError, smtplib.SMTPException) as error:
            raise MailNotSent(server=self._name, reason=type(error).__name__) from error


@contextmanager
def opened(url: str, data: Path) -> Iterator[Post]:
    """Open the way of the mail for the length of a block.

    Args:
        url: smtp://user:password@host:port, smtps:// for TLS from the start; smtp:// with a user
            asks for STARTTLS. Empty: mail goes into the folder `outbox` of the data directory.

    Raises:
        MailNotSent: The server does not answer.
    """
    if not url:
        yield Folder(data / OUTBOX)
        return
    parts = urlsplit(url if "://" in url else f"smtp://{url}")
    name = f"{parts.hostname}:{parts.port or 25}"
    try:
        smtp = _connected(parts.scheme == "smtps", parts.hostname or "", parts.port or 25)
        _log_in(smtp, parts)
    except (OSError, smtplib.SMTPException) as error:
        raise MailNotSent(server=name, reason=type(error).__name__) from error
    with smtp:
        yield Server(name, smtp)


def new_message(subject: str, settings: Settings) -> EmailMessage:
    """Begin a mail of ours; whom it is for and what it says is for the caller to add."""
    message = EmailMessage()
    host = urlsplit(settings.address).hostname or "localhost"
    message["Subject"] = subject
    message["From"] = settings.mail_sender or f"noreply@{host}"
    message["Auto-Submitted"] = "auto-generated"
    return message


def _log_in(smtp: smtplib.SMTP, parts: SplitResult) -> None:
    """Say who we are, never in the open; a connection that fails is closed."""
    try:
        if parts.username:
            if parts.scheme != "smtps":
                smtp.starttls(context=ssl.create_default_context())
            smtp.login(unquote(parts.username), unquote(parts.password or ""))
    except BaseException:
        smtp.close()
        raise


def _connected(is_tls: bool, host: str, port: int) -> smtplib.SMTP:
    if is_tls:
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(host, port, timeout=SECONDS, context=context)
    return smtplib.SMTP(host, port, timeout=SECONDS)
