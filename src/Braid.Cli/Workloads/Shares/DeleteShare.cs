using Braid.Cli.CommandLine;

namespace Braid.Cli.Workloads.Shares;

/// <summary>Removes a project in which nothing is to run.</summary>
internal static class DeleteShare
{
    public static Command Command { get; } =
        new Command("project delete", "<name>", "Remove a project's part of the machines; its queue and its runs stay.")
        {
            RunAsync = async (call, ct) =>
            {
                await call.Web.CallAsync(HttpMethod.Delete, SetShare.PathOf(call.Arguments[0]), ct);
                return 0;
            },
        }.Taking(1);
}
