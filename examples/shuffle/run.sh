#!/usr/bin/env bash
# Arranges files in other folders; no byte is moved.
cd "$(dirname "$0")"
source ../common.sh

fresh shuffle -- shuffle-fruits shuffle-colours
show put file -r shuffle-fruits@master:/ -f fruits
show put file -r shuffle-colours@master:/ -f colours
show create pipeline -f shuffle.yaml
progress shuffle
files shuffle@master
