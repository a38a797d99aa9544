"""Mail goes out by STARTTLS and with a login, or not at all: a password is never sent in the open."""

from __future__ import annotations

from email.message import EmailMessage
from typing import Any

import pytest

from survey_app.actions import mailing
from survey_app.actions.mailing import MailNotSent
from tests.survey_app.actions.returns.test_reminding import Inbox
from tests.tools.mail import Certificate, login, mail_server, make_certificate

USER, PASSWORD = "reports@demo.example", "p@ss:word/1"
QUOTED = "reports%40demo.example:p%40ss%3Aword%2F1"


@pytest.fixture
def certificate(tmp_path, monkeypatch) -> Certificate:
    """Give a certificate that this machine trusts."""
    made = make_certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(made.certificate))
    return made


def send(url: str, folder) -> None:
    """Send a mail."""
    message = EmailMessage()
    message["From"], message["Bcc"] = "noreply@demo.example", "t@demo.example"
    message.set_content("Hej")
    with mailing.opened(url, folder) as post:
        post.send(message)


def locked(certificate: Certificate) -> dict[str, Any]:
    """Let a server take mail only after STARTTLS and a login."""
    return {
        "tls_context": certificate.for_server(),
        "require_starttls": True,
        "auth_required": True,
        "authenticator": login(USER, PASSWORD),
    }


def test_a_user_is_logged_in_after_starttls(certificate, tmp_path) -> None:
    """Signs of the address in name and password are quoted, and read back."""
    with mail_server(inbox := Inbox(), **locked(certificate)) as port:
        send(f"smtp://{QUOTED}@127.0.0.1:{port}", tmp_path)
    ((recipients, text),) = inbox.mails
    assert recipients == ["t@demo.example"]
    assert "Bcc" not in text


def test_a_wrong_password_is_said_without_it(certificate, tmp_path) -> None:
    """The sentence names the server, and no secret."""
    with (
        mail_server(inbox := Inbox(), **locked(certificate)) as port,
        pytest.raises(MailNotSent, match="SMTPAuthenticationError") as refused,
    ):
        send(f"smtp://{USER.replace('@', '%40')}:wrong-one@127.0.0.1:{port}", tmp_path)
    assert "wrong-one" not in str(refused.value)
    assert inbox.mails == []


def test_a_certificate_of_nobody_is_refused(certificate, tmp_path, monkeypatch) -> None:
    """Whoever stands between would read the password."""
    monkeypatch.delenv("SSL_CERT_FILE")
    with (
        mail_server(inbox := Inbox(), **locked(certificate)) as port,
        pytest.raises(MailNotSent, match="SSLCertVerificationError"),
    ):
        send(f"smtp://{QUOTED}@127.0.0.1:{port}", tmp_path)
    assert inbox.mails == []


def test_a_server_without_tls_gets_no_password(tmp_path) -> None:
    """It would go in the open."""
    options = {"auth_require_tls": False, "authenticator": login(USER, PASSWORD)}
    with (
        mail_server(inbox := Inbox(), **options) as port,
        pytest.raises(MailNotSent, match="SMTPNotSupportedError"),
    ):
        send(f"smtp://{QUOTED}@127.0.0.1:{port}", tmp_path)
    assert inbox.mails == []
