"""Response headers that browsers and Outlook need (OWASP secure headers; Office pages are shown in frames)."""

from flask import Flask, Response, request

from backend.settings import Settings, SignIn

_OFFICE_SCRIPTS = "https://appsforoffice.microsoft.com"
_OFFICE_FRAMES = (
    "https://outlook.office.com https://outlook.office365.com https://outlook.cloud.microsoft "
    "https://*.officeapps.live.com https://*.office.com https://*.office.net"
)

_NOT_KEPT = ("/api/", "/demo/people", "/demo/outbox", "/pages/")


def add_headers(app: Flask, settings: Settings) -> None:
    """Adds the headers to every response."""
    demo = settings.sign_in is SignIn.DEMO
    scripts = "'self'" if demo else f"'self' {_OFFICE_SCRIPTS}"
    frames = "'self'" if demo else f"'self' {_OFFICE_FRAMES}"
    policy = (
        f"default-src 'none'; script-src {scripts}; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
        f"connect-src 'self'; frame-src 'self'; frame-ancestors {frames}; base-uri 'none'; form-action 'self'"
    )

    # Whoever decides must see what is decided: no page of ours in somebody else's frame, and no script at all.
    of_pages = (
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'"
    )

    def add(response: Response) -> Response:
        is_page = request.path.startswith("/pages/")
        response.headers["Content-Security-Policy"] = of_pages if is_page else policy
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
        if request.path.startswith(_NOT_KEPT):
            response.headers["Cache-Control"] = "no-store"
        return response

    app.after_request(add)
