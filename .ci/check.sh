# SPDX-License-Identifier: Apache-2.0
# Sourced by each check: where things are, how a check reports, and the end of all that it started.
# A check prints "ok TEXT" or "FAILED TEXT" for each thing it looked at, and fails if one of them did.
set -euo pipefail

ci=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$ci")
# everything that a check gets, writes or logs; git ignores it
out=$root/target/ci
# another build may be checked: TOCSIN_COMMAND=/elsewhere/tocsin
tocsin=${TOCSIN_COMMAND:-$root/tocsin}
# no-plugins: an empty folder, for collectors that are to have our own detectors alone
mkdir -p "$out/bin" "$out/no-plugins"

# usage TEXT "$@": tells how to call a check to whoever asks
usage() {
    case "${2:-}" in
        "") ;;
        -h | --help) echo "usage: $1" && exit 0 ;;
        *) echo "usage: $1; \"$2\" was given" >&2 && exit 2 ;;
    esac
}

failures=0

# check TEXT COMMAND…: reports whether the command succeeds; what it says is shown only if it does not
check() {
    local text=$1 said
    shift
    if said=$("$@" 2>&1); then
        echo "ok $text"
    else
        echo "FAILED $text"
        printf '%s\n' "$said" | sed 's/^/    /'
        failures=$((failures + 1))
    fi
}

# stop TEXT: for want of something the check cannot go on
stop() {
    echo "FAILED $1"
    exit 1
}

# has TEXT PART…: every part stands in the text
has() {
    local text=$1 part
    shift
    for part in "$@"; do
        [[ $text == *"$part"* ]] || {
            printf 'expected: %s\nin: %s\n' "$part" "$text"
            return 1
        }
    done
}

# within SECONDS COMMAND…: tries twice a second until the command succeeds; what it said last is shown if it never does
within() {
    local end=$((SECONDS + $1)) said
    shift
    until said=$("$@" 2>&1); do
        if [ "$SECONDS" -ge "$end" ]; then
            printf '%s\n' "$said"
            return 1
        fi
        sleep 0.5
    done
}

started=()
folders=()

end_all() {
    local pid folder
    for pid in "${started[@]+"${started[@]}"}"; do
        kill "$pid" 2> /dev/null || continue
        for _ in $(seq 50); do
            kill -0 "$pid" 2> /dev/null || break
            sleep 0.2
        done
        kill -KILL "$pid" 2> /dev/null || true
    done
    for folder in "${folders[@]+"${folders[@]}"}"; do
        rm -rf "$folder"
    done
}
trap end_all EXIT
trap 'exit 143' TERM
trap 'exit 130' INT

# serve NAME [options]: starts a collector on free ports, its data in memory, and waits until it is ready; sets grpc and http to its addresses
serve() {
    local log=$out/$1.log pid
    shift
    "$tocsin" serve --in-memory --grpc-port 0 --http-port 0 "$@" > "$log" 2>&1 &
    pid=$!
    started+=("$pid")
    for _ in $(seq 240); do
        if grep -q '^tocsin ready ' "$log"; then
            grpc=$(sed -n 's/^tocsin ready grpc=\([^ ]*\) .*/\1/p' "$log")
            http=$(sed -n 's/^tocsin ready .* http=\([^ ]*\)$/\1/p' "$log")
            echo "collector on grpc=$grpc http=$http"
            return
        fi
        kill -0 "$pid" 2> /dev/null || { sed 's/^/    /' "$log" && stop "the collector ended before it was ready"; }
        sleep 0.5
    done
    sed 's/^/    /' "$log"
    stop "the collector did not say \"tocsin ready\" within 120 s"
}

free_port() {
    python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# report: the last line of each check
report() {
    [ "$failures" = 0 ]
}
