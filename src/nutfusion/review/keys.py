"""Ed25519 keys: making, reading, trusting.

Source: RFC 8032; the ``cryptography`` library does the arithmetic. An Ed25519 signature has no
random part: the same review and key give the same bytes.
"""

from __future__ import annotations

import base64
import stat
from typing import TYPE_CHECKING, Final

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from nutfusion.errors import ReviewError
from nutfusion.model.atomic import atomic_paths, write_atomically
from nutfusion.review.bytes import file_bytes, sha256

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

PASSPHRASE_VARIABLE: Final = "NUTFUSION_KEY_PASSPHRASE"  # noqa: S105
"""Environment variable with the private key's passphrase, for those who cannot be asked."""

PUBLIC_SUFFIX: Final = ".pub.pem"
PRIVATE_SUFFIX: Final = ".key.pem"

_RAW: Final = serialization.Encoding.Raw
_PEM: Final = serialization.Encoding.PEM


def write_key_pair(stem: Path, passphrase: str | None) -> str:
    """Write ``<stem>.key.pem`` (only its owner reads it) and ``<stem>.pub.pem``.

    Args:
        stem: Where, without the suffixes.
        passphrase: Encrypts the private key; ``None`` leaves it open.

    Returns:
        The fingerprint of the public key.

    Raises:
        ReviewError: One of the files is there.
    """
    private_path = stem.with_name(stem.name + PRIVATE_SUFFIX)
    public_path = stem.with_name(stem.name + PUBLIC_SUFFIX)
    key = Ed25519PrivateKey.generate()
    encryption: serialization.KeySerializationEncryption = (
        serialization.NoEncryption()
        if passphrase is None
        else serialization.BestAvailableEncryption(passphrase.encode())
    )
    public = public_text(key.public_key())

    def nothing_there() -> None:
        for path in (private_path, public_path):
            if path.exists():
                raise ReviewError(
                    "is there already; a key is never overwritten: give another --out", path=path
                )

    nothing_there()
    with atomic_paths((private_path,), nothing_there, mode=0o600) as (private,):
        private.write_bytes(key.private_bytes(_PEM, serialization.PrivateFormat.PKCS8, encryption))
    write_atomically(public_path, public_pem(public))
    return fingerprint(public)


def read_private_key(path: Path, passphrase: str | None) -> Ed25519PrivateKey:
    """Read a private key.

    Raises:
        ReviewError: Others may read it, it is no Ed25519 key, or the passphrase is wrong.
    """
    data = file_bytes(path)
    if b"PUBLIC KEY" in data:
        raise ReviewError("expected a private key (.key.pem), found a public one", path=path)
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise ReviewError(
            'others may read this private key; run "chmod 600" on it, and think of a new one',
            path=path,
        )
    try:
        key = serialization.load_pem_private_key(data, passphrase.encode() if passphrase else None)
    except TypeError as error:
        wants = "a passphrase" if passphrase is None else "no passphrase"
        raise ReviewError(f"the key wants {wants}", path=path) from error
    except (ValueError, UnsupportedAlgorithm) as error:
        raise ReviewError(
            "expected an Ed25519 private key in PEM and its passphrase; the file or the passphrase"
            " is another",
            path=path,
        ) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise ReviewError("expected an Ed25519 key, found another kind", path=path)
    return key


def is_encrypted(path: Path) -> bool:
    """Whether a private key asks for a passphrase."""
    return b"ENCRYPTED" in file_bytes(path)


def read_public_key(path: Path) -> str:
    """A public key as text, from PEM.

    Raises:
        ReviewError: It is no Ed25519 public key.
    """
    try:
        key = serialization.load_pem_public_key(file_bytes(path))
    except (ValueError, UnsupportedAlgorithm) as error:
        raise ReviewError("expected an Ed25519 public key in PEM", path=path) from error
    if not isinstance(key, Ed25519PublicKey):
        raise ReviewError("expected an Ed25519 public key, found another kind", path=path)
    return public_text(key)


def public_text(key: Ed25519PublicKey) -> str:
    """The raw key, base64."""
    return base64.b64encode(key.public_bytes(_RAW, serialization.PublicFormat.Raw)).decode()


def public_pem(public_key: str) -> bytes:
    """The key as PEM, for other programs."""
    key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key, validate=True))
    return key.public_bytes(_PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


def fingerprint(public_key: str) -> str:
    """What people compare by telephone: first 32 hexadecimal digits of the raw key's sha256."""
    return "ed25519:" + sha256(base64.b64decode(public_key))[:32]


def is_signature(public_key: str, signature: bytes, data: bytes) -> bool:
    """Whether a signature over bytes was made with this key's private half."""
    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key, validate=True))
        key.verify(signature, data)
    except (InvalidSignature, ValueError):
        return False
    return True


class TrustedKeys:
    """Public keys whose owners somebody vouches for, with the names of their files.

    Args:
        keys: Public key to label.
    """

    def __init__(self, keys: Mapping[str, str]) -> None:
        self.keys = dict(keys)

    @classmethod
    def read(cls, paths: Iterable[Path]) -> TrustedKeys:
        """Read PEM files, and every ``*.pub.pem`` of folders.

        Raises:
            ReviewError: A file is no public key, or a folder holds none.
        """
        keys: dict[str, str] = {}
        for path in paths:
            files = sorted(path.glob(f"*{PUBLIC_SUFFIX}")) if path.is_dir() else [path]
            if not files:
                raise ReviewError(f"expected public keys (*{PUBLIC_SUFFIX}), found none", path=path)
            for file in files:
                keys[read_public_key(file)] = file.name.removesuffix(PUBLIC_SUFFIX)
        return cls(keys)

    def __contains__(self, public_key: str) -> bool:
        return public_key in self.keys
