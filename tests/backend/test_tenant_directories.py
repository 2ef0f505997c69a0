"""Which directory the settings make, and the certificate that the service proves itself with."""

from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from backend.directory.file_directory import FileDirectory
from backend.directory.graph.access import ClientCertificate, ClientSecret
from backend.directory.graph.graph_directory import GraphDirectory
from backend.domain.errors import WrongSettings
from backend.settings import Settings
from backend.tenant_directories import credential_of, directory_of
from backend.tenants import Tenant
from tests.backend.entra_tokens import API, TENANT, signer
from tests.backend.loopback_tls import client_certificate, pem

KEY = pem(signer(3).key).decode()
OTHER_KEY = pem(signer(4).key).decode()
CERTIFICATE = client_certificate(signer(3).key).public_bytes(Encoding.PEM).decode()


def _settings(folder: Path, content: str | None = None, **fields: Any) -> Settings:  # noqa: ANN401 - Settings's fields
    path = folder / "service.pem"
    if content is not None:
        path.write_text(content, "utf-8")
    return Settings(entra_client_id=API, entra_certificate=None if content is None else path, **fields)


@pytest.mark.parametrize(
    "content",
    [
        KEY + CERTIFICATE,
        CERTIFICATE + KEY,
        f"Bag Attributes\n{CERTIFICATE}\n\n{KEY}",
        (KEY + CERTIFICATE).replace("\n", "\r\n"),
    ],
    ids=["key first", "certificate first", "with remarks", "CRLF"],
)
def test_certificate(content: str, tmp_path: Path) -> None:
    assert credential_of(_settings(tmp_path, content)) == ClientCertificate(KEY, CERTIFICATE)


@pytest.mark.parametrize(
    "content",
    ["", KEY, CERTIFICATE, KEY + KEY + CERTIFICATE, "no PEM", KEY[:-20] + CERTIFICATE, OTHER_KEY + CERTIFICATE],
)
def test_certificate_that_is_none(content: str, tmp_path: Path) -> None:
    with pytest.raises(WrongSettings, match="certificate_unreadable") as refused:
        credential_of(_settings(tmp_path, content))
    assert "PRIVATE KEY" not in str(refused.value)


def test_secret_where_there_is_no_certificate(tmp_path: Path) -> None:
    assert credential_of(_settings(tmp_path, entra_client_secret="s3cret")) == ClientSecret("s3cret")
    with pytest.raises(WrongSettings, match="settings_incomplete"):
        credential_of(_settings(tmp_path))


def test_file_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    tenant = Tenant(id=TENANT, name="Granvik", domains=("granvik.example",), directory="/nowhere/people.csv")
    with pytest.raises(WrongSettings, match=r"/nowhere/people\.csv: FileNotFoundError"):
        directory_of(tenant, _settings(tmp_path))


def test_directory_by_the_file_of_tenants(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("address\nanna@granvik.example\n", "utf-8")
    tenant = Tenant(id=TENANT, name="Granvik", domains=("granvik.example",))
    graph = directory_of(tenant, _settings(tmp_path, KEY + CERTIFICATE))
    assert isinstance(graph, GraphDirectory)
    graph.close()
    file = directory_of(tenant.model_copy(update={"directory": str(tmp_path / "people.csv")}), _settings(tmp_path))
    assert isinstance(file, FileDirectory)
    assert graph.domains == file.domains == {"granvik.example"}
