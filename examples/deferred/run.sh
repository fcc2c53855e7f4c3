#!/usr/bin/env bash
# Lets the expensive step run when somebody says so, or on every second commit.
cd "$(dirname "$0")"
source ../common.sh

put() {
    echo "$1" | braid put file "deferred-data@master:/$1" -f - 2> /dev/null
    progress deferred-clean
}

fresh deferred-report deferred-clean -- deferred-data
show create pipeline -f clean.yaml
put one
show create branch deferred-clean@master --head dev
show create pipeline -f report.yaml
progress deferred-report
files deferred-report@master

echo "More data; nobody moves the branch that the report reads."
put two
files deferred-report@master
show create branch deferred-clean@master --head dev
progress deferred-report
files deferred-report@master

echo "From now on it moves by itself, on every second commit."
show create branch deferred-clean@master --head dev -t dev --trigger-commits 2
put three
files deferred-report@master
put four
progress deferred-report
files deferred-report@master
