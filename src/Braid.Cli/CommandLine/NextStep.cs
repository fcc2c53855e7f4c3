using Braid.Grpc.Statuses;

namespace Braid.Cli.CommandLine;

/// <summary>What to do about a refusal that is about the connection, not about what was asked.</summary>
internal static class NextStep
{
    /// <summary>A line, or null when the message says it all.</summary>
    public static string? After(GrpcStatus refusal) =>
        refusal.Code switch
        {
            GrpcCode.Unavailable =>
                "is a server running there? braid serve --data DIR starts one, braid connect ADDRESS names another",
            GrpcCode.Unauthenticated =>
                "the server's administrator finds a token in braid env --data DIR; set BRAID_TOKEN, or keep it with "
                    + "braid auth use-auth-token",
            _ => null,
        };
}
