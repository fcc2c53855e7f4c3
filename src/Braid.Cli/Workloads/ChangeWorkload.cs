using Braid.Cli.CommandLine;
using Braid.Cli.Workloads.Listing;
using Braid.Gateway.Web.Workloads.Records;

namespace Braid.Cli.Workloads;

/// <summary>Suspends, resumes and ends workloads.</summary>
internal static class ChangeWorkload
{
    /// <summary>Run:ai's v1 has a word, v2 a noun before it.</summary>
    public static Command Suspend(string name) =>
        Of(name, "Stop what runs of a workload; it waits until it is resumed.", SuspendAsync);

    public static Command Resume(string name) =>
        Of(name, "Let a suspended workload wait for its turn again.", ResumeAsync);

    public static Command Delete(string name) =>
        Of(name, "End a workload. Its run and what it logged stay.", DeleteAsync);

    private static Command Of(
        string name,
        string summary,
        Func<Invocation, WorkloadRecord, CancellationToken, Task> changeAsync
    ) =>
        new Command(name, "<workload> ...", summary)
        {
            Flags = [WorkloadFlags.Project],
            RunAsync = async (call, ct) =>
            {
                foreach (var which in call.Arguments)
                {
                    var found = await WorkloadCalls.WorkloadAsync(call, which, ProjectChoice.Of(call), ct);
                    await changeAsync(call, found, ct);
                }

                return 0;
            },
        }.Taking(1, int.MaxValue);

    private static async Task SuspendAsync(Invocation call, WorkloadRecord workload, CancellationToken ct)
    {
        await call.Web.CallAsync(HttpMethod.Post, $"{WorkloadCalls.PathOf(workload.Id)}/suspend", ct);
        call.Out.Write($"Successfully suspended: {workload.Name}\n");
    }

    private static async Task ResumeAsync(Invocation call, WorkloadRecord workload, CancellationToken ct)
    {
        await call.Web.CallAsync(HttpMethod.Post, $"{WorkloadCalls.PathOf(workload.Id)}/resume", ct);
        call.Out.Write($"Successfully resumed: {workload.Name}\n");
    }

    /// <summary>A script that tidies up goes on when there is nothing to end any more.</summary>
    private static async Task DeleteAsync(Invocation call, WorkloadRecord workload, CancellationToken ct)
    {
        if (workload.Ended is not null)
        {
            call.Error.WriteLine(
                $"{workload.Name} has ended already ({WorkloadStatus.Of(workload)}); its run {workload.Id} stays"
            );
            return;
        }

        await call.Web.CallAsync(HttpMethod.Delete, WorkloadCalls.PathOf(workload.Id), ct);
        call.Out.Write($"Successfully deleted: {workload.Name}\n");
    }
}
