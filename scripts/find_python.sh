#!/bin/sh
# Prints the Python to make virtual environments with: 3.11 or later, with ensurepip. PYTHON3=… chooses one.
here=$(dirname "$0")
lacks_venv=
for name in ${PYTHON3:-python3.13 python3.12 python3.11 python3 python3.14}; do
    "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 || continue
    if "$name" -c 'import ensurepip, venv' >/dev/null 2>&1; then
        command -v "$name"
        exit 0
    fi
    lacks_venv=$name
done
if [ -n "$lacks_venv" ]; then
    "$here/say.sh" "$lacks_venv saknar modulen venv: kör \"apt install python3-venv\" som administratör och försök igen." \
        "$lacks_venv lacks venv: run \"apt install python3-venv\" as root and try again."
else
    "$here/say.sh" "Python 3.11 eller senare behövs men hittades inte: installera det från ditt systems pakethanterare och försök igen." \
        "Python 3.11 or later is needed and was not found: install it with your system's package manager and try again."
fi
exit 1
