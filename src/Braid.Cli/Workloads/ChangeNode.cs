using Braid.Cli.CommandLine;

namespace Braid.Cli.Workloads;

/// <summary>Keeps new work off a machine, lets it come again, or forgets the machine.</summary>
internal static class ChangeNode
{
    public static Command Cordon { get; } =
        Of("node cordon", "Place nothing new on a node; what runs there goes on.", HttpMethod.Post, "/cordon");

    public static Command Uncordon { get; } =
        Of("node uncordon", "Place work on a node again.", HttpMethod.Post, "/uncordon");

    public static Command Delete { get; } =
        Of("node delete", "Forget a node whose agent is gone.", HttpMethod.Delete, "");

    private static Command Of(string name, string summary, HttpMethod method, string ending) =>
        new Command(name, "<node>", summary)
        {
            RunAsync = async (call, ct) =>
            {
                await call.Web.CallAsync(method, $"api/nodes/{Uri.EscapeDataString(call.Arguments[0])}{ending}", ct);
                return 0;
            },
        }.Taking(1);
}
