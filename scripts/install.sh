#!/bin/sh
# Usage: install.sh FOLDER LOCK. Installs exactly what LOCK lists into the virtual environment FOLDER, made if needed.
# Only wheels, and only with the hashes in LOCK: no package runs code of its own while it is installed.
set -u
here=$(dirname "$0")
folder=$1
lock=$2

case $folder in
    .venv | .venv-*) ;;
    *) echo "install.sh: not an environment of this project: $folder" >&2; exit 2 ;;
esac

if ! "$here/venv_works.sh" "$folder"; then
    python=$("$here/find_python.sh") || exit 1
    rm -rf "$folder"
    if ! "$python" -m venv "$folder" >/dev/null; then
        "$here/say.sh" "Det gick inte att skapa $folder med $python: se meddelandet ovan." \
            "Could not make $folder with $python: see the message above."
        exit 1
    fi
fi
pwd -P >"$folder/made-for"

"$here/say.sh" "Installerar Pythonpaket ur $lock." "Installing the Python packages of $lock."
log=$folder/install.log
"$folder/bin/python" -m pip install --quiet --disable-pip-version-check --no-input --retries 2 \
    --require-hashes --only-binary :all: --requirement "$lock" >"$log" 2>&1 && exit 0

if grep -q 'DO NOT MATCH THE HASHES' "$log"; then
    "$here/say.sh" "Ett paket stämmer inte med $lock och har inte installerats: se $log." \
        "A package does not match $lock and was not installed: see $log."
elif grep -qE 'NewConnectionError|NameResolutionError|ConnectTimeout|ReadTimeout|ProxyError|SSLError' "$log"; then
    "$here/say.sh" "Paketregistret för Python går inte att nå: kontrollera nätverk och proxy och försök igen (mer i $log)." \
        "The Python package registry cannot be reached: check network and proxy and try again (more in $log)."
elif grep -q 'No matching distribution' "$log"; then
    "$here/say.sh" "Ett paket finns inte färdigbyggt för $("$folder/bin/python" --version) på den här datorn: se $log." \
        "A package has no wheel for $("$folder/bin/python" --version) on this machine: see $log."
else
    "$here/say.sh" "Pythonpaketen kunde inte installeras: se $log." "The Python packages could not be installed: see $log."
fi
exit 1
