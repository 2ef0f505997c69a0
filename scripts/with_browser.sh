#!/bin/sh
# Usage: with_browser.sh COMMAND… Runs a command with SANDKOLL_BROWSER naming a browser that starts; none, and it fails.
set -u
cd "$(dirname "$0")/.." || exit 1

# The Node.js inside Playwright wants a library (libatomic) that a small Debian lacks; then the add-in's Node.js does as well.
if ! .venv/bin/python -m playwright --version >/dev/null 2>&1; then
    PLAYWRIGHT_NODEJS_PATH=$(scripts/with_node.sh node -p process.execPath) || exit 1
    export PLAYWRIGHT_NODEJS_PATH
fi
SANDKOLL_BROWSER=$(scripts/find_browser.sh) || exit 1
export SANDKOLL_BROWSER
exec "$@"
