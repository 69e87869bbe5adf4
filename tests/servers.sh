#!/usr/bin/env bash
# Installs what tests start of servers, from Debian's packages, where it is missing: PostgreSQL, without a database that runs by itself. Needs root where something is missing.
set -euo pipefail
if ! ls -d /usr/lib/postgresql/*/bin/initdb > /dev/null 2>&1; then
  mkdir -p /etc/postgresql-common
  [ -e /etc/postgresql-common/createcluster.conf ] || echo 'create_main_cluster = false' > /etc/postgresql-common/createcluster.conf
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends -o Dpkg::Options::=--force-confold postgresql > /dev/null
fi
echo "servers: $(ls -d /usr/lib/postgresql/*/bin | tail -1)"
