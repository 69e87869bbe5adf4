#!/usr/bin/env bash
# Packs the templates and the packages that their projects refer to, makes a project of each template with and without --aot,
# builds all of them with warnings as errors, and runs each against the fake providers, without a key, and with a provider down.
# One is published with Native AOT (linux-x64).
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
servers=()
trap 'for id in "${servers[@]}"; do kill "$id" 2>/dev/null || true; done; rm -rf "$work"' EXIT
fail() { echo "templates: $1"; shift; for file in "$@"; do cat "$file"; done; exit 1; }
quietly() { "$@" > "$work/step.log" 2>&1 || fail "failed: $*" "$work/step.log"; }

# A version that no cache of packages has: what is tested is what was packed just now.
for project in Router.Runtime Router.Hosting Router.Gateway Router.Templates; do
  quietly dotnet pack "src/$project" -c Release -o "$work/feed" --nologo -v q -p:PackageVersion=0.0.1-check
done
cat > "$work/nuget.config" <<EOF
<configuration><packageSources><add key="local" value="$work/feed" /></packageSources></configuration>
EOF
cat > "$work/Directory.Build.props" <<EOF
<Project>
  <PropertyGroup>
    <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
    <WarningsNotAsErrors>NU1603</WarningsNotAsErrors>
    <ILLinkTreatWarningsAsErrors>true</ILLinkTreatWarningsAsErrors>
    <IlcTreatWarningsAsErrors>true</IlcTreatWarningsAsErrors>
    <TrimmerSingleWarn>false</TrimmerSingleWarn>
    <NuGetAudit>false</NuGetAudit>
    <CheckEolTargetFramework>false</CheckEolTargetFramework>
    <RestorePackagesPath>$work/packages</RestorePackagesPath>
    <RestoreAdditionalProjectFallbackFolders>${NUGET_PACKAGES:-$HOME/.nuget/packages}</RestoreAdditionalProjectFallbackFolders>
  </PropertyGroup>
</Project>
EOF
mkdir -p "${NUGET_PACKAGES:-$HOME/.nuget/packages}"

quietly dotnet new install "$work"/feed/RouterGen.Templates.*.nupkg --debug:custom-hive "$work/hive"
make() { quietly dotnet new "$1" -o "$work/$2" --no-restore --debug:custom-hive "$work/hive" "${@:3}"; }
make routergen console
make routergen console-aot --aot
make routergen console-net9 --framework net9.0
make routergen-web web
make routergen-web web-aot --aot
make routergen-worker worker
make routergen-worker worker-aot --aot
make routergen-gateway gateway
make routergen-gateway gateway-aot --aot
for file in console/console.csproj web-aot/web-aot.csproj worker/README.md; do [ -f "$work/$file" ] || fail "lacks $file"; done
if grep -rnE 'RouterGenApp1|_VERSION|#if|#endif|5f3c7f0e' "$work"/{console,web,worker,gateway}*; then fail "something of the template is left in a project"; fi
for kind in console web worker gateway; do
  if grep -q PublishAot "$work/$kind/$kind.csproj"; then fail "$kind has Native AOT unasked"; fi
  grep -q '<PublishAot>true' "$work/$kind-aot/$kind-aot.csproj" || fail "$kind-aot has no Native AOT"
done
grep -q '<TargetFramework>net9.0<' "$work/console-net9/console-net9.csproj" || fail "the framework was ignored"

cat > "$work/all.proj" <<'EOF'
<Project DefaultTargets="Build">
  <ItemGroup><Each Include="*/*.csproj" Exclude="packages/**;hive/**" /></ItemGroup>
  <Target Name="Restore"><MSBuild Projects="@(Each)" Targets="Restore" /></Target>
  <Target Name="Build"><MSBuild Projects="@(Each)" Targets="Build" BuildInParallel="true" /></Target>
</Project>
EOF
quietly dotnet build "$work/all.proj" --nologo -v q
ls "$work/packages/routergen.hosting/0.0.1-check" > /dev/null || fail "the projects were built from other packages"
quietly dotnet publish "$work/web-aot" --nologo -v q -r linux-x64 -o "$work/native"

quietly dotnet build samples/FakeProviders -c Release -v q --nologo
waitfor() { for _ in $(seq 300); do grep -q "$1" "$2" && return; sleep 0.1; done; fail "waited in vain for '$1'" "$2"; }
dotnet samples/FakeProviders/bin/Release/net10.0/FakeProviders.dll --port 0 > "$work/server.log" &
servers+=($!)
waitfor listening "$work/server.log"
address=$(sed -n 's/^listening on //p' "$work/server.log")
unset ANTHROPIC_API_KEY OPENAI_API_KEY
keys=(ANTHROPIC_API_KEY=sk-test OPENAI_API_KEY=sk-test ANTHROPIC_BASE_URL="$address/anthropic" OPENAI_BASE_URL="$address/openai/v1")
down=(ANTHROPIC_API_KEY=sk-test OPENAI_API_KEY=sk-test ANTHROPIC_BASE_URL=http://127.0.0.1:1 OPENAI_BASE_URL="$address/openai/v1")
program() { if [ "$1" = native ]; then echo "$work/native/web-aot"; else echo "dotnet $work/$1/bin/Debug/net10.0/$1.dll"; fi; }

# Without a key each ends with the exit code 1 and the names of the variables.
for name in console console-aot web web-aot worker worker-aot gateway gateway-aot native; do
  code=0
  (cd "$work" && ASPNETCORE_URLS=http://127.0.0.1:0 timeout 60 $(program $name)) > "$work/out.txt" 2>&1 || code=$?
  [ "$code" -eq 1 ] || fail "$name without a key ended with $code" "$work/out.txt"
  grep -q ANTHROPIC_API_KEY "$work/out.txt" && grep -q OPENAI_API_KEY "$work/out.txt" || fail "$name does not name the variables" "$work/out.txt"
done

for name in console console-aot; do
  env "${keys[@]}" $(program $name) Hello there > "$work/out.txt" 2>&1 || fail "$name failed" "$work/out.txt"
  grep -q 'You said: "Hello there"' "$work/out.txt" || fail "$name has no answer" "$work/out.txt"
  env "${down[@]}" $(program $name) > "$work/out.txt" 2>&1 || fail "$name failed with a provider down" "$work/out.txt"
  grep -q 'openai/gpt-6-luna' "$work/out.txt" || fail "$name did not fail over" "$work/out.txt"
done

begin() { # variables, program; its output is in out.txt, its process the last of servers
  (cd "$work" && exec env ASPNETCORE_URLS=http://127.0.0.1:0 "$@") > "$work/out.txt" 2>&1 &
  servers+=($!)
}
end() { # name: a signal ends a service with the exit code 0
  code=0
  kill "${servers[-1]}"
  wait "${servers[-1]}" || code=$?
  unset 'servers[-1]'
  [ "$code" -eq 0 ] || fail "$1 ended with $code" "$work/out.txt"
}
for name in web web-aot native; do
  begin "${down[@]}" $(program $name)
  waitfor 'Now listening on' "$work/out.txt"
  url=$(sed -nE 's/.*Now listening on: ([^ ]+).*/\1/p' "$work/out.txt")
  curl -sS "$url/ask" -H 'Content-Type: application/json' -d '{ "text": "Hello" }' > "$work/answer.txt"
  grep -qF '"text":"Hello from gpt-6-luna. You said: \"Hello\""' "$work/answer.txt" || grep -qF 'You said: \u0022Hello\u0022' "$work/answer.txt" || fail "$name has no answer" "$work/answer.txt" "$work/out.txt"
  curl -sS "$url/health" | grep -qE '^(Healthy|Degraded)$' || fail "$name is not healthy" "$work/out.txt"
  end $name
done
for name in worker worker-aot; do
  begin "${down[@]}" $(program $name)
  waitfor 'Hello from gpt-6-luna' "$work/out.txt"
  end $name
done
for name in gateway gateway-aot; do
  begin ROUTERGEN_MASTER_KEY=sk-own "${down[@]}" $(program $name)
  waitfor 'Now listening on' "$work/out.txt"
  url=$(sed -nE 's/.*Now listening on: ([^ ]+).*/\1/p' "$work/out.txt")
  ask() { curl -sS "$url/v1/messages" -H 'Content-Type: application/json' "$@" -d '{ "model": "chat", "max_tokens": 50, "messages": [{ "role": "user", "content": "Hello" }] }'; }
  ask -H 'x-api-key: sk-own' > "$work/answer.txt"
  grep -qF 'Hello from gpt-6-luna. You said: \"Hello\"' "$work/answer.txt" || fail "$name has no answer" "$work/answer.txt" "$work/out.txt"
  ask | grep -q authentication_error || fail "$name answers without its key" "$work/out.txt"
  end $name
done
echo "templates: passed"
