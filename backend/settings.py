"""Settings from the environment (`SANDKOLL_…`): frozen, typed; a half-configured production does not start."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from backend.domain.errors import WrongSettings

PROJECT_FOLDER = Path(__file__).parent.parent
_SHORTEST_SECRET = 32


class SignIn(StrEnum):
    """How people sign in. `demo` is for the demonstration only."""

    DEMO = "demo"
    ENTRA = "entra"


class NoticeTransport(StrEnum):
    """How notices leave: by a mail server, by Microsoft Graph, or not at all (approvers look at their page)."""

    SMTP = "smtp"
    GRAPH = "graph"
    OFF = "off"


class SmtpEncryption(StrEnum):
    """How the connection to the mail server is encrypted: from its start, or after it has said hello."""

    TLS = "tls"
    STARTTLS = "starttls"


def _words(value: object) -> object:
    """A list as an environment variable can hold it: separated by commas or blanks."""
    return tuple(value.replace(",", " ").split()) if isinstance(value, str) else value


_Words = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_words)]


class Settings(BaseSettings):
    """Everything that differs between installations.

    `secret_key` signs verdicts and keys hashes: losing it unbinds flagged threads, leaking it lets verdicts be forged.
    `scrape_token` opens /metrics to others than loopback. `addin_folder` holds the built add-in. `feedback_per_day`
    answers to assessments of one person count. `bind` and `workers` are gunicorn's.

    `tenants` is the file of organisations (`backend.tenants`). `entra_client_id` is the application that stands for the
    service in Entra; `entra_audiences` are what tokens may be for (that id where none is given), `entra_clients` the
    add-in's own application ids. With `entra_client_secret` or `entra_certificate` (a PEM file of key and certificate)
    the directory is asked on the sender's behalf. `entra_authority` and `graph_url` differ in national clouds;
    `ca_bundle` names the certificates to trust where a proxy stands between.

    `public_url` is where people reach the service: links in notices lead there, and a sign-in for pages comes back
    there. `notices` says how notices leave, `notice_sender` from which mailbox (a tenant may have its own). The worker
    that delivers them runs within the server unless `upkeep` is off; then `python -m backend worker` must run.
    """

    model_config = SettingsConfigDict(env_prefix="SANDKOLL_", frozen=True, extra="ignore")

    sign_in: SignIn = SignIn.ENTRA
    secret_key: SecretStr = SecretStr("")
    database_url: str = ""
    policy: str = "standard"
    model: Path = PROJECT_FOLDER / "backend" / "trained" / "model.skops"
    encoder: Path = PROJECT_FOLDER / "var" / "encoder"
    addin_folder: Path = PROJECT_FOLDER / "addin" / "dist"
    scrape_token: SecretStr = SecretStr("")
    feedback_per_day: int = Field(default=20, ge=0)
    threads: int = Field(default=16, ge=1, le=64)
    workers: int = Field(default=2, ge=1, le=64)
    bind: str = "127.0.0.1:8000"
    tenants: Path | None = None
    entra_client_id: str = ""
    entra_audiences: _Words = ()
    entra_clients: _Words = ()
    entra_accept_v1: bool = False
    entra_authority: str = "https://login.microsoftonline.com"
    entra_client_secret: SecretStr = SecretStr("")
    entra_certificate: Path | None = None
    graph_url: str = "https://graph.microsoft.com/v1.0"
    ca_bundle: Path | None = None
    public_url: str = ""
    notices: NoticeTransport | None = None
    notice_sender: str = ""
    smtp_host: str = ""
    smtp_port: int = Field(default=587, ge=1, le=65535)
    smtp_encryption: SmtpEncryption = SmtpEncryption.STARTTLS
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")
    upkeep: bool = True


def read_settings(**given: object) -> Settings:
    """Settings from the environment, with `given` on top. Raises WrongSettings (`settings_incomplete`)."""
    try:
        return Settings(**given)  # type: ignore[arg-type]  # pydantic checks each value against its field
    except ValidationError as error:
        names = ", ".join(f"SANDKOLL_{str(one['loc'][0]).upper()}" for one in error.errors())
        raise WrongSettings("settings_incomplete", names) from error


def refuse_unfit_for_production(settings: Settings) -> None:
    """Raises WrongSettings when production must not start with these settings."""
    if settings.sign_in is SignIn.DEMO:
        raise WrongSettings("demo_sign_in_in_production", "SANDKOLL_SIGN_IN")
    missing = [f"SANDKOLL_{name.upper()}" for name in _DEMANDED if not _given(settings, name)]
    missing += [f"SANDKOLL_{name}" for name, right in _checks(settings).items() if not right]
    if missing:
        raise WrongSettings("settings_incomplete", ", ".join(missing))


def _checks(settings: Settings) -> dict[str, bool]:
    """By setting and what it must be: whether it is. What is not there at all is missing, not wrong."""
    by_smtp = settings.notices is NoticeTransport.SMTP
    return {
        f"SECRET_KEY (>= {_SHORTEST_SECRET})": not 0 < len(settings.secret_key.get_secret_value()) < _SHORTEST_SECRET,
        "ENTRA_AUTHORITY (https)": settings.entra_authority.startswith("https://"),
        "GRAPH_URL (https)": settings.graph_url.startswith("https://"),
        "CA_BUNDLE (no such file)": settings.ca_bundle is None or settings.ca_bundle.is_file(),
        "PUBLIC_URL (https)": not settings.public_url or _is_origin(settings.public_url),
        "SMTP_HOST": not by_smtp or _given(settings, "smtp_host"),
        "NOTICE_SENDER": not by_smtp or _given(settings, "notice_sender"),
        "NOTICE_SENDER (name@domain)": not settings.notice_sender or _is_address(settings.notice_sender),
        "SMTP_PASSWORD": not settings.smtp_user or _given(settings, "smtp_password"),
    }


_DEMANDED = ("secret_key", "database_url", "tenants", "entra_client_id", "entra_clients", "public_url", "notices")


def _is_origin(url: str) -> bool:
    """`https://host`, with a port or path if need be, and nothing that a link would break at."""
    parts = urlsplit(url)
    return (
        parts.scheme == "https" and bool(parts.hostname) and not parts.query + parts.fragment and url.split() == [url]
    )


def _is_address(address: str) -> bool:
    name, _, domain = address.partition("@")
    return bool(name and domain) and address.isascii() and address.split() == [address] and "@" not in domain


def _given(settings: Settings, name: str) -> bool:
    value = getattr(settings, name)
    return bool(value.get_secret_value() if isinstance(value, SecretStr) else value)
