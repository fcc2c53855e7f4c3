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
}
