#!/usr/bin/env bash
# Trains with every pair of two parameters; another value trains only its own pairs.
cd "$(dirname "$0")"
source ../common.sh

fresh hyperparameters-best hyperparameters-train -- hyperparameters-data hyperparameters-rates hyperparameters-degrees
show put file -r hyperparameters-data@master:/ -f data
for rate in 0.01 0.1; do echo "$rate" | braid put file "hyperparameters-rates@master:/rate$rate" -f - 2> /dev/null; done
for degree in 1 2; do echo "$degree" | braid put file "hyperparameters-degrees@master:/degree$degree" -f - 2> /dev/null; done
show create pipeline -f train.yaml
show create pipeline -f best.yaml
progress hyperparameters-train hyperparameters-best
files hyperparameters-best@master

echo "One more degree: two pairs are new, four are as they were."
echo 3 | show put file hyperparameters-degrees@master:/degree3 -f - 2> /dev/null
progress hyperparameters-train hyperparameters-best
