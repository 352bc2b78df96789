#!/usr/bin/env bash
# The call check and the taking in of calls with a million calls on PostgreSQL, each beside plain JDBC.
# Figures: docs/performance.md. One part of it: checks, http or reports as argument. Needs a JDK 17, a quiet machine, and nothing on the network but Maven's.
set -euo pipefail
cd "$(dirname "$0")/.."

mvn=${MVN:-./mvnw}
java=${JAVA_HOME:+$JAVA_HOME/bin/}java

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
$mvn -q -B test-compile dependency:build-classpath -Dmdep.includeScope=test -Dmdep.outputFile="$work/class-path"

"$java" -Xmx1g -cp "target/test-classes:target/classes:$(cat "$work/class-path")" org.jiefeng.calling.CallBench "$@"
