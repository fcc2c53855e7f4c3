# Builds a root of bind mounts on a tmpfs, inside a mount and process namespace of our own, and runs a command in it.
# Arguments: "bind|ro-bind SOURCE TARGET", "link TARGET LINK" and "name HOST -" in any number, then "run DIRECTORY [NAME=VALUE...] COMMAND...".
set -eu
# Nothing that is mounted below comes from /sys, so its place is free to build the root on.
root=/sys

mount -t tmpfs -o mode=755 sandbox "$root"
mkdir "$root/proc" "$root/dev" "$root/tmp" "$root/pfs"
mount -t proc -o nosuid,nodev,noexec proc "$root/proc"
mount -t tmpfs -o mode=1777,nosuid,nodev tmp "$root/tmp"
mount -t tmpfs -o mode=755,nosuid,nodev pfs "$root/pfs"

for device in null zero full random urandom tty; do
  : > "$root/dev/$device"
  mount --bind "/dev/$device" "$root/dev/$device"
done
mkdir -m 1777 "$root/dev/shm"
mount -t tmpfs -o mode=1777,nosuid,nodev shm "$root/dev/shm"
ln -s /proc/self/fd "$root/dev/fd"
ln -s /proc/self/fd/0 "$root/dev/stdin"
ln -s /proc/self/fd/1 "$root/dev/stdout"
ln -s /proc/self/fd/2 "$root/dev/stderr"

# Starting a program takes longer than all the rest, so each mount is one.
place() {
  if [ -d "$1" ]; then
    [ -d "$root$2" ] || mkdir -p "$root$2"
  else
    [ -d "$root${2%/*}" ] || mkdir -p "$root${2%/*}"
    [ -e "$root$2" ] || : > "$root$2"
  fi
}

# In a user namespace the flags of the original mount are locked: they can be kept, not left out.
read_only() {
  mount --rbind -o ro,nosuid,nodev "$1" "$root$2" 2> /dev/null ||
    mount -o remount,bind,ro,nosuid,nodev,noexec "$root$2" 2> /dev/null || {
    mount --rbind "$1" "$root$2" # says why it cannot be
    exit 1
  }
}

while [ "$1" != run ]; do
  case $1 in
    bind) place "$2" "$3"; mount --rbind "$2" "$root$3" ;;
    ro-bind) place "$2" "$3"; read_only "$2" "$3" ;;
    name) hostname "$2" ;;
    link) ln -s "$2" "$root$3" ;;
  esac
  shift 3
done

mount -o remount,bind,ro,nosuid,nodev "$root/pfs"
mount -o remount,bind,ro "$root"
directory=$2
shift 2

# This shell stays as process 1, so that signals have their usual effect on the command; it says nothing about them itself.
exec 3>&2 2> /dev/null
status=0
chroot "$root" setpriv --no-new-privs --bounding-set -all --inh-caps -all \
  setsid env -C "$directory" "$@" 2>&3 3>&- || status=$?
exit $status
