"""Signing in to the pages with Entra ID in a real browser, over TLS and across two sites: the cookies come along."""

import threading
from pathlib import Path

import pytest
from markupsafe import escape
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from backend.sign_in.entra_application import EntraApplication
from backend.sign_in.entra_sign_in import EntraSignIn
from backend.sign_in.page_sign_in import EntraPageSignIn, PageApplication
from tests.backend.entra_authority import started
from tests.backend.entra_tokens import ADDIN, API, TENANT
from tests.backend.loopback_tls import loopback_tls
from tests.backend.on_behalf_of import SECRET
from tests.backend.pages.code_authority import CodeAuthority
from tests.backend.pages.page_desk import PagesCase
from tests.e2e.conftest import _free_port as free_port

pytestmark = pytest.mark.e2e


def _case(folder: Path, authority: CodeAuthority) -> PagesCase:
    application = EntraApplication(
        client_id=API, client_applications=frozenset({ADDIN, API}), tenants=frozenset({TENANT}),
        authority=authority.url, ca_bundle=authority.ca_file,
    )  # fmt: skip
    way = EntraPageSignIn(
        PageApplication(authority.url, API, authority.redirect_uri, SECRET, ca_bundle=authority.ca_file)
    )
    municipality = PagesCase(folder).municipality
    return PagesCase(folder, way, authenticator=EntraSignIn(application), municipalities={TENANT: municipality})


def _sign_in(page: Page, authority: CodeAuthority) -> None:
    """What Entra's page does when somebody has signed in: a form leads back (`response_mode=form_post`)."""
    fields = authority.sign_in(page.url)
    inputs = "".join(f'<input type="hidden" name="{name}" value="{escape(value)}">' for name, value in fields.items())
    page.set_content(f'<form method="post" action="{authority.redirect_uri}">{inputs}<button>Go</button></form>')
    page.get_by_role("button").click()


def test_from_a_link_to_the_page(browser: Browser, tmp_path: Path) -> None:
    port = free_port()
    with started(CodeAuthority) as authority:
        # 127.0.0.1 and localhost are two sites.
        authority.redirect_uri = f"https://localhost:{port}/pages/signed-in"
        app, tls = _case(tmp_path, authority).app, loopback_tls().context
        server = make_server("127.0.0.1", port, app, threaded=True, ssl_context=tls)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        context = browser.new_context(ignore_https_errors=True, locale="sv-SE")
        try:
            page = context.new_page()
            page.goto(f"https://localhost:{port}/pages/approvals?mark=plain")
            _sign_in(page, authority)
            page.wait_for_url(f"https://localhost:{port}/pages/approvals?mark=plain")
            expect(page.get_by_role("heading", level=1)).to_have_text("Begäranden som väntar på dig")
            kept = {one["name"]: one for one in context.cookies()}
            assert set(kept) == {"__Secure-sandkoll-pages"}
            page.get_by_role("button", name="Logga ut").click()
            expect(page.get_by_role("heading", level=1)).to_have_text("Du är utloggad")
            assert context.cookies() == []
        finally:
            context.close()
            server.shutdown()
            thread.join()
            server.server_close()
