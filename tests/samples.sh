#!/usr/bin/env bash
# Builds the samples and runs each without a key: the exit code is 0, and its output has the line that it is there for.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unset ANTHROPIC_API_KEY OPENAI_API_KEY

# A sample, and what one of its lines holds (a regular expression).
samples=(
  'AbTest           The winner is the challenger'
  'Fleet            ^  equal to the token$'
  'AzureResources   answered by (east|west) for .*, after ptu: RateLimited'
  'Interop          ^ +Hello from gpt-6-luna. You said: "Where is breakfast\?"'
  'McpTools         Emma, by Jane Austen, is on shelf 12'
  'MinimalApi       POST /ask: 200 .*anthropic/claude-haiku-5-5'
  'ModelsJsonOnly   Hello from mistral-small-latest'
  'Policy           Requests with personal data at OpenAI: none'
  'Search           cohere/rerank-v4.0-pro, after 2 attempts'
  'StructuredOutput A quantity of -3 was repaired: True'
  'Tools            ^Booked: 12$'
  'Worker           ^4 tickets for \$'
)
cat > "$work/samples.proj" <<EOF
<Project DefaultTargets="Build">
  <ItemGroup><Each Include="$(printf '%s\n' "${samples[@]}" | sed -E 's# .*##' | while read -r name; do printf '%s;' "$PWD/samples/$name/$name.csproj"; done)" /></ItemGroup>
  <Target Name="Restore"><MSBuild Projects="@(Each)" Targets="Restore" /></Target>
  <Target Name="Build"><MSBuild Projects="@(Each)" Targets="Build" BuildInParallel="true" /></Target>
</Project>
EOF
dotnet build "$work/samples.proj" --nologo -v q > "$work/build.log" 2>&1 || { cat "$work/build.log"; exit 1; }

for sample in "${samples[@]}"; do
  read -r name line <<< "$sample"
  code=0
  timeout 120 dotnet "samples/$name/bin/Debug/net10.0/$name.dll" > "$work/out.txt" 2>&1 || code=$?
  [ "$code" -eq 0 ] || { cat "$work/out.txt"; echo "samples: $name ended with $code"; exit 1; }
  grep -qE -- "$line" "$work/out.txt" || { cat "$work/out.txt"; echo "samples: $name lacks '$line'"; exit 1; }
  echo "samples: $name"
done

# Each folder is told of in the table of samples, and has been run above or is run elsewhere.
for folder in samples/*/; do
  name=$(basename "$folder")
  [ "$name" = Shared ] || grep -qF "($name/" samples/README.md || { echo "samples: samples/README.md lacks $name"; exit 1; }
  case "$name" in Quickstart | AotConsole | FakeProviders | RoutingLab | Gateway | Shared) continue ;; esac # Gateway: tests/clients.sh
  printf '%s\n' "${samples[@]}" | grep -qE "^$name " || { echo "samples: $name is not run"; exit 1; }
  [ -f "$folder/README.md" ] || { echo "samples: $name has no README.md"; exit 1; }
done
echo "samples: passed"
