using Braid.Primitives;

namespace Braid.Access;

/// <summary>Why a caller is not let in.</summary>
public static class Errors
{
    public static Error NoCredentials() =>
        new(
            ErrorKind.Unauthenticated,
            "access.no-credentials",
            "no credentials were sent; this server demands them: run 'braid env' on it for the ones to use"
        );

    public static Error BadCredentials() =>
        new(
            ErrorKind.Unauthenticated,
            "access.bad-credentials",
            "the access key, secret or token is unknown, expired or revoked; check it against 'braid env' on the server"
        );

    internal static Error JobMayNot(string what) =>
        new(ErrorKind.PermissionDenied, "access.job-may-not", $"a job's credentials may not {what}");
}
