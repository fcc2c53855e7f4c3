#!/usr/bin/env bash
# Takes in what is sent to a port, each line a commit, and processes only what is new.
cd "$(dirname "$0")"
source ../common.sh

# say LINE: sends it to the spout, and waits until its file is there.
say() {
    until exec 3<> /dev/tcp/127.0.0.1/31766; do
        sleep 0.1
    done 2> /dev/null
    echo "$*" >&3
    exec 3>&-
    until braid inspect file "spout-lines@master:/$1" > /dev/null 2>&1; do
        sleep 0.1
    done
    echo "$1 is there"
}

fresh spout-count spout-lines --
# The program as the server exposes it to jobs: ./braid serve --expose "$PWD/artifacts/publish/cli"
program=$(readlink -f "${BRAID:-../../artifacts/publish/cli/braid}")
sed "s|^transform:|&\n  env: { BRAID: \"$program\" }|" spout.yaml | show create pipeline -f -
show create pipeline -f count.yaml
say one two three
progress spout-count
say four five
progress spout-count
files spout-count@master
braid logs -p spout-lines | grep ^put
show delete pipeline spout-count
show delete pipeline spout-lines
