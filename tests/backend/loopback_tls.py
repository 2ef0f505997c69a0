"""Certificates made for one test run: an authority of its own that vouches for servers on loopback."""

import atexit
import shutil
import ssl
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.x509.oid import NameOID

LOOPBACK = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class LoopbackTls:
    """`ca_file` is what a client trusts, `context` what a server on loopback speaks with."""

    ca_file: str
    context: ssl.SSLContext


@cache
def loopback_tls() -> LoopbackTls:
    """One authority and one server certificate (127.0.0.1, localhost) for the whole run."""
    folder = Path(tempfile.mkdtemp(prefix="sandkoll-tls-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    ca_key, key = generate_private_key(SECP256R1()), generate_private_key(SECP256R1())
    ca = _certificate("authority", ca_key, "authority", ca_key)
    server = _certificate("loopback", key, "authority", ca_key)
    (folder / "ca.pem").write_bytes(ca.public_bytes(serialization.Encoding.PEM))
    (folder / "server.pem").write_bytes(server.public_bytes(serialization.Encoding.PEM) + pem(key))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(folder / "server.pem")
    return LoopbackTls(str(folder / "ca.pem"), context)


def client_certificate(key: RSAPrivateKey) -> x509.Certificate:
    """A self-signed certificate such as an application proves itself to Entra ID with."""
    return _certificate("application", key, "application", key)


def pem(key: EllipticCurvePrivateKey | RSAPrivateKey) -> bytes:
    """The private key, not encrypted."""
    form, encryption = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.PEM, form, encryption)


def _certificate(
    name: str,
    key: EllipticCurvePrivateKey | RSAPrivateKey,
    issuer: str,
    issuer_key: EllipticCurvePrivateKey | RSAPrivateKey,
) -> x509.Certificate:
    """A certificate for a day, of a server on loopback unless it is its own issuer."""
    own, now = name == issuer, datetime.now(UTC)
    addresses = [x509.IPAddress(ip_address(LOOPBACK)), x509.DNSName("localhost")]
    builder = (
        x509.CertificateBuilder(_named(issuer), _named(name), key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=own, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
        .add_extension(_usage(signs=own), critical=True)
    )
    if not own:
        builder = builder.add_extension(x509.SubjectAlternativeName(addresses), critical=False)
    return builder.sign(issuer_key, hashes.SHA256())


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _usage(*, signs: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        key_cert_sign=signs,
        crl_sign=signs,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
