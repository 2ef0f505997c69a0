#!/bin/sh
# Resolves every Python package anew from the public registry and writes the locks: one version of each package for all
# Pythons from 3.11 on and all platforms (so that a model trained on one is the same on all), with the hashes of all wheels.
set -eu
cd "$(dirname "$0")/.."

# Settings of this machine must not colour a lock that all machines use.
unset UV_INDEX UV_INDEX_URL UV_DEFAULT_INDEX UV_EXTRA_INDEX_URL UV_FIND_LINKS UV_CONSTRAINT UV_OVERRIDE UV_EXCLUDE_NEWER

lock() {
    .venv-tools/bin/uv pip compile --no-config --quiet --upgrade --universal --python-version 3.11 --fork-strategy fewest \
        --only-binary :all: --generate-hashes --no-emit-index-url --no-emit-find-links \
        --custom-compile-command "make lock" "$1" --output-file "$2"
}

lock requirements.in requirements.txt
lock tests/requirements.in tests/requirements.txt
lock scripts/node.in scripts/node.txt
lock scripts/lock.in scripts/lock.txt
