#!/usr/bin/env bash
# Tries the gateway's page in a headless browser (tests/clients/page) against the sample gateway and fake providers. GATEWAY_PROGRAM and FAKES_PROGRAM are the
# commands that start them, such as a binary of Native AOT; without them both are built. Node.js and Chromium are installed from Debian's packages where they are missing;
# what npm installs stays in tests/clients/page. SCREENSHOTS is a folder for pictures of all views.
set -euo pipefail
cd "$(dirname "$0")/.."
missing=()
command -v npm > /dev/null || missing+=(nodejs npm)
[ -x "${BROWSER_PROGRAM:-/usr/bin/chromium}" ] || missing+=(chromium)
[ ${#missing[@]} -eq 0 ] || { apt-get update -qq && apt-get install -y -qq --no-install-recommends "${missing[@]}" > /dev/null; }
if [ -z "${GATEWAY_PROGRAM:-}" ]; then
  dotnet build samples/Gateway --nologo -v q
  GATEWAY_PROGRAM="dotnet $PWD/samples/Gateway/bin/Debug/net10.0/gateway.dll"
fi
if [ -z "${FAKES_PROGRAM:-}" ]; then
  [ -f samples/FakeProviders/bin/Debug/net10.0/FakeProviders.dll ] || dotnet build samples/FakeProviders --nologo -v q
  FAKES_PROGRAM="dotnet $PWD/samples/FakeProviders/bin/Debug/net10.0/FakeProviders.dll"
fi
export GATEWAY_PROGRAM FAKES_PROGRAM
unset OPENAI_API_KEY ANTHROPIC_API_KEY
npm --prefix tests/clients/page install --no-package-lock --no-audit --no-fund --loglevel=error
NO_PROXY=127.0.0.1 HTTP_PROXY=http://127.0.0.1:9 HTTPS_PROXY=http://127.0.0.1:9 npm --prefix tests/clients/page test
