#!/usr/bin/env bash
# How long Jiefeng takes to start, against a bare Camunda web application of the same versions, and how much it keeps
# in memory. Fails when a bound of docs/performance.md is broken.
#
#   bench/startup.sh [rounds]        5 rounds unless told; needs a JDK 17, curl, and nothing on the network but Maven's
set -euo pipefail
cd "$(dirname "$0")/.."

rounds=${1:-5}
max_ratio=1.5
max_heap_mb=150
mvn=${MVN:-./mvnw}
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
jcmd=${JAVA_HOME:+$JAVA_HOME/bin/}jcmd

work=$(mktemp -d)
pid=
stop() {
  if [ -n "$pid" ] && kill "$pid" 2>/dev/null; then wait "$pid" 2>/dev/null || true; fi
  pid=
}
trap 'stop; rm -rf "$work"' EXIT

if [ -z "${JIEFENG_JAR:-}" ]; then $mvn -q -B package -DskipTests; fi
if [ -z "${BARE_JAR:-}" ]; then $mvn -q -B -f bench/bare-camunda/pom.xml package; fi
ours_jar=$(realpath "${JIEFENG_JAR:-$(ls target/jiefeng-*.jar)}")
bare_jar=$(realpath "${BARE_JAR:-$(ls bench/bare-camunda/target/bare-camunda-*.jar)}")

free_port() {
  local port
  while :; do
    port=$((20000 + RANDOM % 20000))
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
  done
}

# Each has its own database, and ours its demo profile: what a developer or an evaluator starts.
start() { # ours|bare -> $pid, and until the first page is served: $elapsed and $processor, in milliseconds
  local jar path port began
  case $1 in
    ours) jar=$ours_jar path=/login ;;
    bare) jar=$bare_jar path=/camunda/app/welcome/default/ ;;
  esac
  port=$(free_port)
  mkdir -p "$work/$1"
  began=$(date +%s%N)
  (cd "$work/$1" && exec "$java" -jar "$jar" \
      --server.address=127.0.0.1 --server.port="$port" \
      "--spring.datasource.url=jdbc:h2:file:./data/camunda;WRITE_DELAY=0") >"$work/$1.log" 2>&1 &
  pid=$!
  until [ "$(curl -s -o /dev/null -w '%{http_code}' "http://127.0.0.1:$port$path")" = 200 ]; do
    kill -0 "$pid" 2>/dev/null || { cat "$work/$1.log"; echo "$1 did not start"; exit 1; }
    sleep 0.02
  done
  elapsed=$((($(date +%s%N) - began) / 1000000))
  # User and system time in ticks; unlike the clock it hardly depends on what else the machine does.
  processor=$(awk -v hz="$(getconf CLK_TCK)" '{ printf "%d", ($14 + $15) * 1000 / hz }' "/proc/$pid/stat")
}

for app in ours bare; do
  start "$app"
  echo "$app: first start, with an empty database: $elapsed ms"
  # The first page is served before the demo data are all there; killed now, they would be made again every time.
  sleep "${SETTLE:-30}"
  stop
done

# In turn, so that whatever else the machine does hits both alike.
for ((round = 1; round <= rounds; round++)); do
  for app in ours bare; do
    start "$app"
    echo "$elapsed" >>"$work/$app.ms"
    echo "$processor" >>"$work/$app-processor.ms"
    echo "round $round: $app $elapsed ms, processor time $processor ms"
    if [ "$app" = ours ] && [ "$round" = "$rounds" ]; then
      "$jcmd" "$pid" GC.run >/dev/null
      # The second collection takes what the first only made unreachable (cleaners, soft caches of start-up).
      "$jcmd" "$pid" GC.run >/dev/null
      heap_kb=$("$jcmd" "$pid" GC.heap_info | sed -n 's/.*heap .*used \([0-9]*\)K.*/\1/p' | head -1)
    fi
    stop
  done
done

median() { sort -n "$work/$1.ms" | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : int((v[NR / 2] + v[NR / 2 + 1]) / 2) }'; }
line() { printf '%-15s median %6d ms   min %6d   max %6d\n' "$1" "$(median "$1")" "$(sort -n "$work/$1.ms" | head -1)" "$(sort -n "$work/$1.ms" | tail -1)"; }

for series in ours bare ours-processor bare-processor; do line "$series"; done
ratio=$(awk -v a="$(median ours)" -v b="$(median bare)" 'BEGIN { printf "%.3f", a / b }')
processor_ratio=$(awk -v a="$(median ours-processor)" -v b="$(median bare-processor)" 'BEGIN { printf "%.3f", a / b }')
heap_mb=$((heap_kb / 1024))
echo "ratio of medians $ratio (at most $max_ratio); of processor time $processor_ratio"
echo "live heap after a full collection $heap_mb MB (below $max_heap_mb)"
awk -v r="$ratio" -v m="$max_ratio" 'BEGIN { exit !(r <= m) }' && [ "$heap_mb" -lt "$max_heap_mb" ]
