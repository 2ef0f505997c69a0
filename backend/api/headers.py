"""Response headers that browsers and Outlook need (OWASP secure headers; Office pages are shown in frames)."""

from flask import Flask, Response, request

from backend.settings import Settings, SignIn

_OFFICE_SCRIPTS = "https://appsforoffice.microsoft.com"
_OFFICE_FRAMES = (
    "https://outlook.office.com https://outlook.office365.com https://outlook.cloud.microsoft "
    "https://*.officeapps.live.com https://*.office.com https://*.office.net"
)


def add_headers(app: Flask, settings: Settings) -> None:
    """Adds the headers to every response."""
    demo = settings.sign_in is SignIn.DEMO
    scripts = "'self'" if demo else f"'self' {_OFFICE_SCRIPTS}"
    frames = "'self'" if demo else f"'self' {_OFFICE_FRAMES}"
    policy = (
        f"default-src 'none'; script-src {scripts}; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
        f"connect-src 'self'; frame-src 'self'; frame-ancestors {frames}; base-uri 'none'; form-action 'self'"
    )

    def add(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = policy
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
        if request.path.startswith(("/api/", "/demo/people")):
            response.headers["Cache-Control"] = "no-store"
        return response

    app.after_request(add)
