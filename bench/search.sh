#!/usr/bin/env bash
# The auditors' search with 100,000 ended cases on PostgreSQL, over HTTP; fails above 200 ms (95 of 100).
# Figures: docs/performance.md. Needs a JDK 17, a quiet machine, and nothing on the network but Maven's.
set -euo pipefail
cd "$(dirname "$0")/.."

mvn=${MVN:-./mvnw}
java=${JAVA_HOME:+$JAVA_HOME/bin/}java

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
$mvn -q -B test-compile dependency:build-classpath -Dmdep.includeScope=test -Dmdep.outputFile="$work/class-path"

"$java" -Xmx1g -cp "target/test-classes:target/classes:$(cat "$work/class-path")" org.jiefeng.audit.SearchBench "$@"
