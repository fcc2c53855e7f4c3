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
}
