"""How notices of each organisation leave, as the settings say: a mail server, Microsoft Graph, or not at all."""

from urllib.request import getproxies

from backend.directory.graph.access import ClientCertificate
from backend.domain.draft import Mailbox
from backend.domain.errors import WrongSettings
from backend.domain.notices import Courier
from backend.notices.graph_access import GraphMailbox
from backend.notices.graph_courier import GraphCourier
from backend.notices.smtp_courier import Encryption, MailServer, SmtpCourier
from backend.settings import NoticeTransport, Settings
from backend.tenant_directories import credential_of
from backend.tenants import Tenant

SENDER_NAME = "Sändkoll"


def courier_of(tenant: Tenant, settings: Settings) -> Courier | None:
    """The tenant's courier, made without asking anybody; None where notices are off. Raises WrongSettings."""
    if settings.notices in (None, NoticeTransport.OFF):
        return None
    sender = tenant.notice_sender or settings.notice_sender
    if not sender:
        raise WrongSettings("settings_incomplete", "SANDKOLL_NOTICE_SENDER")
    if settings.notices is NoticeTransport.SMTP:
        return SmtpCourier(_mail_server(settings), Mailbox(sender, SENDER_NAME))
    credential = credential_of(settings)
    by_certificate = isinstance(credential, ClientCertificate)
    return GraphCourier(
        GraphMailbox(
            tenant=tenant.id,
            client_id=settings.entra_client_id,
            sender=sender,
            secret="" if by_certificate else settings.entra_client_secret.get_secret_value(),
            private_key=credential.private_key if isinstance(credential, ClientCertificate) else "",
            certificate=credential.certificate if isinstance(credential, ClientCertificate) else "",
            authority=settings.entra_authority,
            graph_url=settings.graph_url,
            ca_bundle=str(settings.ca_bundle) if settings.ca_bundle else None,
            proxy=getproxies().get("https"),
        )
    )


def _mail_server(settings: Settings) -> MailServer:
    return MailServer(
        host=settings.smtp_host,
        port=settings.smtp_port,
        encryption=Encryption(settings.smtp_encryption.value),
        user=settings.smtp_user,
        password=settings.smtp_password.get_secret_value(),
        ca_bundle=str(settings.ca_bundle) if settings.ca_bundle else None,
    )
