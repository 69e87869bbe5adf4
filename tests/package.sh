#!/usr/bin/env bash
# Packs RouterGen, restores it from a local folder into a new project outside of the repository, builds that with
# warnings as errors, and runs it against the fake providers.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
server=
trap '[ -n "$server" ] && kill "$server" 2>/dev/null; rm -rf "$work"' EXIT

dotnet pack src/Router.Runtime -c Release -o "$work/feed" --nologo -v q > "$work/pack.log" 2>&1 || { cat "$work/pack.log"; exit 1; }
ls "$work"/feed/RouterGen.*.snupkg > /dev/null || { echo "package: lacks its symbols"; exit 1; }
mkdir "$work/app"
cat > "$work/app/nuget.config" <<EOF
<configuration><packageSources><add key="local" value="$work/feed" /></packageSources></configuration>
EOF
cat > "$work/app/app.csproj" <<EOF
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
    <Nullable>enable</Nullable>
    <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
    <WarningsNotAsErrors>NU1603</WarningsNotAsErrors>
    <RestorePackagesPath>$work/packages</RestorePackagesPath>
  </PropertyGroup>
  <ItemGroup><PackageReference Include="RouterGen" Version="*" /></ItemGroup>
</Project>
EOF
grep -v ToolResults samples/AotConsole/Program.cs > "$work/app/Program.cs" # which another test runs
(cd "$work/app" && dotnet build --nologo -v q > build.log 2>&1) || { cat "$work/app/build.log"; exit 1; }

# What a restore unpacked is what a user gets.
for file in lib/net10.0/RouterGen.dll lib/net9.0/RouterGen.dll lib/net10.0/RouterGen.xml buildTransitive/RouterGen.targets schema/models.schema.json README.md icon.png \
            analyzers/dotnet/cs/RouterGen.Declarations.dll analyzers/dotnet/cs/RouterGen.Generator.dll analyzers/dotnet/cs/RouterGen.Analyzers.dll analyzers/dotnet/cs/RouterGen.CodeFixes.dll; do
  ls "$work"/packages/routergen/*/"$file" > /dev/null || { echo "package: lacks $file"; exit 1; }
done

dotnet build samples/FakeProviders -c Release -v q --nologo > "$work/build.log" 2>&1 || { cat "$work/build.log"; exit 1; }
dotnet samples/FakeProviders/bin/Release/net10.0/FakeProviders.dll --port 0 > "$work/server.log" &
server=$!
for _ in $(seq 100); do grep -q listening "$work/server.log" && break; sleep 0.1; done
address=$(sed -n 's/^listening on //p' "$work/server.log")
ANTHROPIC_API_KEY=sk-test OPENAI_API_KEY=sk-test ANTHROPIC_BASE_URL=$address/anthropic OPENAI_BASE_URL=$address/openai/v1 \
  dotnet "$work/app/bin/Debug/net10.0/app.dll" | tee "$work/out.txt"
grep -q 'You said: "Hello"' "$work/out.txt"

# The same with the older target framework of the library, and its older C#; it runs on whichever runtime is there.
mkdir "$work/net9"
cp "$work/app/nuget.config" "$work/app/Program.cs" "$work/net9/"
sed 's#<TargetFramework>net10.0<#<RollForward>Major</RollForward><CheckEolTargetFramework>false</CheckEolTargetFramework><TargetFramework>net9.0<#' \
  "$work/app/app.csproj" > "$work/net9/net9.csproj"
(cd "$work/net9" && dotnet build --nologo -v q > build.log 2>&1) || { cat "$work/net9/build.log"; exit 1; }
ANTHROPIC_API_KEY=sk-test OPENAI_API_KEY=sk-test ANTHROPIC_BASE_URL=$address/anthropic OPENAI_BASE_URL=$address/openai/v1 \
  dotnet "$work/net9/bin/Debug/net9.0/net9.dll" | tee "$work/out.txt"
grep -q 'You said: "Hello"' "$work/out.txt"

# A mistake is told by its own diagnostic.
sed -i 's#anthropic/claude-haiku-5-5#antropic/claude-haiku-5-5#' "$work/app/Program.cs"
if (cd "$work/app" && dotnet build --nologo -v q > build.log 2>&1); then echo "package: an unknown provider was not told"; exit 1; fi
grep -q 'RG0101' "$work/app/build.log" || { cat "$work/app/build.log"; exit 1; }
if grep -E 'error CS' "$work/app/build.log"; then echo "package: a wrong declaration broke the rest"; exit 1; fi

# The project's models.json is picked up, its mistakes are told at their lines, and it can be left out.
sed -i 's#antropic/#anthropic/#' "$work/app/Program.cs"
cat > "$work/app/models.json" <<'EOF'
{
  "class": "JsonModels",
  "groups": { "from-json": { "deployments": ["openai/gpt-6-luna"] } }
}
EOF
echo 'internal static class UsesJson { internal static object Group => app.JsonModels.FromJson; }' > "$work/app/UsesJson.cs"
(cd "$work/app" && dotnet build --nologo -v q > build.log 2>&1) || { cat "$work/app/build.log"; exit 1; }
cat > "$work/app/models.json" <<'EOF'
{
  "class": "JsonModels",
  "group": {},
  "groups": {
    "from-json": { "timeoutSeconds": "1", "deployments": ["openai/gpt-6-luna", "opnai/gpt-6-sol", { "model": "openai/gpt-6-sol", "rpm": 0 }] },
    "empty": { "fallbacks": ["from-jsn"] }
  }
}
EOF
if (cd "$work/app" && dotnet build --nologo -v q > build.log 2>&1); then echo "package: wrong JSON was not told"; exit 1; fi
for told in '(3,3): error RG0202' '(5,38): error RG0203' '(5,80): error RG0101' '(5,137): error RG0108' '(6,5): error RG0002' '(6,30): error RG0006'; do
  grep -qF "models.json$told" "$work/app/build.log" || { echo "package: lacks $told"; cat "$work/app/build.log"; exit 1; }
done
rm "$work/app/UsesJson.cs"
(cd "$work/app" && dotnet build --nologo -v q -p:RouterGenModelsJson=false > build.log 2>&1) || { cat "$work/app/build.log"; exit 1; }

# A price map changes what a call costs. A broken one is a warning, and the build goes on with the catalog.
mkdir "$work/prices"
cp "$work/app/nuget.config" "$work/prices/"
sed 's#<TreatWarningsAsErrors>true</TreatWarningsAsErrors>##; s#</Project>#<ItemGroup><AdditionalFiles Include="prices.json" RouterPrices="true" /></ItemGroup></Project>#' \
  "$work/app/app.csproj" > "$work/prices/prices.csproj"
cat > "$work/prices/Program.cs" <<'EOF'
using RouterGen;

RoutedResponse reply = await Models.Priced.CompleteAsync("Hello");
Console.WriteLine(System.FormattableString.Invariant($"cost of a token: {reply.Cost / (reply.Usage!.InputTokenCount + reply.Usage.OutputTokenCount):0.######}"));

[ModelGroup("priced")]
[Deployment("openai/gpt-6-luna")]
public static partial class Models;
EOF
cat > "$work/prices/prices.json" <<'EOF'
{ "gpt-6-luna": { "litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 0.25, "output_cost_per_token": 2.5e-01 } }
EOF
(cd "$work/prices" && dotnet build --nologo -v q > build.log 2>&1) || { cat "$work/prices/build.log"; exit 1; }
OPENAI_API_KEY=sk-test OPENAI_BASE_URL=$address/openai/v1 dotnet "$work/prices/bin/Debug/net10.0/prices.dll" | tee "$work/out.txt"
grep -q 'cost of a token: 0.25$' "$work/out.txt" || { echo "package: the price map did not price the call"; exit 1; }
echo '{ "gpt-6-luna": ' > "$work/prices/prices.json"
(cd "$work/prices" && dotnet build --nologo -v q > build.log 2>&1) || { cat "$work/prices/build.log"; exit 1; }
grep -qE 'prices\.json\([0-9,]+\): warning RG0201' "$work/prices/build.log" || { cat "$work/prices/build.log"; exit 1; }
echo "package: passed"
