#!/usr/bin/env bash
# Reports by the clock: what has come since the last tick waits for the next one.
cd "$(dirname "$0")"
source ../common.sh

fresh cron-report -- cron-sales
echo 3 | show put file cron-sales@master:/monday -f - 2> /dev/null
show create pipeline -f report.yaml
progress cron-report

echo "The clock ticks on the first of January; until then, when somebody says so."
show run cron cron-report
progress cron-report
files cron-report@master

echo "More sales: no job reads them before the next tick."
echo 4 | show put file cron-sales@master:/tuesday -f - 2> /dev/null
files cron-report@master
show run cron cron-report
progress cron-report
files cron-report@master
