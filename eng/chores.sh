# The chores of ./build. Sourced by it, after publish.sh.
# shellcheck shell=bash

# What the tests need beyond the SDK and Node: Debian's package, and a file that shows it is there.
debian_packages=(
    "postgresql /usr/lib/postgresql/*/bin/initdb"
    "bubblewrap /usr/bin/bwrap"
    "libzstd1 /usr/lib/*/libzstd.so.1"
    "python3-grpcio /usr/lib/python3/dist-packages/grpc/__init__.py"
    "python3-protobuf /usr/lib/python3/dist-packages/google/protobuf/__init__.py"
    "python3-boto3 /usr/lib/python3/dist-packages/boto3/__init__.py"
    "awscli /usr/bin/aws"
    "curl /usr/bin/curl"
    "s3cmd /usr/bin/s3cmd"
    "rclone /usr/bin/rclone"
    "util-linux /usr/bin/setpriv"
    "netpbm /usr/bin/pamedge"
    "jq /usr/bin/jq"
    "jsonnet /usr/bin/jsonnet"
    "chromium /usr/bin/chromium"
)

chore_help() {
    cat << 'END'
Usage: ./build CHORE

  test       every test: installs what they need, checks the format, builds with warnings as errors, runs all of them
  test --containers     also the tests of containers, with a Docker of their own (two minutes more)
  test --real-clients   only tests/RealClients, where the clients are installed (BRAID_CLEARML_PYTHON, BRAID_MLFLOW_PYTHON)
  unit       the unit tests alone (no whole server, no real clients)
  build      compiles the solution
  publish    makes the programs that ./braid starts, when they are older than their sources
  format     formats every source file
  bench      start-up times and micro benchmarks (./build bench FILTER runs only those that match)
  load-pipelines  what jobs cost (./build load-pipelines start changed million chain --scale 0.1)
  load       whole-server figures beside other programs (./build load --only small-files --scale 0.1)
  golden     runs the golden-file tests and rewrites the files: look at the difference before you commit it
  clean      removes everything that was built
END
}

chore_test() {
    if [[ ${1:-} == --real-clients ]]; then
        chore_real_clients
        return
    fi
    local passed=0 failed=0 skipped=0
    require_sdk
    install_packages
    dotnet tool restore > /dev/null
    check_format || failed=1
    ensure_web
    if compile; then
        # Programs that live for seconds never get back what counting for this costs: a quarter of their processor time.
        export DOTNET_TieredPGO=0
        start_postgres
        [[ ${1:-} == --containers ]] && start_docker
        run_tests
        test_web
    else
        failed=$((failed + 1))
    fi
    close
}

# The programs under tests/RealClients, with the stock clients they are for, against a server of this build.
# BRAID_CLEARML_PYTHON is the PYTHONPATH of the clearml SDK; BRAID_MLFLOW_PYTHON is one PYTHONPATH per version of MLflow's
# client, separated by blanks: each runs all programs.
chore_real_clients() {
    local passed=0 failed=0 skipped=0 folder server lines line
    read -ra lines <<< "${BRAID_MLFLOW_PYTHON:-}"
    [[ -n ${BRAID_CLEARML_PYTHON:-} ]] ||
        skip_clients "tests/RealClients/clearml needs the clearml SDK: set BRAID_CLEARML_PYTHON to its PYTHONPATH"
    [[ ${#lines[@]} -gt 0 ]] ||
        skip_clients "tests/RealClients/mlflow needs MLflow's client: set BRAID_MLFLOW_PYTHON to its PYTHONPATH (several: with blanks between)"
    if [[ $skipped == 2 ]]; then
        close
        return
    fi
    ensure server
    ensure cli
    folder=$(mktemp -d /tmp/braid-real-XXXXXX)
    mkdir "$folder/exposed" "$folder/tmp"
    artifacts/publish/server/braid-server serve --data "$folder/data" --auth --pachyderm-port 0 --clearml-port 0 \
        --files-port 0 --mlflow-port 0 --s3-port 0 --web-port 0 \
        --expose "${BRAID_CLEARML_PYTHON:+$BRAID_CLEARML_PYTHON:}$folder/exposed" > "$folder/doors" &
    server=$!
    # The folder and the process are known now.
    # shellcheck disable=SC2064
    trap "kill $server; rm -rf $folder" EXIT
    timeout 30 bash -c "until grep -q ready $folder/doors; do sleep 0.1; done" || die "the server did not start"
    eval "$(artifacts/publish/cli/braid env --data "$folder/data")"
    if [[ -n ${BRAID_CLEARML_PYTHON:-} ]]; then
        CLEARML_CONFIG_FILE=$PWD/tests/RealClients/clearml/clearml.conf CLEARML_CACHE_DIR=$folder/cache \
            BRAID_EXPOSED=$folder/exposed run_clients clearml "$BRAID_CLEARML_PYTHON"
    fi
    for line in "${lines[@]}"; do
        GIT_PYTHON_REFRESH=quiet PYTHONWARNINGS=ignore run_clients mlflow "$line"
    done
    close
}

skip_clients() {
    echo "$1" >&2
    skipped=$((skipped + 1))
}

# Every program of a folder of tests/RealClients, with this PYTHONPATH.
run_clients() {
    local program
    for program in "tests/RealClients/$1"/*.py; do
        if PYTHONPATH=$2 TMPDIR=$folder/tmp PATH=$PWD/artifacts/publish/cli:$PATH timeout 300 /usr/bin/python3 "$program"; then
            passed=$((passed + 1))
        else
            echo "failed: $program with $2" >&2
            failed=$((failed + 1))
        fi
    done
}

chore_unit() {
    local passed=0 failed=0 skipped=0
    require_sdk
    install_packages
    compile || die "the solution does not compile"
    start_postgres
    local status=0
    test_parts || status=$?
    count_results artifacts/test.log $status
    close
}

chore_build() {
    require_sdk
    compile
}

chore_publish() {
    ensure cli
    ensure server
    ensure scoring
    ensure digits
}

chore_format() {
    require_sdk
    dotnet tool restore > /dev/null
    dotnet csharpier format .
}

chore_bench() {
    require_sdk
    ensure cli
    bench/start-times.sh
    local project
    for project in bench/*.Benchmarks/*.csproj; do
        [[ -e $project ]] || continue
        dotnet run -c Release --project "$project" -- --filter "${1:-*}"
    done
}

# Whole-server figures beside other programs; restic, borg and git take part as far as they are installed.
chore_load() {
    require_sdk
    ensure server
    ensure cli
    dotnet run -c Release --project bench/Braid.Load -- --server artifacts/publish/server/braid-server \
        --cli artifacts/publish/cli/braid "$@"
}

# Compiled ahead, as the server is.
chore_load_pipelines() {
    ensure load-pipelines
    artifacts/publish/load-pipelines/Braid.Pipelines.Load "$@"
}

chore_golden() {
    require_sdk
    BRAID_GOLDEN=rewrite dotnet test Braid.slnx -c Release --tl:off --nologo --filter 'FullyQualifiedName~Golden'
    git status --short
}

chore_clean() {
    rm -rf artifacts
}

# Installs what is missing when it may; otherwise says what to install.
install_packages() {
    local entry missing=() may=()
    for entry in "${debian_packages[@]}"; do
        # The pattern is meant to be expanded.
        # shellcheck disable=SC2086
        compgen -G ${entry#* } > /dev/null || missing+=("${entry%% *}")
    done
    [[ ${#missing[@]} -eq 0 ]] && return
    if [[ $EUID -ne 0 ]]; then
        may=(sudo -n)
        sudo -n true 2> /dev/null || die "the tests need Debian packages that are missing. Ask an administrator to run:
  apt-get install -y --no-install-recommends ${missing[*]}"
    fi
    printf 'build: installing %s\n' "${missing[*]}"
    "${may[@]}" apt-get update -qq
    "${may[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "${missing[@]}" > /dev/null
}

# The types, the rules and the tests of web/: units, then a browser against a server of this build. Nothing else runs beside: what
# people see within two seconds is among what they hold.
test_web() {
    if ! has_node; then
        echo "build: web/ is not tested: it needs Node.js 20.19 or newer" >&2
        skipped=$((skipped + 1))
        return
    fi
    install_web_packages
    (ensure server && ensure cli) || {
        failed=$((failed + 1))
        return
    }
    (cd web && npm run --silent check) || failed=$((failed + 1))
    run_vitest test
    run_vitest browser
}

# run_vitest SCRIPT: adds up what the script of web/package.json says. One that dies has no result: it counts as one failure.
run_vitest() {
    local report=artifacts/web-$1.json counts
    rm -f "$report"
    (cd web && npm run --silent "$1" -- --reporter=default --reporter=json --outputFile="$root/$report") || true
    read -ra counts < <(jq -r '"\(.numPassedTests) \(.numFailedTests) \(.numPendingTests)"' "$report" 2> /dev/null || echo 0 1 0)
    # A file that cannot be loaded has no tests.
    [[ ${counts[1]} != 0 ]] || jq -e .success "$report" > /dev/null || counts[1]=1
    passed=$((passed + counts[0]))
    failed=$((failed + counts[1]))
    skipped=$((skipped + counts[2]))
}

check_format() {
    if ! dotnet csharpier check .; then
        printf 'build: not formatted as agreed: run ./build format\n'
        return 1
    elif git grep -nE '^namespace [A-Za-z0-9_.]+ *\{?$' -- '*.cs'; then
        printf 'build: namespaces are those of files (namespace X;) here\n'
        return 1
    fi
}

compile() {
    # One compiler for all projects: starting it anew for each takes longer than most of them.
    dotnet build Braid.slnx -c Release --tl:off --nologo -v minimal -p:UseSharedCompilation=true
}

# One PostgreSQL for all test programs: its own folder, a socket and no port, stopped at the end, when nothing of it is kept: so it
# writes nothing twice. It refuses to run as root.
start_postgres() {
    local bin as=() folder
    local brief="-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c wal_level=minimal -c max_wal_senders=0 -c jit=off"
    bin=$(compgen -G '/usr/lib/postgresql/*/bin' | sort -V | tail -n 1)
    folder=$(mktemp -d /tmp/braid-pg-XXXXXX)
    if [[ $EUID -eq 0 ]]; then
        chown nobody:nogroup "$folder"
        as=(setpriv --reuid=nobody --regid=nogroup --clear-groups)
    fi
    (cd / && "${as[@]}" "$bin/initdb" -D "$folder/data" -U braid -A trust -N --no-locale -E UTF8) > /dev/null
    (cd / && "${as[@]}" "$bin/pg_ctl" -D "$folder/data" -w -l "$folder/log" \
        -o "-k $folder -h '' $brief -c max_connections=300" start) > /dev/null
    at_exit "cd / && ${as[*]} $bin/pg_ctl -D $folder/data -m immediate stop > /dev/null; rm -rf $folder"
    export BRAID_TEST_POSTGRES="Host=$folder;Username=braid;Database=postgres"
}

# A Docker of the tests' own for those of containers: its own folder and socket, and none of the machine's networks touched. Where it
# cannot run containers, the tests that need it are skipped.
start_docker() {
    local folder docker obstacle
    [[ -z ${BRAID_TEST_DOCKER:-} ]] || return 0
    obstacle=$(docker_obstacle)
    if [[ -n $obstacle ]]; then
        printf 'build: the tests of containers are skipped: %s\n' "$obstacle"
        return
    fi
    folder=$(mktemp -d /tmp/braid-docker-XXXXXX)
    docker=(docker -H "unix://$folder/socket")
    dockerd -H "unix://$folder/socket" --data-root "$folder/data" --exec-root "$folder/exec" --pidfile "$folder/pid" \
        --bridge=none --iptables=false --ip-forward=false > "$folder/log" 2>&1 &
    at_exit "kill $! 2> /dev/null; wait $!; rm -rf $folder"
    # What the tests do, once: a container of an image without programs, with this machine's mounted.
    if timeout 20 bash -c "until docker -H unix://$folder/socket version; do sleep 0.2; done" > /dev/null 2>&1 &&
        tar -c -C / --no-recursion bin lib lib64 usr 2> /dev/null | "${docker[@]}" import - probe > /dev/null 2>&1 &&
        timeout 30 "${docker[@]}" run --rm --network none -v /usr:/usr:ro probe true > "$folder/probe" 2>&1; then
        export BRAID_TEST_DOCKER=$folder/socket
    else
        printf 'build: the tests of containers are skipped: Docker runs none here: %s\n' \
            "$(cat "$folder/probe" 2> /dev/null || tail -n 1 "$folder/log")"
    fi
}

# Why no Docker of the tests' own can be started; installs it where that touches nobody else: its package starts a service of its own
# where systemd runs, and removes another Docker.
docker_obstacle() {
    if [[ $EUID -ne 0 ]]; then
        echo "only root may start a Docker"
    elif ! mountpoint -q /sys/fs/cgroup; then
        echo "there are no control groups"
    elif type -P dockerd > /dev/null; then
        return
    elif [[ -d /run/systemd/system ]]; then
        echo "there is no Docker (apt-get install docker.io)"
    else
        DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends docker.io tini > /dev/null 2>&1 ||
            echo "docker.io cannot be installed"
    fi
}

repeat_failures() {
    local log
    for log in artifacts/test.log artifacts/test-whole.log; do
        [[ ! -e $log ]] || sed -nE '/^ *Failed [^!]/,/^ *Stack Trace:/p' "$log" | head -n 60
    done
    for log in artifacts/web-*.json; do
        [[ ! -e $log ]] || jq -r '.testResults[].assertionResults[] | select(.status == "failed") | "  Failed \(.fullName)"' "$log"
    done
}

# Commands for the end of this script, the last first.
exit_commands=()
at_exit() {
    exit_commands=("$1" "${exit_commands[@]}")
    trap 'for command in "${exit_commands[@]}"; do eval "$command"; done' EXIT
}

# Runs every test project, shows its output and adds up the results. Only the tests of whole programs need those published: that is
# done beside all the others, which step back: these tests wait much, and would be what everything waits for at the end.
run_tests() {
    local whole=artifacts/test-whole.log
    (chore_publish && test_with_log tests/Braid.System.Tests "$whole") > artifacts/test-whole.out 2>&1 &
    local whole_tests=$! status=0
    gentle=1 test_parts || status=$?
    count_results artifacts/test.log $status
    status=0
    wait $whole_tests || status=$?
    cat artifacts/test-whole.out
    count_results "$whole" $status
}

# All but the tests of whole programs.
test_parts() {
    test_with_log Braid.slnx artifacts/test.log -p:WithoutWholePrograms=true
}

test_with_log() {
    local what=$1 log=$2
    shift 2
    : > "$log"
    ${gentle:+nice -n 10} dotnet test "$what" -c Release --no-build --tl:off --nologo "$@" 2>&1 | tee "$log"
}

# Adds what a log says to passed, failed and skipped. A test program that dies has no result: it counts as one failure.
count_results() {
    local log=$1 status=$2 failed_before=$failed outcome
    while read -r outcome; do
        # shellcheck disable=SC2206
        local numbers=($outcome)
        failed=$((failed + numbers[0]))
        passed=$((passed + numbers[1]))
        skipped=$((skipped + numbers[2]))
    done < <(sed -nE 's/^ *(Passed|Failed|Skipped)! +- Failed: *([0-9]+), Passed: *([0-9]+), Skipped: *([0-9]+),.*/\2 \3 \4/p' "$log")
    if [[ $status -ne 0 && $failed -eq $failed_before ]]; then
        failed=$((failed + 1))
    fi
}

# What failed, once more where it is seen, the plain closing line, and the exit code that goes with it.
close() {
    local line="$passed passed, $failed failed"
    [[ $failed -eq 0 ]] || repeat_failures
    [[ $skipped -eq 0 ]] || line+=", $skipped skipped"
    printf '%s\n' "$line"
    [[ $failed -eq 0 ]]
}
