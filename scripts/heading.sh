#!/bin/sh
# Usage: heading.sh TEXT. Sets the stages of `make test` apart.
printf '\n== %s\n' "$1"
