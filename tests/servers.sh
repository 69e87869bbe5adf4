#!/usr/bin/env bash
# Installs what tests start of servers, where it is missing: PostgreSQL (without a database that runs by itself) and Redis, which are Debian's packages and need root, and Garnet, which is a .NET tool.
set -euo pipefail
missing=()
if ! ls -d /usr/lib/postgresql/*/bin/initdb > /dev/null 2>&1; then
  mkdir -p /etc/postgresql-common
  [ -e /etc/postgresql-common/createcluster.conf ] || echo 'create_main_cluster = false' > /etc/postgresql-common/createcluster.conf
  missing+=(postgresql)
fi
command -v redis-server > /dev/null || missing+=(redis-server)
if [ ${#missing[@]} -gt 0 ]; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends -o Dpkg::Options::=--force-confold "${missing[@]}" > /dev/null
fi
[ -x "$HOME/.dotnet/tools/garnet-server" ] || dotnet tool install --global garnet-server --version 2.2.8 > /dev/null
echo "servers: $(ls -d /usr/lib/postgresql/*/bin | tail -1), $(command -v redis-server), $HOME/.dotnet/tools/garnet-server"
