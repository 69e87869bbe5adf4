#!/usr/bin/env bash
# Goes through what deploy/ says, without a container engine: the published gateway (GATEWAY_FOLDER) runs as the image's user, from directories that it cannot
# write to, with the arguments of the Dockerfile, of the Compose file and of the Kubernetes manifest, with a PostgreSQL as the two latter have it, and is asked what the probes ask. Needs root, to become that user,
# Node.js, and Debian's package of PostgreSQL, which is installed where it is missing.
set -euo pipefail
cd "$(dirname "$0")/.."
: "${GATEWAY_FOLDER:?the folder with the published gateway}"
work=$(mktemp -d)
database=$(mktemp -d)
id=
server=
trap '[ -n "$id" ] && kill "$id" 2>/dev/null; [ -n "$server" ] && kill -QUIT "$server" 2>/dev/null && wait "$server"; rm -rf "$work" "$database"' EXIT
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

# The database: that of the Compose file, on a port that is free here, started as its image does, without rights.
bash tests/servers.sh
bin=$(ls -d /usr/lib/postgresql/*/bin | tail -1)
as=(setpriv --reuid=postgres --regid=postgres --clear-groups --no-new-privs)
value() { sed -nE "s/^ +$1: \"?([^\"]*)\"?\$/\1/p" deploy/compose.yaml; } # what the Compose file sets
name=$(value POSTGRES_USER)
[ -n "$name" ] && [ "$(value POSTGRES_DB)" = "$name" ] || fail "the Compose file has no database"
port=$(node -e 'const server = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(server.address().port); server.close(); })')
password='p@ss word;&/?'
echo -n "$password" > "$database/password"
mkdir "$database/data"
chown -R postgres: "$database"
"${as[@]}" "$bin/initdb" -D "$database/data" -U "$name" -A scram-sha-256 --pwfile "$database/password" --no-sync > "$database/initdb.log" 2>&1 || fail "no database" "$database/initdb.log"
(cd / && exec "${as[@]}" "$bin/postgres" -D "$database/data" -p "$port" -h 127.0.0.1 -k '') > "$database/log" 2>&1 &
server=$!
healthy=$(sed -nE 's/^ +test: \["CMD-SHELL", "(.*)"\]/\1/p' deploy/compose.yaml)
[ -n "$healthy" ] || fail "the Compose file's database has no check of its health"
for _ in $(seq 100); do "$bin/pg_isready" -q -h 127.0.0.1 -p "$port" && break; sleep 0.1; done
PATH=$bin:$PATH PGHOST=127.0.0.1 PGPORT=$port sh -c "$healthy" > /dev/null || fail "the database is not what its check of health asks" "$database/log"
PGPASSWORD=$password "$bin/createdb" -h 127.0.0.1 -p "$port" -U "$name" "$name"
asked() { PGPASSWORD=$password "$bin/psql" -At -h 127.0.0.1 -p "$port" -U "$name" -d "$name" -c "$1"; }
composed=$(value ROUTERGEN_DATABASE | sed "s/Host=postgres;/Host=127.0.0.1;Port=$port;/")
[[ $composed == *127.0.0.1* ]] || fail "the Compose file's gateway has no database"
manifested=$(sed -nE "s/^#.*--from-literal=ROUTERGEN_DATABASE='(.*)'/\1/p" deploy/kubernetes/gateway.yaml)
[[ $manifested == postgres://$name:…@* ]] && grep -q 'secretRef: { name: routergen-database }' deploy/kubernetes/gateway.yaml || fail "the manifest's gateway has no database"
manifested="postgres://$name:$(node -p 'encodeURIComponent(process.argv[1])' "$password")@127.0.0.1:$port/$name"

run() { # name, argument lists
  echo "deploy: $1"
  mapfile -t command < <(arguments "${@:2}")
  touch "$work/before"
  (cd / && exec env -i "${settings[@]}" ROUTERGEN_MASTER_KEY=sk-deploy OPENAI_API_KEY=sk-of-a-test ANTHROPIC_API_KEY=sk-of-a-test \
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
  made=$(curl -sS -w '%{http_code}' -H 'authorization: Bearer sk-deploy' -H 'content-type: application/json' -d "{\"key_alias\":\"$1\"}" "$admin/key/generate")
  if [ -n "$server" ]; then [[ $made == *'"key"'*200 ]] || fail "$1 makes no key: $made" "$work/out.txt"; else [[ $made == *503 ]] || fail "$1 says nothing of its database: $made"; fi
  written=$(find "$work" -newer "$work/before" -type f -not -path "$work/data/*" -not -name out.txt -not -name probe)
  [ -z "$written" ] || fail "$1 has written $written"
  kill "$id"
  code=0
  wait "$id" || code=$?
  id=
  [ "$code" -eq 0 ] || fail "$1 ended with $code" "$work/out.txt"
}
settings=()
run "the image" "$entry" "$usual"
[ -z "$(ls "$work/data")" ] || fail "without a database something was written"
settings=(ROUTERGEN_DATABASE="$composed" PGPASSWORD="$password")
run "the Compose file" "$entry" "$compose"
[ "$(asked 'SELECT count(*) FROM routergen.account')" = 1 ] || fail "the Compose file keeps no keys"
[ -d "$work/data/spool" ] || fail "the Compose file has no folder for costs"
rm -r "$work"/data/*
cp "$work/etc/routergen/kubernetes.json" "$work/kubernetes.json"
mv -f "$work/kubernetes.json" "$work/etc/routergen/models.json"
settings=(ROUTERGEN_DATABASE="$manifested")
run "the manifest" "$entry" "$kubernetes"
[ "$(asked 'SELECT count(*) FROM routergen.account')" = 2 ] || fail "the manifest keeps no keys"

# Without its database it starts all the same, and says so without the password. Tables of a later version end it.
asked "UPDATE routergen.schema_part SET version = 99 WHERE part = 'gateway'" > /dev/null
mapfile -t command < <(arguments "$entry" "$kubernetes")
code=0
env -i "${settings[@]}" ROUTERGEN_MASTER_KEY=sk-deploy "${command[@]}" > "$work/out.txt" 2>&1 || code=$?
[ "$code" = 1 ] && grep -q 'later version' "$work/out.txt" || fail "tables of a later version are not refused" "$work/out.txt"
kill -QUIT "$server"
wait "$server" || true
server=
run "the manifest without its database" "$entry" "$kubernetes"
grep -q 'cannot be used yet' "$work/out.txt" || fail "a database that is away is not told" "$work/out.txt"
! grep -qF -e "$password" -e "$(node -p 'encodeURIComponent(process.argv[1])' "$password")" "$work/out.txt" || fail "the password is told"

# Each metric of the dashboard and the alerts exists: a test of the gateway's checks it. Prometheus reads what the Compose file gives it.
for file in prometheus/prometheus.yml prometheus/alerts.yml grafana/routergen.json grafana/provisioning/datasources/prometheus.yaml; do [ -f "deploy/$file" ] || fail "lacks $file"; done
grep -q 'gateway:4001' deploy/prometheus/prometheus.yml || fail "Prometheus asks another port than that of the metrics"
echo "deploy: passed"
