using Braid.Cli.CommandLine;
using Braid.Gateway.Web.Workloads.Records;

namespace Braid.Cli.Workloads.Shares;

/// <summary>
/// Makes a project, or a department: a part of the machines, with the queue whose runs it places. Whoever counts GPUs only need not
/// count anything else: without a quota of processors or memory there is as much of them as there is.
/// </summary>
internal static class CreateShare
{
    private const double unlimited = -1;

    private static readonly Flag queue = Flags.Value(
        "queue",
        null,
        "ClearML's queue whose tasks it places; made when there is none of that name."
    );
    private static readonly Flag parent = Flags.Value("parent", null, "The department that it is a part of.");
    private static readonly Flag space = Flags.Value(
        "namespace",
        null,
        "Kubernetes' name of it (default: runai-<name>)."
    );

    public static Command Command { get; } =
        new Command("project create", "<name>", "Make a project that has a part of the machines.")
        {
            Flags = [queue, parent, space, .. TermFlags.All],
            RunAsync = RunAsync,
        }.Taking(1);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var terms = TermFlags.Of(call);
        var share = new NewShareRecord
        {
            Name = call.Arguments[0],
            Parent = call.Text(parent),
            Queue = call.Text(queue),
            Namespace = call.Text(space),
            Terms = terms with { Cpu = Counted(terms.Cpu), Memory = Counted(terms.Memory) },
        };
        var question = WorkloadCalls.Write(share, WorkloadRecordsJson.Default.NewShareRecord);
        await call.Web.CallAsync(HttpMethod.Post, "api/shares", question, ct);
        return 0;
    }

    private static ResourceTermsRecord? Counted(ResourceTermsRecord? terms) =>
        terms?.Quota is null ? (terms ?? new()) with { Quota = unlimited } : terms;
}
