#!/usr/bin/env bash
# Publishes samples/AotConsole with Native AOT, demands that no trimming or AOT warning appears and that the binary and what
# is added to it stay inside their budgets, and runs it against the fake providers, with one of them down. Then publishes the library that reads
# declarations, which must find in files what it finds under the runtime.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
server=
trap '[ -n "$server" ] && kill "$server" 2>/dev/null; rm -rf "$work" artifacts/aot' EXIT

publish() { # project, folder for the program
  dotnet publish "$1" -c Release -r linux-x64 -o "$2" -p:IlcGenerateMapFile=true > "$work/publish.log" 2>&1 || { cat "$work/publish.log"; exit 1; }
  if grep -E 'warning (IL|CS|RG)' "$work/publish.log"; then echo "aot: there are warnings"; exit 1; fi
}

publish samples/AotConsole "$work/aot"
size=$(stat -c %s "$work/aot/AotConsole")
echo "aot: $((size / 1000)) kB"
[ "$size" -le 9000000 ] || { echo "aot: larger than 9 MB"; exit 1; }

# The bytes of the types that these folders of src/Router.Codecs define, by the compiler's map of the program.
map=samples/AotConsole/obj/Release/net10.0/linux-x64/native/AotConsole.map.xml
bytes() {
  (cd src/Router.Codecs && find "$@" -maxdepth 1 -name '*.cs' -exec sed -nE 's/^(internal|public) .*(class|struct|record|interface|enum) ([A-Za-z0-9]+).*/\3/p' {} +) > "$work/types"
  awk 'NR == FNR { types[$1]; next }
    { length_of = $0; sub(/.* Length="/, "", length_of); rest = $0
      while (match(rest, /RouterGen_Codecs_[A-Za-z0-9]+/)) {
        if (substr(rest, RSTART + 17, RLENGTH - 17) in types) { sum += length_of + 0; break }
        rest = substr(rest, RSTART + RLENGTH) } }
    END { print sum + 0 }' "$work/types" "$map"
}
mapfile -t foreign < <(cd src/Router.Codecs && find . -mindepth 1 \( -name bin -o -name obj \) -prune -o -mindepth 1 -type d -printf '%P\n' |
  grep -vE '^(OpenAI|OpenAI/(Chat|Conversations)(/.*)?|Anthropic(/.*)?|Shared|Shared/(Contents|Failures|Json|Raw|Requests|Google|Limits|Hosted|Blocks|Wishes))$')
used=$(bytes OpenAI/Chat/Requests OpenAI/Chat/Answers Anthropic/Messages/Requests Anthropic/Messages/Answers)
unused=$(bytes "${foreign[@]}")
echo "aot: $used bytes of two dialects, $unused of those that it does not use"
[ "$used" -ge 50000 ] || { echo "aot: the map holds no dialect"; exit 1; }
[ "$unused" -eq 0 ] || { echo "aot: holds dialects, platforms or kinds of calls that it does not use"; exit 1; }
grep -q RouterGen_ChatGroup "$map" || { echo "aot: the map holds no kind of call"; exit 1; }
for folder in $(grep -lE 'class \w+Group .*: ModelGroup' src/Router.Runtime/*/*.cs | xargs -n 1 dirname | sort -u | grep -v '/Chat$'); do
  types=$(sed -nE 's/^(internal|public) .*(class|struct|record|interface|enum) ([A-Za-z0-9]+).*/\3/p' "$folder"/*.cs | sort -u | paste -sd '|')
  if grep -oE "RouterGen_($types)[_\"<]" "$map" | sort -u | grep .; then echo "aot: holds a kind of call that it does not use: $folder"; exit 1; fi
  kinds=$((${kinds:-0} + 1))
done
echo "aot: nothing of $kinds kinds of calls that it does not use"
[ "$kinds" -ge 2 ] || { echo "aot: found no kinds of calls"; exit 1; }

# Texts are UTF-16 in it, those of protocols UTF-8: without the zeros both can be found. The first must be there, the others belong to providers and wire formats that it does not use.
tr -d '\0' < "$work/aot/AotConsole" > "$work/texts"
grep -aq 'api.anthropic.com' "$work/texts" || { echo "aot: the search for texts finds none"; exit 1; }
for text in api.mistral.ai generateContent converse-stream /api/chat amazonaws; do
  if grep -aq "$text" "$work/texts"; then echo "aot: holds '$text', which it does not use"; exit 1; fi
done

# What one more deployment costs: the same program with another declaration. The file itself grows by pages.
loaded() { size "$1" | awk 'NR == 2 { print $1 + $2 }'; }
variant=artifacts/aot
costs() { # name, most bytes, declaration
  rm -rf "$variant"
  mkdir -p "$variant"
  cp samples/AotConsole/*.cs "$variant/"
  sed -i "s#^public static partial class Models;#$3\n&#" "$variant/Program.cs"
  sed 's#\.\./\.\./src#../../src#' samples/AotConsole/AotConsole.csproj > "$variant/AotConsole.csproj"
  publish "$variant" "$work/variant"
  more=$(($(loaded "$work/variant/AotConsole") - $(loaded "$work/aot/AotConsole")))
  echo "aot: $1 costs $more bytes"
  [ "$more" -gt 0 ] || { echo "aot: nothing was added"; exit 1; }
  [ "$more" -le "$2" ] || { echo "aot: more than $2"; exit 1; }
}
# Each is a publish of its own, and so is the reader of declarations below, which the gateway holds as well (tests/clients.sh): left to the long run.
if [ "${ROUTERGEN_LONG:-}" = 1 ]; then
  costs "a further deployment of a model" 2048 '[Deployment("anthropic/claude-haiku-5-5", Name = "again", EndpointEnv = "AGAIN")]'
  costs "a further model" 8192 '[Deployment("anthropic/claude-sonnet-5-5")]'
fi

dotnet build samples/FakeProviders -c Release -v q --nologo > "$work/build.log" 2>&1 || { cat "$work/build.log"; exit 1; }
dotnet samples/FakeProviders/bin/Release/net10.0/FakeProviders.dll --port 0 > "$work/server.log" &
server=$!
for _ in $(seq 100); do grep -q listening "$work/server.log" && break; sleep 0.1; done
address=$(sed -n 's/^listening on //p' "$work/server.log")

run() { ANTHROPIC_API_KEY=sk-test OPENAI_API_KEY=sk-test ANTHROPIC_BASE_URL=$1/anthropic OPENAI_BASE_URL=$address/openai/v1 "$work/aot/AotConsole"; }
run "$address" | tee "$work/first.txt"
grep -q 'You said: "Hello"' "$work/first.txt"
grep -q 'results of tools were sent' "$work/first.txt"
grep -q '2 rounds with a tool: .*{"city":"Bern","temperatures":\[21,21,21\]}' "$work/first.txt"
grep -q 'Forecast { City = .*by JsonSchema' "$work/first.txt"

# With nobody at Anthropic's address, whoever is picked first, OpenAI answers.
for _ in 1 2 3 4; do run http://127.0.0.1:1 | tee "$work/again.txt"; grep -q 'openai/gpt-6-luna' "$work/again.txt"; done

# Without any key it says which variables are missing.
if env -u ANTHROPIC_API_KEY -u OPENAI_API_KEY "$work/aot/AotConsole" > "$work/keys.txt" 2>&1; then echo "aot: ran without keys"; exit 1; fi
grep -q 'ANTHROPIC_API_KEY' "$work/keys.txt" && grep -q 'OPENAI_API_KEY' "$work/keys.txt"

if [ "${ROUTERGEN_LONG:-}" != 1 ]; then echo "aot: passed"; exit 0; fi
dotnet build tests/DeclarationsReader -c Release -v q --nologo > "$work/build.log" 2>&1 || { cat "$work/build.log"; exit 1; }
dotnet publish tests/DeclarationsReader -c Release -r linux-x64 -o "$work/reader" > "$work/publish.log" 2>&1 || { cat "$work/publish.log"; exit 1; }
if grep -E 'warning (IL|CS)' "$work/publish.log"; then echo "aot: there are warnings of the declarations"; exit 1; fi
mkdir "$work/files"
cp docs/models.schema.json README.md "$work/files/"
cat > "$work/files/wrong.json" <<'EOF2'
{ "groups": { "a": { "deployments": ["opnai/gpt-4o", { "model": "openai/gpt-4o", "rpm": 0 }], "fallbacks": ["b"], "strategy": "fastest" } },
  "model_list": [{ "model_name": "c", "litellm_params": { "model": "gpt-4o", "api_key": "sk-proj-0123456789abcdef" } }], }}
EOF2
"$work/reader/RouterGen.Declarations.Reader" "$work/files" | grep -v '^loaded ' > "$work/native.txt"
dotnet tests/DeclarationsReader/bin/Release/net10.0/RouterGen.Declarations.Reader.dll "$work/files" | grep -v '^loaded ' > "$work/managed.txt"
diff "$work/managed.txt" "$work/native.txt"
for id in RG0101 RG0108 RG0006 RG0203 RG0111 RG0201; do grep -q "wrong.json $id " "$work/native.txt" || { echo "aot: lacks $id"; exit 1; }; done
echo "aot: passed"
