#!/usr/bin/env bash
# Serves the newest model, to programs of this machine and to other pipelines.
cd "$(dirname "$0")"
source ../common.sh

# answers X Y: waits until the service says Y of X.
answers() {
    until [[ $(curl -s "http://127.0.0.1:31765/$1") == "$2" ]]; do
        sleep 0.1
    done
    echo "the service says $2 of $1"
}

fresh service-ask service-serve service-train -- service-points service-questions
echo "2 4" | show put file service-points@master:/a -f - 2> /dev/null
show create pipeline -f train.yaml
progress service-train
show create pipeline -f serve.yaml
answers 3 6

echo "Another pipeline asks it."
echo 5 | show put file service-questions@master:/five -f - 2> /dev/null
show create pipeline -f ask.yaml
progress service-ask
files service-ask@master

echo "More points make another model, which takes the place of the first."
echo "1 7" | show put file service-points@master:/b -f - 2> /dev/null
answers 3 9
show delete pipeline service-serve
