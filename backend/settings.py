"""Settings from the environment (`SANDKOLL_…`): frozen, typed; a half-configured production does not start."""

from enum import StrEnum
from pathlib import Path

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from backend.domain.errors import WrongSettings

PROJECT_FOLDER = Path(__file__).parent.parent
_SHORTEST_SECRET = 32


class SignIn(StrEnum):
    """How people sign in. `demo` is for the demonstration only."""

    DEMO = "demo"
    ENTRA = "entra"


class Settings(BaseSettings):
    """Everything that differs between installations.

    `secret_key` signs verdicts and keys hashes: losing it unbinds flagged threads, leaking it lets verdicts be forged.
    `scrape_token` opens /metrics to others than loopback. `addin_folder` holds the built add-in. `feedback_per_day`
    answers to assessments of one person count, and are kept for `feedback_days`.
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
    threads: int = Field(default=16, ge=1, le=64)


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
    missing = [
        name
        for name, value in (
            ("SANDKOLL_SECRET_KEY", settings.secret_key.get_secret_value()),
            ("SANDKOLL_DATABASE_URL", settings.database_url),
        )
        if not value
    ]
    if len(settings.secret_key.get_secret_value()) < _SHORTEST_SECRET and "SANDKOLL_SECRET_KEY" not in missing:
        missing.append(f"SANDKOLL_SECRET_KEY (>= {_SHORTEST_SECRET})")
    if missing:
        raise WrongSettings("settings_incomplete", ", ".join(missing))
    raise WrongSettings("sign_in_not_available", "entra")
