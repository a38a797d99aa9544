"""A real mail server on a free port of this machine, for the length of a block."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.tools.server import find_free_port

HOST = "127.0.0.1"


@dataclass(frozen=True)
class Certificate:
    """A certificate that a server shows, and the same as the only one to trust."""

    certificate: Path
    key: Path

    def for_server(self) -> ssl.SSLContext:
        """Give what the server speaks TLS with."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate, self.key)
        return context


@contextmanager
def mail_server(handler: object, port: int = 0, **options: Any) -> Iterator[int]:
    """Run a server that hands mails to a handler of aiosmtpd; give its port."""
    port = port or find_free_port()
    controller = Controller(handler, hostname=HOST, port=port, **options)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


def login(user: str, password: str) -> Any:
    """Give an authenticator that lets one user in."""
    wanted = LoginPassword(user.encode(), password.encode())

    def check(
        _server: object, _session: object, _envelope: object, _way: str, said: object
    ) -> AuthResult:
        return AuthResult(success=said == wanted, handled=False)

    return check


def make_certificate(folder: Path) -> Certificate:
    """Make a certificate for this machine, signed by itself, that holds for an hour."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(IPv4Address(HOST))]), False)
        .sign(key, hashes.SHA256())
    )
    found = Certificate(folder / "mail.pem", folder / "mail.key")
    found.certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    found.key.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return found
