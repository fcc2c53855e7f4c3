#!/usr/bin/env bash
# Counts words in two steps; a changed page counts only its own words again.
cd "$(dirname "$0")"
source ../common.sh

fresh wordcount-reduce wordcount-map -- wordcount-pages
show put file -r wordcount-pages@master:/ -f pages
show create pipeline -f map.yaml
show create pipeline -f reduce.yaml
progress wordcount-map wordcount-reduce
show get file wordcount-reduce@master:/boat

echo "One page changes: it is mapped again, and the words that it gained or lost are added up again."
echo "the boat wants the river and the river wants the lake" | show put file wordcount-pages@master:/boats -f - 2> /dev/null
progress wordcount-map wordcount-reduce
show get file wordcount-reduce@master:/lake
