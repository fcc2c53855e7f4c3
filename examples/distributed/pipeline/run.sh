#!/usr/bin/env bash
# Kubeflow's story: data is committed, a TFJob trains on it, its logs and its result are kept with the commit.
cd "$(dirname "$0")"
source ../../common.sh

# What each replica wrote, by its name, of which the part that names the job is another each time.
replicas() {
    braid logs -j "fit-a-line@$1" --raw | python3 -c '
import json, re, sys
for line in sys.stdin:
    said = json.loads(line)
    if said.get("user"):
        print(re.sub("-[0-9a-f]{8}-", "-JOB-", said["worker_id"]) + ":", said["message"])' | sort
}

fresh fit-a-line -- sample_input
show create pipeline -f train.yaml 2>&1
show put file sample_input@master:/points.csv -f points.csv 2> /dev/null
progress fit-a-line
show get file fit-a-line@master:/line.json
echo
replicas "$(braid list job -p fit-a-line | awk 'NR == 2 { print $3 }')"

echo "Other data trains anew, and the result before is still there."
other=$(awk -F, '{ print $1 "," 5 - 2 * $1 }' points.csv)
show put file sample_input@master:/points.csv -f - <<< "$other" 2> /dev/null
progress fit-a-line
show get file fit-a-line@master:/line.json
echo
show get file fit-a-line@master^:/line.json
echo

echo "The same data and the same job train nothing."
show put file sample_input@master:/points.csv -f - <<< "$other" 2> /dev/null
progress fit-a-line
