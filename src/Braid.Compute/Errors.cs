using Braid.Primitives;

namespace Braid.Compute;

internal static class Errors
{
    public static Error NoSandbox(IReadOnlyList<string> reasons) =>
        new(
            ErrorKind.FailedPrecondition,
            "compute.no-sandbox",
            $"this machine cannot isolate user code ({string.Join("; ", reasons)}): install bubblewrap, and let the kernel "
                + "make user namespaces (sysctl kernel.unprivileged_userns_clone=1, user.max_user_namespaces above 0; "
                + "in a container: allow the unshare and mount system calls)"
        );

    public static Error NoSuchUser(string user) =>
        new(
            ErrorKind.FailedPrecondition,
            "compute.no-such-user",
            $"the program cannot run as user \"{user}\": this machine knows no such user or group; write a number instead"
        );

    public static Error CannotChangeUser(string sandbox) =>
        new(
            ErrorKind.FailedPrecondition,
            "compute.cannot-change-user",
            $"the sandbox \"{sandbox}\" cannot run programs as another user: install bubblewrap"
        );

    /// <summary>What one complaint about a replica's spec becomes; made by name, so that complaints stay short.</summary>
    public static Func<string, Error> BadReplica(string name) =>
        complaint =>
            new(ErrorKind.InvalidArgument, "compute.bad-replica", $"replica \"{name}\" cannot be started: {complaint}");

    public static Error BadOwner(string owner) =>
        new(
            ErrorKind.InvalidArgument,
            "compute.bad-owner",
            $"\"{owner}\" cannot own replicas: an owner is letters, digits, \"_\", \".\" and \"-\", at most 128"
        );

    public static Error StaleToken(string name, long token, long current) =>
        new(
            ErrorKind.Conflict,
            "compute.stale-token",
            $"replica \"{name}\" was placed again since: token {current} is here, and {token} is older"
        );

    public static Error NoCommand(string name) =>
        new(
            ErrorKind.InvalidArgument,
            "compute.no-command",
            $"replica \"{name}\" has no command: processes have no image that names one"
        );

    public static Error CannotStart(string name, string why) =>
        new(ErrorKind.FailedPrecondition, "compute.cannot-start", $"replica \"{name}\" cannot be started: {why}");

    public static Error NoGpus(string name, string why) =>
        new(
            ErrorKind.FailedPrecondition,
            "compute.no-gpus",
            $"replica \"{name}\" is to have GPUs, but {why}: place it on another machine, or without them"
        );

    public static Error NoImageNamed(string name) =>
        new(ErrorKind.InvalidArgument, "compute.no-image", $"replica \"{name}\" has no image: containers need one");

    public static Error NoImage(string image, string why) =>
        new(
            ErrorKind.FailedPrecondition,
            "compute.no-image",
            $"there is no image \"{image}\" to run: {why.TrimEnd()}; check its name and the registry's credentials, or load it into the engine"
        );

    public static Error NotRunning(Executors.ReplicaId replica) =>
        new(ErrorKind.NotFound, "compute.not-running", $"replica {replica} does not run: it has ended, or was removed");

    /// <param name="words">The engine's own.</param>
    public static Error Engine(ErrorKind kind, string words) => new(kind, "compute.engine", words.TrimEnd());

    public static Error EngineAway(string socket, string why) =>
        new(
            ErrorKind.Unavailable,
            "compute.engine-away",
            $"no container engine answers at {socket} ({why}): start Docker or Podman there, or name its socket"
        );

    public static Error EngineVersion(string socket, Version from, Version to, Version oldest, Version newest) =>
        new(
            ErrorKind.FailedPrecondition,
            "compute.engine-version",
            $"the container engine at {socket} speaks versions {from} to {to} of its API, this program {oldest} to {newest}"
        );

    public static Error GpusUnreadable(string program, string why) =>
        new(
            ErrorKind.FailedPrecondition,
            "compute.gpus-unreadable",
            $"{program} does not tell what GPUs this machine has ({why}): check the driver, or take the program away"
        );
}
