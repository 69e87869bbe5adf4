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
grep -vE 'ToolResults|WeatherTools' samples/AotConsole/Program.cs > "$work/app/Program.cs" # which another test runs
(cd "$work/app" && dotnet build --nologo -v q > build.log 2>&1) || { cat "$work/app/build.log"; exit 1; }

# What a restore unpacked is what a user gets.
for file in lib/net10.0/RouterGen.dll lib/net9.0/RouterGen.dll lib/net10.0/RouterGen.xml buildTransitive/net9.0/RouterGen.targets buildTransitive/net10.0/RouterGen.targets schema/models.schema.json README.md icon.png \
            analyzers/dotnet/cs/RouterGen.Declarations.dll analyzers/dotnet/cs/RouterGen.Generator.dll analyzers/dotnet/cs/RouterGen.Analyzers.dll analyzers/dotnet/cs/RouterGen.CodeFixes.dll; do
  ls "$work"/packages/routergen/*/"$file" > /dev/null || { echo "package: lacks $file"; exit 1; }
done

# The links of its page lead somewhere from there, and its symbols to the sources, where the clone has a remote that is known.
if grep -nE '\]\((docs/|[A-Z]+\.md)' "$work"/packages/routergen/*/README.md; then echo "package: its page has links that lead nowhere"; exit 1; fi
grep -q '](https://github.com/.*/docs/routing.md)' "$work"/packages/routergen/*/README.md || { echo "package: its page lacks its links"; exit 1; }
mkdir "$work/symbols"
unzip -q "$work"/feed/RouterGen.*.snupkg -d "$work/symbols"
for file in lib/net10.0/RouterGen.pdb lib/net9.0/RouterGen.pdb; do [ -f "$work/symbols/$file" ] || { echo "package: lacks the symbols $file"; exit 1; }; done
if git remote get-url origin 2>/dev/null | grep -q github.com; then
  grep -qa raw.githubusercontent.com "$work/symbols/lib/net10.0/RouterGen.pdb" || { echo "package: its symbols lead to no sources"; exit 1; }
fi

# A project of another framework is told so, and not that names do not exist.
for framework in net8.0 netstandard2.0 net48; do
  mkdir "$work/$framework"
  cp "$work/app/nuget.config" "$work/$framework/"
  sed "s#<TargetFramework>net10.0<#<CheckEolTargetFramework>false</CheckEolTargetFramework><TargetFramework>$framework<#; s#<OutputType>Exe</OutputType>##" "$work/app/app.csproj" > "$work/$framework/old.csproj"
  if (cd "$work/$framework" && dotnet restore --nologo > restore.log 2>&1); then echo "package: restores for $framework"; exit 1; fi
  grep -q NU1202 "$work/$framework/restore.log" || { cat "$work/$framework/restore.log"; exit 1; }
done

dotnet build samples/FakeProviders -c Release -v q --nologo > "$work/build.log" 2>&1 || { cat "$work/build.log"; exit 1; }
dotnet samples/FakeProviders/bin/Release/net10.0/FakeProviders.dll --port 0 > "$work/server.log" &
server=$!
for _ in $(seq 100); do grep -q listening "$work/server.log" && break; sleep 0.1; done
address=$(sed -n 's/^listening on //p' "$work/server.log")
ANTHROPIC_API_KEY=sk-test OPENAI_API_KEY=sk-test ANTHROPIC_BASE_URL=$address/anthropic OPENAI_BASE_URL=$address/openai/v1 \
  dotnet "$work/app/bin/Debug/net10.0/app.dll" | tee "$work/out.txt"
grep -q 'You said: "Hello"' "$work/out.txt"

# A package with credentials: its reference is enough for a deployment without a key.
dotnet pack src/Router.Google -c Release -o "$work/feed" --nologo -v q > "$work/pack.log" 2>&1 || { cat "$work/pack.log"; exit 1; }
mkdir "$work/google"
cp "$work/app/nuget.config" "$work/google/"
sed 's#<PackageReference Include="RouterGen" Version="\*" />#&<PackageReference Include="RouterGen.Google" Version="*" />#' "$work/app/app.csproj" > "$work/google/google.csproj"
cat > "$work/google/Program.cs" <<'EOF'
using RouterGen;

Console.WriteLine((await Models.Claude.CompleteAsync("Hello")).Text);

[ModelGroup("claude")]
[Deployment("vertex_ai/claude-haiku-5-5", EndpointEnv = "VERTEX_URL")]
public static partial class Models;
EOF
(cd "$work/google" && dotnet build --nologo -v q > build.log 2>&1) || { cat "$work/google/build.log"; exit 1; }
CLOUDSDK_CONFIG=$work GCE_METADATA_HOST=${address#http://} VERTEX_URL=$address/vertex/v1/projects/p/locations/global dotnet "$work/google/bin/Debug/net10.0/google.dll" | tee "$work/out.txt"
grep -q 'You said: "Hello"' "$work/out.txt"

dotnet pack src/Router.Azure -c Release -o "$work/feed" --nologo -v q > "$work/pack.log" 2>&1 || { cat "$work/pack.log"; exit 1; }
mkdir "$work/azure"
cp "$work/app/nuget.config" "$work/azure/"
sed 's#<PackageReference Include="RouterGen" Version="\*" />#&<PackageReference Include="RouterGen.Azure" Version="*" />#' "$work/app/app.csproj" > "$work/azure/azure.csproj"
cat > "$work/azure/Program.cs" <<'EOF2'
using RouterGen;

var models = new Models(new RouterOptions { Credentials = { ["azure"] = AzureCredentials.ManagedIdentity() } });
Console.WriteLine(models.Gpt.Status[0].Name);

[ModelGroup("gpt")]
[Deployment("azure/my-gpt", BaseModel = "gpt-6-luna", Resource = "r", ApiKeyEnv = "")]
public sealed partial class Models;
EOF2
(cd "$work/azure" && dotnet build --nologo -v q > build.log 2>&1) || { cat "$work/azure/build.log"; exit 1; }
dotnet "$work/azure/bin/Debug/net10.0/azure.dll" | grep -q azure/my-gpt || { echo "package: no deployment with credentials"; exit 1; }

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

# A models.json of another program, in a project that the package comes to through a library, is left alone.
mkdir "$work/lib" "$work/other"
cp "$work/app/nuget.config" "$work/lib/"
cp "$work/app/nuget.config" "$work/other/"
sed 's#<OutputType>Exe</OutputType>##' "$work/app/app.csproj" > "$work/lib/lib.csproj"
echo 'namespace Lib; [RouterGen.ModelGroup("lib"), RouterGen.Deployment("openai/gpt-6-luna")] public static partial class Models;' > "$work/lib/Models.cs"
sed 's#<OutputType>Exe</OutputType>##; s#<PackageReference.*/>#<ProjectReference Include="../lib/lib.csproj" />#' "$work/app/app.csproj" > "$work/other/other.csproj"
echo 'namespace Other; public class Models { public object Of => Lib.Models.Lib; }' > "$work/other/Other.cs"
echo '{ "models": [{ "id": "resnet50", "path": "weights/resnet50.onnx" }], "version": 3 }' > "$work/other/models.json"
(cd "$work/other" && dotnet build --nologo -v q > build.log 2>&1) || { cat "$work/other/build.log"; exit 1; }

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
# The package with credentials is used by a reference alone.
dotnet pack src/Router.Aws -c Release -o "$work/feed" --nologo -v q > "$work/pack.log" 2>&1 || { cat "$work/pack.log"; exit 1; }
mkdir "$work/aws"
cp "$work/app/nuget.config" "$work/aws/"
sed 's#<OutputType>Exe</OutputType>##; s#</ItemGroup></Project>##; s#<PackageReference Include="RouterGen" Version="\*" />#& <PackageReference Include="RouterGen.Aws" Version="*" />#; s#<Nullable>#<EmitCompilerGeneratedFiles>true</EmitCompilerGeneratedFiles><Nullable>#' "$work/app/app.csproj" > "$work/aws/aws.csproj"
echo '[RouterGen.ModelGroup("claude"), RouterGen.Deployment("bedrock/us.anthropic.claude-haiku-5-5", ApiKeyEnv = "")] public static partial class Models;' > "$work/aws/Models.cs"
(cd "$work/aws" && dotnet build --nologo -v q > build.log 2>&1) || { cat "$work/aws/build.log"; exit 1; }
grep -rqF 'RouterGen.AwsCredentials.Default' "$work/aws/obj" || { echo "package: RouterGen.Aws is not used"; exit 1; }
for file in lib/net10.0/RouterGen.Aws.dll lib/net9.0/RouterGen.Aws.dll lib/net10.0/RouterGen.Aws.xml README.md icon.png; do
  ls "$work"/packages/routergen.aws/*/"$file" > /dev/null || { echo "package: lacks $file"; exit 1; }
done
# Groups that are read while a program runs: one reference, and what the compiler knows of declarations and dialects is in the package.
for project in Router.Azure Router.Aws Router.Google Router.Dynamic; do
  dotnet pack src/$project -c Release -o "$work/feed" --nologo -v q > "$work/pack.log" 2>&1 || { cat "$work/pack.log"; exit 1; }
done
mkdir "$work/dynamic"
cp "$work/app/nuget.config" "$work/dynamic/"
sed 's#<PackageReference Include="RouterGen" Version="\*" />#<PackageReference Include="RouterGen.Dynamic" Version="*" />#' "$work/app/app.csproj" > "$work/dynamic/dynamic.csproj"
cat > "$work/dynamic/Program.cs" <<'EOF3'
using RouterGen;

using RouterModels models = RouterModels.Load(args[0]);
Console.WriteLine((await ((ChatGroup)models.Find("fast")!).CompleteAsync("Hello")).Text);
EOF3
echo '{ "groups": { "fast": { "deployments": ["anthropic/claude-haiku-5-5"] } } }' > "$work/dynamic/groups.json"
(cd "$work/dynamic" && dotnet build --nologo -v q > build.log 2>&1) || { cat "$work/dynamic/build.log"; exit 1; }
ANTHROPIC_API_KEY=sk-test ANTHROPIC_BASE_URL=$address/anthropic dotnet "$work/dynamic/bin/Debug/net10.0/dynamic.dll" "$work/dynamic/groups.json" | tee "$work/out.txt"
grep -q 'You said: "Hello"' "$work/out.txt"
for file in lib/net10.0/RouterGen.Dynamic.dll lib/net10.0/RouterGen.Codecs.dll lib/net10.0/RouterGen.Declarations.dll lib/net10.0/RouterGen.Dynamic.xml README.md icon.png; do
  ls "$work"/packages/routergen.dynamic/*/"$file" > /dev/null || { echo "package: lacks $file"; exit 1; }
done
if grep -E 'id="RouterGen\.(Codecs|Declarations)"' "$work"/packages/routergen.dynamic/*/routergen.dynamic.nuspec; then echo "package: depends on what is no package"; exit 1; fi
for id in RouterGen RouterGen.Azure RouterGen.Aws RouterGen.Google; do
  grep -q "<dependency id=\"$id\"" "$work"/packages/routergen.dynamic/*/routergen.dynamic.nuspec || { echo "package: RouterGen.Dynamic does not depend on $id"; exit 1; }
done
# The tool installs and runs.
dotnet pack src/Router.Tool -c Release -o "$work/feed" --nologo -v q > "$work/pack.log" 2>&1 || { cat "$work/pack.log"; exit 1; }
mkdir "$work/tool"
cp "$work/app/nuget.config" "$work/tool/"
(cd "$work/tool" && dotnet tool install RouterGen.Tool --tool-path bin --configfile nuget.config > install.log 2>&1) || { cat "$work/tool/install.log"; exit 1; }
printf 'model_list:\n  - model_name: fast\n    litellm_params: {model: openai/gpt-6-luna, rpm: 1000}\n' > "$work/tool/config.yaml"
export DOTNET_ROOT=${DOTNET_ROOT:-$(dirname "$(readlink -f "$(command -v dotnet)")")}
(cd "$work/tool" && bin/routergen --version && bin/routergen import config.yaml && bin/routergen check && bin/routergen lab --minutes 1) | tee "$work/out.txt"
grep -q '"rpm": 1000' "$work/tool/models.json" || { echo "package: the tool did not import"; exit 1; }
echo "package: passed"
