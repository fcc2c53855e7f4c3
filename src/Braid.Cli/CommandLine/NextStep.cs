using Braid.Grpc.Statuses;

namespace Braid.Cli.CommandLine;

/// <summary>A refusal in words that somebody who types can use, and what to do about one that is about the connection.</summary>
internal static class NextStep
{
    /// <summary>What the protocol advises its clients to call is a flag here.</summary>
    private const string CallAdvice = "Use GetFileTAR instead";

    public static string Words(GrpcStatus refusal) =>
        refusal.Message.Length > 0
            ? refusal.Message.Replace(CallAdvice, "Try again with the -r flag", StringComparison.Ordinal)
            : refusal.Code.ToString();

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
