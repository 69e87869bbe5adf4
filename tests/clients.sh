#!/usr/bin/env bash
# Runs the clients of other languages (tests/clients) against the sample gateway and its fake providers. Needs Node.js; what npm installs stays in tests/clients.
set -euo pipefail
cd "$(dirname "$0")/.."
log=$(mktemp)
gateway=
trap '[ -n "$gateway" ] && kill "$gateway" 2>/dev/null; rm -f "$log"' EXIT

npm --prefix tests/clients ci --no-audit --no-fund --loglevel=error
dotnet build samples/Gateway --nologo -v q
dotnet run --no-build --project samples/Gateway -- --port 0 > "$log" 2>&1 &
gateway=$!
for _ in $(seq 100); do grep -q '^Listening on' "$log" && break; sleep 0.2; done
url=$(sed -nE 's/^Listening on ([^ ]+): .*/\1/p' "$log")
[ -n "$url" ] || { cat "$log"; echo "clients: the gateway did not start"; exit 1; }

# Clients ask the gateway and nothing else: proxies lead nowhere.
export GATEWAY_URL=$url NO_PROXY=127.0.0.1 HTTP_PROXY=http://127.0.0.1:9 HTTPS_PROXY=http://127.0.0.1:9
env -u OPENAI_API_KEY -u ANTHROPIC_API_KEY npm --prefix tests/clients test
