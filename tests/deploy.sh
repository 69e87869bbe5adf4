#!/usr/bin/env bash
# Goes through what deploy/ says, without a container engine: the published gateway (GATEWAY_FOLDER) runs as the image's user, from directories that it cannot
# write to, with the arguments of the Dockerfile, of the Compose file and of the Kubernetes manifest, and is asked what the probes ask. Needs root, to become that user, and Node.js.
set -euo pipefail
cd "$(dirname "$0")/.."
: "${GATEWAY_FOLDER:?the folder with the published gateway}"
work=$(mktemp -d)
id=
trap '[ -n "$id" ] && kill "$id" 2>/dev/null; rm -rf "$work"' EXIT
fail() { echo "deploy: $1"; shift; for file in "$@"; do cat "$file"; done; exit 1; }

# The image: what the Dockerfile copies, owned by another, and writable by none.
mkdir -p "$work/app" "$work/etc/routergen" "$work/data"
cp "$GATEWAY_FOLDER/gateway" "$GATEWAY_FOLDER/models.json" "$GATEWAY_FOLDER"/*.so "$work/app/"
cp deploy/models.json "$work/etc/routergen/"
# The manifest's own file with the groups.
awk '/^  models.json: \|/ { inside = 1; next } inside && !/^    / { exit } inside { print substr($0, 5) }' deploy/kubernetes/gateway.yaml > "$work/etc/routergen/kubernetes.json"
chmod 755 "$work"
chmod -R a-w "$work/app" "$work/etc"
user=$(sed -nE 's/^USER ([0-9]+):.*/\1/p' deploy/Dockerfile)
[ -n "$user" ] && [ "$user" -ne 0 ] || fail "the image has no user of its own"
chown "$user:$user" "$work/data"

# Arguments, with ports that are free here and the folders of above.
entry=$(sed -nE 's/^ENTRYPOINT (.*)/\1/p' deploy/Dockerfile)
usual=$(sed -nE 's/^CMD (.*)/\1/p' deploy/Dockerfile)
compose=$(sed -nE 's/^    command: (\["--config", "\/etc\/routergen.*)/\1/p' deploy/compose.yaml)
kubernetes=$(sed -nE 's/^          args: (.*)/\1/p' deploy/kubernetes/gateway.yaml)
arguments() { node -e 'const [work, ...lists] = process.argv.slice(1); for (const one of lists.flatMap(JSON.parse)) console.log(one.replace(/^\/(app|etc|data)\//, `${work}/$1/`).replace(/^(0\.0\.0\.0)$/, "127.0.0.1").replace(/^(4000|4001)$/, "0"))' "$work" "$@"; }
probes=$(grep -oE 'httpGet: \{ path: [^,]+' deploy/kubernetes/gateway.yaml | sed 's/.*path: //' | sort -u)
[ "$(echo "$probes" | wc -l)" -ge 2 ] || fail "the manifest has no probes"

run() { # name, argument lists
  echo "deploy: $1"
  mapfile -t command < <(arguments "${@:2}")
  touch "$work/before"
  (cd / && exec env -i ROUTERGEN_MASTER_KEY=sk-deploy OPENAI_API_KEY=sk-of-a-test ANTHROPIC_API_KEY=sk-of-a-test \
    setpriv --reuid="$user" --regid="$user" --clear-groups --no-new-privs --bounding-set=-all "${command[@]}") > "$work/out.txt" 2>&1 &
  id=$!
  for _ in $(seq 100); do grep -q '^A page for people' "$work/out.txt" && break; sleep 0.1; done
  url=$(sed -nE 's/^Listening on ([^ ]+): .*/\1/p' "$work/out.txt")
  [ -n "$url" ] || fail "$1 does not start" "$work/out.txt"
  admin=$(sed -nE 's/^Keys are managed on ([^ ]+) with.*/\1/p' "$work/out.txt")
  [ "$(stat -c %u /proc/$id)" = "$user" ] || fail "$1 has another user"
  for probe in $probes; do [ "$(curl -s -o "$work/probe" -w '%{http_code}' "$url$probe")" = 200 ] || fail "$1: $probe is not 200" "$work/probe" "$work/out.txt"; done
  [ "$(curl -s -o /dev/null -w '%{http_code}' "$url/v1/models")" = 401 ] || fail "$1 asks for no key"
  curl -fsS -H 'authorization: Bearer sk-deploy' "$url/v1/models" | grep -q '"chat"' || fail "$1 has no group"
  curl -fsS -H 'authorization: Bearer sk-deploy' "$admin/metrics" | grep -q '^routergen_gateway_requests_total' || fail "$1 has no metrics"
  curl -fsS -H 'authorization: Bearer sk-deploy' -H 'content-type: application/json' -d '{"key_alias":"deploy"}' "$admin/key/generate" | grep -q '"key"' || fail "$1 makes no key"
  written=$(find "$work" -newer "$work/before" -type f -not -path "$work/data/*" -not -name out.txt -not -name probe)
  [ -z "$written" ] || fail "$1 has written $written"
  kill "$id"
  code=0
  wait "$id" || code=$?
  id=
  [ "$code" -eq 0 ] || fail "$1 ended with $code" "$work/out.txt"
}
run "the image" "$entry" "$usual"
[ -z "$(ls "$work/data")" ] || fail "without a database something was written"
run "the Compose file" "$entry" "$compose"
[ -f "$work/data/gateway.db" ] || fail "the Compose file keeps no keys"
rm "$work"/data/*
cp "$work/etc/routergen/kubernetes.json" "$work/kubernetes.json"
mv -f "$work/kubernetes.json" "$work/etc/routergen/models.json"
run "the manifest" "$entry" "$kubernetes"

# Each metric of the dashboard and the alerts exists: a test of the gateway's checks it. Prometheus reads what the Compose file gives it.
for file in prometheus/prometheus.yml prometheus/alerts.yml grafana/routergen.json grafana/provisioning/datasources/prometheus.yaml; do [ -f "deploy/$file" ] || fail "lacks $file"; done
grep -q 'gateway:4001' deploy/prometheus/prometheus.yml || fail "Prometheus asks another port than that of the metrics"
echo "deploy: passed"
