#!/usr/bin/env bash
# Publishes the contenders, and measures them side by side: benchmarks/Gateway/run.sh [--rounds N] [--seconds S] [--connections 1,16,64] [--only TEXT] [--idle N].
# The minimal application and the gateway are published with Native AOT (linux-x64). Portkey takes part where npm is there and has it.
# CONTENDERS=FOLDER keeps what was published, and uses what is there.
set -euo pipefail
cd "$(dirname "$0")"
folder=${CONTENDERS:-$(mktemp -d)}
[ -n "${CONTENDERS:-}" ] || trap 'rm -rf "$folder"' EXIT
mkdir -p "$folder"

publish() { # folder, program, project, further arguments
  [ -e "$folder/$1/$2" ] || dotnet publish "$3" -c Release -o "$folder/$1" --nologo -v q "${@:4}" > "$folder/publish.log" 2>&1 || { cat "$folder/publish.log"; exit 1; }
}
publish minimal minimal Minimal -r linux-x64
publish yarp yarp Yarp
publish gateway gateway ../../samples/Gateway -r linux-x64
publish bench RouterGen.Benchmarks.Gateway Bench

contenders=(--minimal "$folder/minimal/minimal" --gateway "$folder/gateway/gateway" --yarp "$folder/yarp/yarp")
portkey=$folder/portkey/node_modules/@portkey-ai/gateway
if [ -d "$portkey" ] || { command -v npm > /dev/null && npm install --prefix "$folder/portkey" --no-audit --no-fund --ignore-scripts --loglevel=error @portkey-ai/gateway@1.15.2; }; then
  printf '#!/bin/sh\nexec node %s/build/start-server.js "$@"\n' "$portkey" > "$folder/portkey/portkey"
  chmod +x "$folder/portkey/portkey"
  contenders+=(--portkey "$folder/portkey/portkey")
fi
"$folder/bench/RouterGen.Benchmarks.Gateway" "${contenders[@]}" "$@"
