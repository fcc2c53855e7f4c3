#!/usr/bin/env bash
# A command that looks at what failed: what it accepts is recovered and does not fail the job.
cd "$(dirname "$0")"
source ../common.sh

fresh errcmd-after errcmd -- errcmd-numbers
show create pipeline -f errcmd.yaml
show create pipeline -f after.yaml
echo 1 | show put file errcmd-numbers@master:/one -f - 2> /dev/null
progress errcmd errcmd-after
echo two | show put file errcmd-numbers@master:/two -f - 2> /dev/null
progress errcmd errcmd-after
echo '???' | show put file errcmd-numbers@master:/three -f - 2> /dev/null
progress errcmd errcmd-after
files errcmd-after@master^
echo 3 | show put file errcmd-numbers@master:/three -f - 2> /dev/null
progress errcmd errcmd-after
files errcmd-after@master
