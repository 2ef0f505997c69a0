#!/bin/sh
# Usage: say.sh SWEDISH ENGLISH. Tells one thing on standard error, in both languages.
printf '%s\n  (%s)\n' "$1" "$2" >&2
