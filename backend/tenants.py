"""The organisations of an installation: a TOML file names each with its policy and its directory."""

import tomllib
from pathlib import Path
from typing import Annotated
from uuid import UUID

import idna
from publicsuffixlist import PublicSuffixList
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from backend.domain.errors import WrongSettings

GRAPH = "graph"


def _ascii_domain(domain: str) -> str:
    """Somebody's registered domain or one under it, as A-labels by the same rules as addresses (UTS 46)."""
    try:
        name = idna.encode(domain.strip().rstrip("."), uts46=True, std3_rules=True).decode("ascii")
    except idna.IDNAError:
        name = ""
    if PublicSuffixList().privatesuffix(name) is None:
        message = "a mail domain of one's own, without @ and *"
        raise ValueError(message)
    return name


def _guid(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError:
        message = "a GUID, as Entra shows it (Tenant ID)"
        raise ValueError(message) from None


class Tenant(BaseModel):
    """One organisation. `id` is its Entra tenant id, in lower case.

    `domains` are its own mail domains. `policy` is a policy's name or path, that of the
    settings where none is given. `directory` is `graph` or the path of a CSV
    or JSON export. `contacts`, `managers`, `rooms` and `mail_tips` say what Graph is asked for beside people and
    groups; each takes a permission of its own (docs/directory.md). `approvers` are the mailboxes that are told when
    somebody with the role Approver is asked; `notice_sender` is the mailbox that notices come from, that of the
    settings where none is given.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[str, AfterValidator(_guid)]
    name: str = Field(min_length=1)
    domains: tuple[Annotated[str, AfterValidator(_ascii_domain)], ...] = Field(min_length=1)
    policy: str = ""
    directory: str = GRAPH
    contacts: bool = True
    managers: bool = True
    rooms: bool = False
    mail_tips: bool = False
    approvers: tuple[Annotated[str, Field(pattern="^[^@\\s]+@[^@\\s]+$", max_length=320)], ...] = ()
    notice_sender: Annotated[str, Field(pattern="^([!-?A-~]+@[!-?A-~]+)?$", max_length=320)] = ""


class _TenantsFile(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    tenant: tuple[Tenant, ...] = Field(min_length=1)


def read_tenants(path: Path) -> tuple[Tenant, ...]:
    """The tenants in the file. Raises WrongSettings (`tenants_unreadable`, `tenants_invalid`) with what to mend."""
    try:
        document = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise WrongSettings("tenants_unreadable", f"{path}: {error}") from error
    try:
        tenants = _TenantsFile.model_validate(document).tenant
    except ValidationError as error:
        # A tenant that is wrong is left out by the validator, which then misses it: only the first fault is one.
        places = [".".join(map(str, one["loc"])) + ": " + one["msg"] for one in error.errors()[:1]]
        raise WrongSettings("tenants_invalid", ", ".join(places)) from error
    if len({one.id for one in tenants}) < len(tenants):
        raise WrongSettings("tenants_invalid", "tenant: the same id twice")
    _refuse_shared_domains(tenants)
    return tenants


def _refuse_shared_domains(tenants: tuple[Tenant, ...]) -> None:
    """A mail domain, with what is under it, is one organisation's: else one would vouch for the other's people."""
    owners = {domain: tenant.id for tenant in tenants for domain in tenant.domains}
    for tenant in tenants:
        for domain in tenant.domains:
            above = (domain.split(".", count)[count] for count in range(domain.count(".")))
            if any(owners.get(one, tenant.id) != tenant.id for one in above):
                raise WrongSettings("tenants_invalid", "domains: the same domain in two tenants")
