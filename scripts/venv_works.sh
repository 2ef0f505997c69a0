#!/bin/sh
# Usage: venv_works.sh FOLDER. Exit status 0 if the virtual environment there can be used, 1 if it has to be made anew.
# `made-for` holds the absolute path that it was made for: its scripts point there, so a moved environment is of no use.
folder=$1
[ "$(cat "$folder/made-for" 2>/dev/null || pwd -P)" = "$(pwd -P)" ] || exit 1
"$folder/bin/python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
