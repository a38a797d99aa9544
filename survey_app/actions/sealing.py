"""Open answers that a browser sealed: only the server can, and each round has a key of its own.

What is sealed: one byte for the format, the browser's own public key for this sending, a nonce, and
the posted form, padded and encrypted with AES-GCM under a key that ECDH (P-256) and HKDF give. The
round and the sending's id are bound to it, so that neither can be exchanged.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import current_app

from forms.marking import N_
from survey_app import private_files
from survey_app.actions.errors import ActionError, RoundClosed

KEYS = "round_keys"
FOLDER, PRIVATE, PUBLIC = "keys", "private_key", "public_key"
FORMAT = b"\x01"
POINT, NONCE, LENGTH = 65, 12, 4  # bytes
PURPOSE = b"survey-app sealed answers 1"
CURVE = ec.SECP256R1()


class SealBroken(ActionError):
    """What came is not sealed for this round, or was changed on the way."""

    sentence = N_("The locked answers could not be opened.")


@dataclass(frozen=True, slots=True)
class RoundKey:
    """One round's key.

    Attributes:
        public: As browsers import it: an uncompressed point, base64url.
        private: None once it was destroyed.
    """

    public: str
    private: ec.EllipticCurvePrivateKey | None = field(repr=False)


def public_key(round_name: str) -> str:
    """Give a round's public key as browsers import it: an uncompressed point, base64url.

    Args:
        round_name: A round's name, which is also its key's file name.
    """
    return _key_of(round_name).public


def forget(round_name: str) -> None:
    """Destroy the private key of a round that is over for good; its pages keep the public one.

    Browsers' databases are logs: what was sent and removed stays in a tablet's files for a while,
    in the order of writing. Sealed as it is, nobody can open it when this key is gone.
    """
    path = _path(round_name)
    if not path.exists() or _key_of(round_name).private is None:
        return
    public = public_key(round_name)
    private_files.replace(path, {PUBLIC: public})
    _known()[round_name] = RoundKey(public, None)


def unseal(round_name: str, response_id: str, sealed: str) -> bytes:
    """Open a sealed form.

    Raises:
        SealBroken: It was not sealed for this round and id, or is not whole.
        RoundClosed: The round is over, and its key is gone.
    """
    private = _key_of(round_name).private
    if private is None:
        raise RoundClosed(round=round_name)
    try:
        raw = base64.urlsafe_b64decode(sealed + "=" * (-len(sealed) % 4))
        point, nonce = raw[1 : 1 + POINT], raw[1 + POINT : 1 + POINT + NONCE]
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point)
        key = _shared_key(private, theirs, point)
        bound = f"{round_name}:{response_id}".encode()
        padded = AESGCM(key).decrypt(nonce, raw[1 + POINT + NONCE :], bound)
    except (binascii.Error, UnicodeEncodeError, ValueError, InvalidTag) as error:
        raise SealBroken from error
    if raw[:1] != FORMAT:
        raise SealBroken
    return padded[LENGTH:][: int.from_bytes(padded[:LENGTH], "big")]


def _shared_key(
    private: ec.EllipticCurvePrivateKey, theirs: ec.EllipticCurvePublicKey, point: bytes
) -> bytes:
    derive = HKDF(hashes.SHA256(), 32, salt=point + _point(private.public_key()), info=PURPOSE)
    return derive.derive(private.exchange(ec.ECDH(), theirs))


def _key_of(round_name: str) -> RoundKey:
    """Read a round's key, made when it is first asked for."""
    known = _known()
    if round_name not in known:
        path = _path(round_name)
        path.parent.mkdir(mode=0o700, exist_ok=True)
        if not path.exists():
            private_files.write_once(path, {PRIVATE: _new_key()})
        known[round_name] = _read(path)
    return known[round_name]


def _read(path: Path) -> RoundKey:
    kept = private_files.read(path)
    if PUBLIC in kept:
        return RoundKey(str(kept[PUBLIC]), None)
    key = serialization.load_pem_private_key(str(kept[PRIVATE]).encode(), password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise ValueError(path.name)
    return RoundKey(_text(_point(key.public_key())), key)


def _known() -> dict[str, RoundKey]:
    known: dict[str, RoundKey] = current_app.extensions.setdefault(KEYS, {})
    return known


def _path(round_name: str) -> Path:
    path: Path = current_app.config["SETTINGS"].data / FOLDER / f"{round_name}.json"
    return path


def _new_key() -> str:
    pem = ec.generate_private_key(CURVE).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return pem.decode()


def _point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )


def _text(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")
