"""Settings from the environment (`SANDKOLL_…`): frozen, typed; a half-configured production does not start."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from backend.domain.errors import WrongSettings

PROJECT_FOLDER = Path(__file__).parent.parent
_SHORTEST_SECRET = 32


class SignIn(StrEnum):
    """How people sign in. `demo` is for the demonstration only."""

    DEMO = "demo"
    ENTRA = "entra"


def _words(value: object) -> object:
    """A list as an environment variable can hold it: separated by commas or blanks."""
    return tuple(value.replace(",", " ").split()) if isinstance(value, str) else value


_Words = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_words)]


class Settings(BaseSettings):
    """Everything that differs between installations.

    `secret_key` signs verdicts and keys hashes: losing it unbinds flagged threads, leaking it lets verdicts be forged.
    `scrape_token` opens /metrics to others than loopback. `addin_folder` holds the built add-in. `feedback_per_day`
    answers to assessments of one person count, and are kept for `feedback_days`; whom a sender usually writes to, as
    keyed hashes, for `habit_days`. `bind` and `workers` are gunicorn's.

    `tenants` is the file of organisations (`backend.tenants`). `entra_client_id` is the application that stands for the
    service in Entra; `entra_audiences` are what tokens may be for (that id where none is given), `entra_clients` the
    add-in's own application ids. With `entra_client_secret` or `entra_certificate` (a PEM file of key and certificate)
    the directory is asked on the sender's behalf. `entra_authority` and `graph_url` differ in national clouds;
    `ca_bundle` names the certificates to trust where a proxy stands between.
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
    feedback_days: int = Field(default=365, ge=1, le=3650)
    habit_days: int = Field(default=365, ge=1, le=3650)
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
    if 0 < len(settings.secret_key.get_secret_value()) < _SHORTEST_SECRET:
        missing.append(f"SANDKOLL_SECRET_KEY (>= {_SHORTEST_SECRET})")
    if not settings.entra_authority.startswith("https://"):
        missing.append("SANDKOLL_ENTRA_AUTHORITY (https)")
    if not settings.graph_url.startswith("https://"):
        missing.append("SANDKOLL_GRAPH_URL (https)")
    if settings.ca_bundle is not None and not settings.ca_bundle.is_file():
        missing.append("SANDKOLL_CA_BUNDLE (no such file)")
    if missing:
        raise WrongSettings("settings_incomplete", ", ".join(missing))


_DEMANDED = ("secret_key", "database_url", "tenants", "entra_client_id", "entra_clients")


def _given(settings: Settings, name: str) -> bool:
    value = getattr(settings, name)
    return bool(value.get_secret_value() if isinstance(value, SecretStr) else value)
