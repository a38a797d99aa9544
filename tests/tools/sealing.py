"""Seal a form as the page's script does, and open it; written apart from the product's halves."""

from __future__ import annotations

import base64
import json
import secrets
from pathlib import Path
from urllib.parse import parse_qs

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SIZE = 4096


def sealed(key: str, name: str, response_id: str, body: str) -> str:
    """Give what stands in `_sealed`.

    Args:
        key: The round's public key, from its page.
        name: The round's name.
        response_id: The sending's id.
        body: The form inside, URL-encoded.
    """
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(
        ec.SECP256R1(), base64.urlsafe_b64decode(key + "=")
    )
    ours = ec.generate_private_key(ec.SECP256R1())
    point = ours.public_key().public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )
    salt = point + base64.urlsafe_b64decode(key + "=")
    lock = HKDF(hashes.SHA256(), 32, salt=salt, info=b"survey-app sealed answers 1").derive(
        ours.exchange(ec.ECDH(), theirs)
    )
    nonce, content = secrets.token_bytes(12), body.encode()
    padded = (len(content).to_bytes(4, "big") + content).ljust(SIZE, b"\0")
    locked = AESGCM(lock).encrypt(nonce, padded, f"{name}:{response_id}".encode())
    return base64.urlsafe_b64encode(b"\x01" + point + nonce + locked).decode().rstrip("=")


def opened(data: Path, name: str, posted: str) -> str:
    """Give the form inside a posted one, with the private key of a server's data directory."""
    form = {field: values[0] for field, values in parse_qs(posted).items()}
    kept = json.loads((data / "keys" / f"{name}.json").read_text())["private_key"]
    private = serialization.load_pem_private_key(kept.encode(), password=None)
    assert isinstance(private, ec.EllipticCurvePrivateKey)
    text = form["_sealed"]
    raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    point, nonce, locked = raw[1:66], raw[66:78], raw[78:]
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    own = private.public_key().public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )
    lock = HKDF(hashes.SHA256(), 32, salt=point + own, info=b"survey-app sealed answers 1")
    bound = f"{name}:{form['response_id']}".encode()
    key = lock.derive(private.exchange(ec.ECDH(), theirs))
    padded = AESGCM(key).decrypt(nonce, locked, bound)
    return padded[4:][: int.from_bytes(padded[:4], "big")].decode()
