"""Open answers that a browser sealed: only the server can, and each round has a key of its own.

What is sealed: one byte for the format, the browser's own public key for this sending, a nonce, and
the posted form, padded and encrypted with AES-GCM under a key that ECDH (P-256) and HKDF give. The
round and the sending's id are bound to it, so that neither can be exchanged.
"""

from __future__ import annotations

import base64
import binascii

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import current_app

from forms.marking import N_
from survey_app import private_files
from survey_app.actions.errors import ActionError

KEYS = "round_keys"
FOLDER, PRIVATE = "keys", "private_key"
FORMAT = b"\x01"
POINT, NONCE, LENGTH = 65, 12, 4  # bytes
PURPOSE = b"survey-app sealed answers 1"
CURVE = ec.SECP256R1()


class SealBroken(ActionError):
    """What came is not sealed for this round, or was changed on the way."""

    sentence = N_("The locked answers could not be opened.")


def public_key(round_name: str) -> str:
    """Give a round's public key as browsers import it: an uncompressed point, base64url.

    Args:
        round_name: A round's name, which is also its key's file name.
    """
    return _text(_point(_private_key(round_name).public_key()))


def unseal(round_name: str, response_id: str, sealed: str) -> bytes:
    """Open a sealed form.

    Raises:
        SealBroken: It was not sealed for this round and id, or is not whole.
    """
    private = _private_key(round_name)
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


def _private_key(round_name: str) -> ec.EllipticCurvePrivateKey:
    """Read a round's private key, made when it is first asked for."""
    keys: dict[str, ec.EllipticCurvePrivateKey] = current_app.extensions.setdefault(KEYS, {})
    if round_name not in keys:
        folder = current_app.config["SETTINGS"].data / FOLDER
        folder.mkdir(mode=0o700, exist_ok=True)
        path = folder / f"{round_name}.json"
        if not path.exists():
            private_files.write_once(path, {PRIVATE: _new_key()})
        made = str(private_files.read(path)[PRIVATE]).encode()
        key = serialization.load_pem_private_key(made, password=None)
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            raise ValueError(path.name)
        keys[round_name] = key
    return keys[round_name]


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
