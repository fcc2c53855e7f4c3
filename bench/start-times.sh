#!/usr/bin/env bash
# Mean wall time of starting the program: the process alone, and through ./braid with its check for newer sources.
set -euo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
runs=50

measure() {
    local from=$EPOCHREALTIME to i
    for ((i = 0; i < runs; i++)); do
        "$@" > /dev/null
    done
    to=$EPOCHREALTIME
    awk -v from="$from" -v to="$to" -v runs=$runs -v what="$*" 'BEGIN { printf "%6.1f ms  %s\n", (to - from) * 1000 / runs, what }'
}

measure "$root/artifacts/publish/cli/braid" version --client-only
measure "$root/braid" version --client-only
