#!/usr/bin/env bash
# Kills the running application (kill -9) under load again and again, and counts at the end what was kept: every
# acknowledged notice must be there once, every submission must be at the carrier once. Figures: docs/reliability.md.
#
#   bench/kill.sh [kills on PostgreSQL] [kills on H2]    50 and 20 unless told; needs a JDK 17, and nothing on the
#                                                        network but Maven's; fails when anything is lost or doubled
set -euo pipefail
cd "$(dirname "$0")/.."

on_postgres=${1:-50}
on_h2=${2:-20}
mvn=${MVN:-./mvnw}
java=${JAVA_HOME:+$JAVA_HOME/bin/}java

work=$(mktemp -d)
$mvn -q -B test-compile dependency:build-classpath -Dmdep.includeScope=test -Dmdep.outputFile="$work/class-path"

# Apart from target, so that a build in between does not change the program under trial.
cp -r target/classes target/test-classes "$work"
class_path=$work/test-classes:$work/classes:$(cat "$work/class-path")

result=0
campaign() { # h2|postgres kills
  if [ "$2" -gt 0 ]; then
    "$java" -cp "$class_path" org.jiefeng.app.KillCampaign "$1" "$2" "$work/$1" || result=1
  fi
}
campaign postgres "$on_postgres"
campaign h2 "$on_h2"

if [ "$result" = 0 ]; then rm -rf "$work"; else echo "Logs of every start, and the H2 file: $work"; fi
exit "$result"
