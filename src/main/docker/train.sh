#!/bin/bash
# Starts the server once, without database or broker, to record which classes it loads, and writes them to an AOT cache
# (JEP 514):  train.sh CACHE JVM-ARGUMENTS…
# The cache works only with the same JDK, the same files and the same garbage collector.
set -euo pipefail
cache=$1
shift
# Any free ports.
export COMUTA_HOST=127.0.0.1 COMUTA_PORT=0 COMUTA_MANAGEMENT_HOST=127.0.0.1 COMUTA_MANAGEMENT_PORT=0 COMUTA_DB_MIGRATE=false
# Unsafe settings do no harm here.
export COMUTA_DEVELOPMENT=true
# A throwaway key: it seals nothing.
export COMUTA_SECRETS_KEY=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
# Ports without a listener.
export COMUTA_DB_URL=postgresql://127.0.0.1:1/comuta COMUTA_AMQP_URL=amqp://guest:guest@127.0.0.1:1

log=$(mktemp)
trap 'rm -f "$log"' EXIT
fail() {
    grep -v 'warning.*aot' "$log" >&2 || true
    echo "$1" >&2
    exit 1
}

java -XX:AOTCacheOutput="$cache" "$@" >"$log" 2>&1 &
server=$!
port= management=
for ((tries = 0; tries < 600; tries++)); do
    port=$(sed -n 's/.*Listening on: http:\/\/127.0.0.1:\([0-9]*\).*/\1/p' "$log")
    management=$(sed -n 's/.*Management interface listening on http:\/\/127.0.0.1:\([0-9]*\).*/\1/p' "$log")
    [[ -z $port || -z $management ]] || break
    kill -0 "$server" 2>/dev/null || fail 'The training run ended early'
    sleep 0.1
done
[[ -n $port && -n $management ]] || fail 'The training run did not come up in 60 s'

# The first requests that a new process gets.
for request in "$management/q/health/live" "$management/q/health/ready" "$management/q/metrics" "$port/webhooks/whatsapp"; do
    exec 3<>"/dev/tcp/127.0.0.1/${request%%/*}"
    printf 'GET /%s HTTP/1.0\r\n\r\n' "${request#*/}" >&3
    cat <&3 >/dev/null
    exec 3>&-
done

kill "$server"
# 143: ended by the signal that stops it.
wait "$server" || [[ $? == 143 ]] || fail 'The training run did not end well'
[[ -s $cache ]] || fail "The training run left no cache at $cache"
