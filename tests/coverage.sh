#!/usr/bin/env bash
# Prints how much of each assembly the tests have run, one line for each: coverage.sh FOLDER, where the folder has the
# Cobertura reports of "dotnet test --settings tests/coverage.runsettings --collect 'XPlat Code Coverage'". A line that any
# project of tests has run is run; of a branching line the project counts that took most of its branches.
set -euo pipefail
find "$1" -name coverage.cobertura.xml -print0 | xargs -0 --no-run-if-empty awk '
  function attribute(name) { return match($0, " " name "=\"[^\"]*\"") ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4) : "" }
  /<source>/ { gsub(/^ *<source>|<\/source> *$/, ""); root = $0 }
  /<package / { assembly = attribute("name") }
  /<class / { file = root attribute("filename") }
  /<\/methods>/ { counts = 1 } # Each line is listed twice: with its method, and with its class.
  /<\/class>/ { counts = 0 }
  counts && /<line / {
    line = assembly SUBSEP file SUBSEP attribute("number")
    if (!(line in hit)) { hit[line] = 0; lines[assembly]++ }
    if (attribute("hits") > 0 && !hit[line]) { hit[line] = 1; run[assembly]++ }
    if (split(attribute("condition-coverage"), of, /[(\/)]/) > 2) {
      if (!(line in taken)) { taken[line] = 0; branches[assembly] += of[3] }
      if (of[2] > taken[line]) { took[assembly] += of[2] - taken[line]; taken[line] = of[2] }
    }
  }
  END { for (a in lines) printf "coverage: %-20s %5.1f %% of %5d lines, %5.1f %% of %5d branches\n", a, 100 * run[a] / lines[a], lines[a], branches[a] ? 100 * took[a] / branches[a] : 100, branches[a] }
' | LC_ALL=C sort
