"""The directory of each organisation, as the settings say: Microsoft Graph, or a file."""

from collections.abc import Iterator
from pathlib import Path
from urllib.request import getproxies

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from cryptography.x509 import load_pem_x509_certificate

from backend.directory.file_directory import FileDirectory
from backend.directory.graph.access import ClientCertificate, ClientSecret, GraphAccess
from backend.directory.graph.graph_directory import GraphDirectory
from backend.domain.directory import Directory
from backend.domain.errors import WrongSettings
from backend.settings import Settings
from backend.tenants import GRAPH, Tenant

_BEGIN, _END = "-----BEGIN ", "-----END "


def directory_of(tenant: Tenant, settings: Settings) -> Directory:
    """The tenant's directory, made without asking anybody. Raises WrongSettings."""
    if tenant.directory != GRAPH:
        try:
            return FileDirectory(Path(tenant.directory), tenant.domains)
        except WrongSettings as error:
            raise WrongSettings(error.code, f"{tenant.directory}: {error.detail}") from error
    return GraphDirectory(
        GraphAccess(
            tenant=tenant.id,
            client_id=settings.entra_client_id,
            credential=credential_of(settings),
            domains=frozenset(tenant.domains),
            authority=settings.entra_authority,
            graph_url=settings.graph_url,
            ca_bundle=str(settings.ca_bundle) if settings.ca_bundle else None,
            # As the sign-in does it: the proxy that the machine is set up with.
            proxy=getproxies().get("https"),
            contacts=tenant.contacts,
            managers=tenant.managers,
            rooms=tenant.rooms,
            mail_tips=tenant.mail_tips,
        )
    )


def credential_of(settings: Settings) -> ClientSecret | ClientCertificate:
    """What the service proves itself with to Entra: a PEM file of key and certificate in any order, or else a secret.

    Raises WrongSettings (`certificate_unreadable`, `settings_incomplete`).
    """
    path = settings.entra_certificate
    if path is not None:
        return _certificate(path)
    secret = settings.entra_client_secret.get_secret_value()
    if not secret:
        raise WrongSettings("settings_incomplete", "SANDKOLL_ENTRA_CERTIFICATE | SANDKOLL_ENTRA_CLIENT_SECRET")
    return ClientSecret(secret)


def _certificate(path: Path) -> ClientCertificate:
    try:
        blocks = list(_blocks(path.read_text("utf-8")))
    except (OSError, UnicodeDecodeError) as error:
        raise WrongSettings("certificate_unreadable", f"{path}: {type(error).__name__}") from error
    keys = [text for kind, text in blocks if kind.endswith("PRIVATE KEY")]
    certificates = [text for kind, text in blocks if kind == "CERTIFICATE"]
    if len(keys) != 1 or not certificates:
        raise WrongSettings("certificate_unreadable", f"{path}: one private key and its certificate, as PEM")
    if not _belong_together(keys[0], certificates[0]):
        raise WrongSettings("certificate_unreadable", f"{path}: an RSA key without a password, and its own certificate")
    return ClientCertificate(private_key=keys[0], certificate="".join(certificates))


def _belong_together(key: str, certificate: str) -> bool:
    """Whether it is an RSA key that can be read, and the certificate is of that key."""
    try:
        private = load_pem_private_key(key.encode(), password=None)
        public = load_pem_x509_certificate(certificate.encode()).public_key()
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return False
    if not isinstance(private, RSAPrivateKey) or not isinstance(public, RSAPublicKey):
        return False
    return private.public_key().public_numbers() == public.public_numbers()


def _blocks(content: str) -> Iterator[tuple[str, str]]:
    """The PEM blocks (RFC 7468) with what they say they are."""
    kind = ""
    lines: list[str] = []
    for line in content.splitlines():
        if line.startswith(_BEGIN):
            kind, lines = line.removeprefix(_BEGIN).rstrip("- "), []
        lines.append(line)
        if kind and line.startswith(f"{_END}{kind}-"):
            yield kind, "\n".join([*lines, ""])
            kind = ""
