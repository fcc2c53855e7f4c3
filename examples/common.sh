# What the scripts of the examples have in common. Sourced by them.
# shellcheck shell=bash
set -euo pipefail
export NO_COLOR=1

# The program: the checkout's own, or the one that BRAID names.
braid() {
    "${BRAID:-$(dirname "${BASH_SOURCE[0]}")/../braid}" "$@"
}

# Prints a command and runs it.
show() {
    printf '$ braid %s\n' "$*"
    braid "$@"
}

# fresh PIPELINE... -- REPO...: removes what an earlier run left, and makes the repos.
fresh() {
    while [[ $1 != -- ]]; do
        braid delete pipeline "$1" -f 2> /dev/null || true
        shift
    done
    for repo in "${@:2}"; do
        braid delete repo "$repo" -f 2> /dev/null || true
        braid create repo "$repo"
    done
}

# progress PIPELINE...: waits for the newest job of each and prints its datums: processed + skipped (+ recovered) / all.
progress() {
    local pipeline job
    for pipeline in "$@"; do
        job=$(braid list job -p "$pipeline" | awk 'NR == 2 { print $3 }')
        braid wait job "$pipeline@$job" | awk -v pipeline="$pipeline" 'NR == 2 {
            match($0, /[0-9]+ \+ [0-9 +]*\/ [0-9]+/)
            state = substr($0, RSTART + RLENGTH)
            sub(/^ +[^ ]+ +[^ ]+ +/, "", state); sub(/[: ].*/, "", state)
            print pipeline ": " substr($0, RSTART, RLENGTH) " " state
        }'
    done
}

# files REPO@BRANCH: every file with its content.
files() {
    local path
    braid glob file "$1:/**" | awk -F '\t' 'NR > 1 && $2 !~ /\/$/ { print $2 }' | while read -r path; do
        printf '%s: %s\n' "$path" "$(braid get file "$1:$path" | paste -sd ' ')"
    done
}
