#!/usr/bin/env bash
# Gathers files into datums by a part of their names.
cd "$(dirname "$0")"
source ../common.sh

fresh group-patient group-clinic -- group-results
show put file -r group-results@master:/ -f results
show create pipeline -f by-patient.yaml
show create pipeline -f by-clinic.yaml
progress group-patient group-clinic
files group-patient@master
files group-clinic@master

echo "A new result runs the two groups that it belongs to."
echo 5.3 | show put file group-results@master:/T5_patient1_clinicA -f - 2> /dev/null
progress group-patient group-clinic
files group-patient@master
