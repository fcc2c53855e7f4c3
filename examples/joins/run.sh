#!/usr/bin/env bash
# Brings files of two repos together by a part of their names.
cd "$(dirname "$0")"
source ../common.sh

fresh joins-inner joins-outer -- joins-stores joins-purchases
show put file -r joins-stores@master:/ -f stores
show put file -r joins-purchases@master:/ -f purchases
show create pipeline -f inner.yaml
progress joins-inner
files joins-inner@master

echo "An outer join has a datum for the store without purchases, too."
show create pipeline -f outer.yaml
progress joins-outer
files joins-outer@master
