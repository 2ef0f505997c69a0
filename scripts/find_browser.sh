#!/bin/sh
# Prints the path of a Chromium that runs, for the browser tests. SANDKOLL_BROWSER chooses one; else the system's own,
# else one is installed: by apt-get when run as root, else Playwright's. Exit status 1 if there is none: no test is skipped.
set -u
cd "$(dirname "$0")/.." || exit 1

# A browser that lacks system libraries, or Ubuntu's stand-in that only asks for a snap, is there but does not run.
runs() { "$1" --version >/dev/null 2>&1; }

system_browser() {
    for name in chromium chromium-browser google-chrome google-chrome-stable \
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" "/Applications/Chromium.app/Contents/MacOS/Chromium"; do
        browser=$(command -v "$name") && runs "$browser" && printf '%s\n' "$browser" && return 0
    done
    return 1
}

playwright_browser() {
    browser=$(.venv/bin/python scripts/playwright_browser.py 2>/dev/null) && runs "$browser" && printf '%s\n' "$browser"
}

if [ -n "${SANDKOLL_BROWSER:-}" ]; then
    runs "$SANDKOLL_BROWSER" && printf '%s\n' "$SANDKOLL_BROWSER" && exit 0
    scripts/say.sh "Webbläsaren i SANDKOLL_BROWSER går inte att starta: $SANDKOLL_BROWSER." \
        "The browser in SANDKOLL_BROWSER does not start: $SANDKOLL_BROWSER."
    exit 1
fi
system_browser && exit 0
playwright_browser && exit 0

mkdir -p var
log=var/browser.log
: >"$log"
scripts/say.sh "Installerar en webbläsare för testerna." "Installing a browser for the tests."
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends chromium; } >>"$log" 2>&1
    system_browser && exit 0
fi
.venv/bin/python -m playwright install chromium >>"$log" 2>&1
playwright_browser && exit 0
scripts/say.sh "Ingen webbläsare för testerna: installera Chromium eller sätt SANDKOLL_BROWSER till en (mer i $log)." \
    "No browser for the tests: install Chromium or set SANDKOLL_BROWSER to one (more in $log)."
exit 1
