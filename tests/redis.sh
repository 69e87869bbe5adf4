#!/usr/bin/env bash
# Installs the servers of the Redis protocol that tests start, where they are missing: Debian's redis-server, which needs root, and Garnet, a .NET tool. Nothing runs by itself.
set -euo pipefail
if ! command -v redis-server valkey-server > /dev/null; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends redis-server > /dev/null
fi
[ -x "$HOME/.dotnet/tools/garnet-server" ] || dotnet tool install --global garnet-server --version 2.2.8 > /dev/null
echo "servers: $(redis-server --version | cut -d' ' -f1-3), Garnet $(dotnet tool list --global | awk '$1 == "garnet-server" { print $2 }')"
