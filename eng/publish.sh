# Publishes Braid's programs under artifacts/publish, each only when its sources are newer. Sourced by ./braid and ./build.
# shellcheck shell=bash

publish_root=$root/artifacts/publish

# Prints what is missing and how to install it, and ends.
die() {
    printf 'braid: %s\n' "$*" >&2
    exit 1
}

# Puts a .NET that is not on PATH there.
find_dotnet() {
    local folder
    for folder in "${DOTNET_ROOT:-}" "$HOME/.dotnet" /usr/share/dotnet /usr/lib/dotnet; do
        command -v dotnet > /dev/null && return
        [[ -n $folder && -x $folder/dotnet ]] && export PATH=$folder:$PATH
    done
    return 0
}

# The SDK that global.json asks for, on PATH or where dotnet-install.sh puts it.
require_sdk() {
    find_dotnet
    if ! command -v dotnet > /dev/null || ! dotnet --list-sdks 2> /dev/null | grep -q '^10\.'; then
        die "needs the .NET 10 SDK, which is not installed. Install it without root:
  curl -sSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel 10.0
or for the whole machine (Debian 12):
  curl -sSLO https://packages.microsoft.com/config/debian/12/packages-microsoft-prod.deb
  sudo dpkg -i packages-microsoft-prod.deb && sudo apt-get update && sudo apt-get install -y dotnet-sdk-10.0"
    fi
    export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
}

runtime_identifier() {
    case $(uname -m) in
        x86_64) echo linux-x64 ;;
        aarch64) echo linux-arm64 ;;
        *) die "no runtime for a machine of the kind $(uname -m): x86_64 and aarch64 have one" ;;
    esac
}

# is_stale NAME SOURCE...: true unless NAME's stamp is newer than every source and every folder (a removed file makes its folder newer).
is_stale() {
    local stamp=$publish_root/.$1.stamp
    shift
    [[ ! -e $stamp || -n $(cd "$root" && find "$@" -newer "$stamp" -print -quit) ]]
}

# publish NAME FOLDER PROJECT...: publishes the projects into artifacts/publish/FOLDER. The stamp is as old as the start, so
# that an edit made meanwhile counts.
publish() {
    local name=$1 folder=$publish_root/$2 log=$publish_root/$1.log started project
    shift 2
    require_sdk
    mkdir -p "$publish_root"
    started=$(mktemp "$publish_root/.start-XXXXXX")
    printf 'braid: building %s ...\n' "$name" >&2
    for project in "$@"; do
        # The compiler's server outlives the build: it must not inherit the builders' lock. Analyzers run when the solution is built.
        if ! (cd "$root" && dotnet publish "$project" -c Release -r "$(runtime_identifier)" -o "$folder" --nologo -v quiet \
            -p:UseSharedCompilation=true -p:RunAnalyzers=false) > "$log" 2>&1 9>&-; then
            rm -f "$started"
            tail -n 30 "$log" >&2
            die "building $name failed; the whole log is $log"
        fi
    done
    mv "$started" "$publish_root/.$name.stamp"
}

# Node.js that web/ is built with, and npm.
has_node() {
    command -v npm > /dev/null && node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)' 2> /dev/null
}

# The packages of web/, as its lock file says; again only when that file is newer than they are. Not by npm ci, which wants every
# optional package of other systems in the lock file, also those that a registry has not.
install_web_packages() {
    local stamp=$publish_root/.web-packages.stamp
    [[ $stamp -nt $root/web/package-lock.json && -d $root/web/node_modules ]] && return
    mkdir -p "$publish_root"
    if ! (cd "$root/web" && npm install --no-save) > "$publish_root/web.log" 2>&1 9>&-; then
        tail -n 30 "$publish_root/web.log" >&2
        die "npm install failed in web/; the whole log is $publish_root/web.log"
    fi
    touch "$stamp"
}

# Builds the browser's application into artifacts/web, which the server embeds.
publish_web() {
    local started
    printf 'braid: building web ...\n' >&2
    install_web_packages
    started=$(mktemp "$publish_root/.start-XXXXXX")
    if ! (cd "$root/web" && npm run --silent build) > "$publish_root/web.log" 2>&1 9>&-; then
        rm -f "$started"
        tail -n 30 "$publish_root/web.log" >&2
        die "building web failed; the whole log is $publish_root/web.log"
    fi
    mv "$started" "$publish_root/.web.stamp"
}

# sources_of NAME: sets `sources` to what the program is made from.
sources_of() {
    sources=(Directory.Build.props Directory.Packages.props global.json)
    case $1 in
        cli)
            sources+=(src/Braid.Cli src/Braid.Client src/Braid.Fuse src/Braid.Grpc src/Braid.TensorBoard proto)
            sources+=(src/Braid.Storage/Chunking src/Braid.Storage/Packs) # compiled in, as are these:
            sources+=(src/Braid.Gateway.ClearML/Requests/LenientJson.cs src/Braid.Gateway.MLflow/Imports/SetDigest.cs)
            sources+=(src/Braid.Compute/Machines/ProcessTree.cs src/Braid.Gateway.Web/Workloads/Records)
            ;;
        scoring) sources+=(src/Braid.Scoring src/Braid.Cli/Specs) ;;
        digits)
            sources+=(examples/digits/features examples/digits/train src/Braid.Client)
            sources+=(src/Braid.Storage/Packs src/Braid.TensorBoard/Wire)
            ;;
        web) sources=(web/src web/public web/index.html web/package-lock.json web/vite.*.ts) ;;
        server)
            local module
            for module in "$root"/src/*/; do
                module=${module%/}
                module=${module##*/}
                [[ $module == Braid.Cli || $module == Braid.Client || $module == Braid.Fuse ||
                    $module == Braid.Scoring ]] || sources+=("src/$module")
            done
            sources+=(proto)
            [[ ! -d $root/artifacts/web ]] || sources+=(artifacts/web)
            ;;
        load-pipelines) sources+=(src bench/Braid.Pipelines.Load) ;;
    esac
}

build() {
    is_stale "$1" "${sources[@]}" || return 0
    case $1 in
        cli) publish cli cli src/Braid.Cli ;;
        web) publish_web ;;
        server) publish server server src/Braid.Server ;;
        scoring) publish scoring scoring src/Braid.Scoring ;;
        load-pipelines) publish load-pipelines load-pipelines bench/Braid.Pipelines.Load ;;
        digits) publish digits digits examples/digits/features examples/digits/train ;;
    esac
}

# ensure NAME: one builder at a time; who waited looks again and finds it done.
ensure() {
    local sources
    [[ $1 != server ]] || ensure_web
    sources_of "$1"
    is_stale "$1" "${sources[@]}" || return 0
    mkdir -p "$root/artifacts"
    (flock 9 && build "$1") 9> "$root/artifacts/.publish.lock"
}

# The server embeds the browser's application; without Node.js it says that it has none, and everything else works.
ensure_web() {
    if has_node; then
        ensure web
    elif [[ ! -d $root/artifacts/web ]]; then
        printf 'braid: no Node.js 20.19 or newer on the PATH: the server is built without its web interface\n' >&2
    fi
}
