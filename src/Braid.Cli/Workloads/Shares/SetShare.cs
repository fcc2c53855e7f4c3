using Braid.Cli.CommandLine;
using Braid.Gateway.Web.Workloads.Records;

namespace Braid.Cli.Workloads.Shares;

/// <summary>With terms, gives a project those; without, makes it the default project, which is what Run:ai's word means.</summary>
internal static class SetShare
{
    public static Command Command { get; } =
        new Command(
            "project set",
            "<name>",
            "Change what a project may have; without flags, make it the default project."
        )
        {
            Flags = [.. TermFlags.All],
            RunAsync = RunAsync,
        }.Taking(1);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        if (!TermFlags.AreGiven(call))
        {
            return await ConfigProject.RunAsync(call, ct);
        }

        var question = WorkloadCalls.Write(TermFlags.Of(call), WorkloadRecordsJson.Default.ShareTermsRecord);
        await call.Web.CallAsync(HttpMethod.Patch, PathOf(call.Arguments[0]), question, ct);
        return 0;
    }

    public static string PathOf(string share) => $"api/shares/{Uri.EscapeDataString(share)}";
}
