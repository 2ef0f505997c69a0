#!/bin/sh
# Installs exactly what addin/package-lock.json lists. Install scripts of packages are not run.
set -u
cd "$(dirname "$0")/.." || exit 1
scripts/with_node.sh true || exit 1
scripts/say.sh "Installerar tilläggets paket." "Installing the add-in's packages."
mkdir -p var
log=var/npm.log
(cd addin && ../scripts/with_node.sh npm ci --ignore-scripts --prefer-offline --no-audit --no-fund --loglevel=error \
    --fetch-retries=2 --fetch-retry-mintimeout=1000 --fetch-retry-maxtimeout=5000) >"$log" 2>&1 && exit 0

if grep -qE 'ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH' "$log"; then
    scripts/say.sh "Paketregistret för npm går inte att nå: kontrollera nätverk och proxy och försök igen (mer i $log)." \
        "The npm registry cannot be reached: check network and proxy and try again (more in $log)."
else
    scripts/say.sh "Tilläggets paket kunde inte installeras: se $log." "The add-in's packages could not be installed: see $log."
fi
exit 1
