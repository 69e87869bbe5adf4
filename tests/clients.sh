#!/usr/bin/env bash
# Runs the clients of other languages, and command lines (tests/clients), against the sample gateway, published with Native AOT (linux-x64), and its fake
# providers. Needs Node.js, which is installed from Debian's packages where it is missing; what npm installs stays in tests/clients.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
gateways=()
trap 'for id in "${gateways[@]}"; do kill "$id" 2>/dev/null || true; done; rm -rf "$work"' EXIT

start() { # name: a gateway, whose address is then in $url
  "$work/gateway/gateway" --port 0 > "$work/$1.log" 2>&1 &
  gateways+=($!)
  for _ in $(seq 150); do grep -q '^Listening on' "$work/$1.log" && break; sleep 0.2; done
  url=$(sed -nE 's/^Listening on ([^ ]+): .*/\1/p' "$work/$1.log")
  [ -n "$url" ] || { cat "$work/$1.log"; echo "clients: the gateway did not start"; exit 1; }
}

command -v npm > /dev/null || { apt-get update -qq && apt-get install -y -qq nodejs npm > /dev/null; }
dotnet publish samples/Gateway -c Release -r linux-x64 -o "$work/gateway" --nologo > "$work/publish.log" 2>&1 || { cat "$work/publish.log"; exit 1; }
if grep -E 'warning (IL|CS|RG)' "$work/publish.log"; then echo "clients: the gateway has warnings"; exit 1; fi
echo "clients: the gateway has $(($(stat -c %s "$work/gateway/gateway") / 1000)) kB"

# What it is made of: the same build gives the same list.
node tests/sbom.mjs samples/Gateway/obj/project.assets.json > "$work/gateway.cdx.json"
node tests/sbom.mjs samples/Gateway/obj/project.assets.json | cmp - "$work/gateway.cdx.json"
grep -q '"pkg:nuget/Microsoft.DotNet.ILCompiler@' "$work/gateway.cdx.json" || { echo "clients: the list of components lacks the compiler"; exit 1; }
npm --prefix tests/clients ci --no-audit --no-fund --loglevel=error
npm --prefix tests/clients/commands install --no-package-lock --no-audit --no-fund --loglevel=error
unset OPENAI_API_KEY ANTHROPIC_API_KEY
start open
export GATEWAY_URL=$url
ROUTERGEN_MASTER_KEY=sk-right start closed
export WRONG_KEY_URL=$url

# Clients ask the gateway and nothing else: proxies lead nowhere.
NO_PROXY=127.0.0.1 HTTP_PROXY=http://127.0.0.1:9 HTTPS_PROXY=http://127.0.0.1:9 npm --prefix tests/clients test
bash tests/clients/commands/run.sh

# It counts what it was asked, without the name of a model that a client made up, and takes nothing that is broken.
curl -fsS "$GATEWAY_URL/metrics" > "$work/metrics"
grep -q '^routergen_gateway_requests_total{endpoint="/chat/completions",group="chat",status="200",error=""} [1-9]' "$work/metrics" || { cat "$work/metrics"; echo "clients: no requests are counted"; exit 1; }
[ "$(curl -sS -o /dev/null -w '%{http_code}' "$WRONG_KEY_URL/metrics")" = 404 ] || { echo "clients: metrics are told on the port of clients"; exit 1; }
admin=$(sed -nE 's/^Keys are managed on ([^ ]+) with.*/\1/p' "$work/closed.log")
[ "$(curl -sS -o /dev/null -w '%{http_code}' "$admin/metrics")" = 401 ] || { echo "clients: metrics are told without the key"; exit 1; }
[ "$(curl -sS -o /dev/null -w '%{http_code}' -H 'content-type: application/json' -d '{"model":"\ud800"}' "$GATEWAY_URL/v1/messages")" = 400 ] || { echo "clients: half a character is no error of the client's"; exit 1; }

# Connections that do nothing cost little: at most 200 MB for ten thousand, where the machine allows so many.
connections=400
if [ "$(ulimit -n)" = unlimited ] || [ "$(ulimit -n)" -ge 20500 ]; then connections=10000; fi
node tests/clients/idle.mjs "$GATEWAY_URL" "${gateways[0]}" "$connections" 200 || { echo "clients: idle connections cost too much"; exit 1; }

# Asked to end, it ends by itself and in good order.
kill "${gateways[0]}"
code=0
wait "${gateways[0]}" || code=$?
[ "$code" -eq 0 ] || { echo "clients: the gateway ended with $code"; exit 1; }

# The same binary as a container would run it, and its page in a browser.
GATEWAY_FOLDER=$work/gateway bash tests/deploy.sh
GATEWAY_PROGRAM=$work/gateway/gateway bash tests/page.sh
