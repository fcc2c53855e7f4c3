#!/usr/bin/env bash
# Pachyderm's first example with Debian's netpbm: edges of pictures, and a sheet of both. One put, two jobs, one ID.
cd "$(dirname "$0")"
source ../common.sh

fresh montage edges -- images
show create pipeline -f edges.yaml
show create pipeline -f montage.yaml
show put file images@master:/circle.png -f images/circle.png
progress edges montage
show put file -r images@master:/ -f images
progress edges montage
braid glob file "edges@master:/*" | awk -F '\t' 'NR > 1 { print $NF }'
sheet=$(mktemp)
trap 'rm -f "$sheet" "$sheet.pnm"' EXIT
braid get file montage@master:/montage.png > "$sheet"
pngtopam "$sheet" > "$sheet.pnm" && pamfile < "$sheet.pnm"

echo "Reprocessing makes the same edges again, so that the sheet is as it was."
show update pipeline -f edges.yaml --reprocess
progress edges montage
show draw pipeline montage --edge-height 1
