using Braid.Gateway.MLflow.Wire;
using Braid.Primitives;

namespace Braid.Gateway.MLflow.Installation;

/// <summary>What the server says of itself.</summary>
internal static class ServerCalls
{
    /// <summary>
    /// The version whose protocol this server speaks. From 3.4 on clients would send their traces by OTLP, which it does not take.
    /// </summary>
    public const string Version = "3.3.0";

    public static Task<Result<Answer>> DescribeAsync(Call call, CancellationToken ct) =>
        Task.FromResult<Result<Answer>>(
            (Answer)(
                json =>
                {
                    json.WriteString("store_type", "SqlStore");
                    json.WriteBoolean("workspaces_enabled", value: false);
                }
            )
        );
}
