using Braid.Cli.CommandLine;
using Braid.Cli.Workloads.Listing;
using Braid.Gateway.Web.Workloads.Records;

namespace Braid.Cli.Workloads.Shares;

/// <summary>Lists projects and departments: with what they have, or in the columns of <c>runai list projects</c>.</summary>
internal static class ListShares
{
    public static Command Command { get; } = Of("project list", Write);

    public static Command OfV1 { get; } = Of("list projects", WriteOfV1);

    private static Command Of(string name, Action<Invocation, IReadOnlyList<ShareRecord>> write) =>
        new Command(name, "[<name>]", "List the projects, what they may have of the machines and what they have.")
        {
            Flags = [.. WorkloadFlags.Format],
            RunAsync = (call, ct) => RunAsync(call, write, ct),
        }.Taking(0, 1);

    private static async Task<int> RunAsync(
        Invocation call,
        Action<Invocation, IReadOnlyList<ShareRecord>> write,
        CancellationToken ct
    )
    {
        var answer = await call.Web.CallAsync(HttpMethod.Get, "api/shares", ct);
        var records = answer["shares"]?.AsArray() ?? [];
        if (call.Argument(0) is { } name)
        {
            foreach (var other in records.Where(share => $"{share?["name"]}" != name).ToList())
            {
                records.Remove(other);
            }

            if (records.Count == 0)
            {
                throw new Failure($"there is no project '{name}'");
            }
        }

        if (!ListFormat.Print(call, records))
        {
            write(call, WorkloadCalls.Read(answer, WorkloadRecordsJson.Default.ShareListRecord).Shares);
        }

        return 0;
    }

    private static void Write(Invocation call, IReadOnlyList<ShareRecord> shares)
    {
        var table = new PlainTable(
            "PROJECT",
            "DEPARTMENT",
            "QUEUE",
            "GPUs Allocated (Quota)",
            "GPU LIMIT",
            "OVER-QUOTA WEIGHT",
            "CPUs Allocated (Quota)",
            "MEMORY Allocated (Quota)",
            "PRIORITY",
            "JOBS Running (Waiting)"
        );
        foreach (var share in shares)
        {
            var terms = share.Terms;
            table.Add(
                NameOf(call, share),
                share.Parent ?? "-",
                share.Queue ?? "-",
                $"{Amounts.Number(share.Held.Gpus)} ({Amounts.Term(terms.Gpu?.Quota, Amounts.Number)})",
                terms.Gpu?.Limit is -1 ? "-" : Amounts.Term(terms.Gpu?.Limit, Amounts.Number),
                Amounts.Number(terms.Gpu?.Weight ?? 0),
                $"{Amounts.Cores(share.Held.CpuMillicores)} ({Amounts.Term(terms.Cpu?.Quota, amount => Amounts.Cores((long)amount))})",
                $"{Amounts.Memory(share.Held.MemoryBytes)} ({Amounts.Term(terms.Memory?.Quota, Amounts.Memory)})",
                $"{terms.Priority}",
                $"{share.Running} ({share.Waiting})"
            );
        }

        table.Write(call.Out);
    }

    private static void WriteOfV1(Invocation call, IReadOnlyList<ShareRecord> shares)
    {
        var table = new PlainTable(
            "PROJECT",
            "DEPARTMENT",
            "DESERVED GPUs",
            "INT LIMIT",
            "INT AFFINITY",
            "TRAIN AFFINITY"
        );
        foreach (var share in shares.Where(share => !share.IsDepartment))
        {
            table.Add(
                NameOf(call, share),
                share.Parent ?? "-",
                Amounts.Term(share.Terms.Gpu?.Quota, Amounts.Number),
                share.Terms.InteractiveTimeLimit is { } limit ? ShortAges.Of(TimeSpan.FromSeconds(limit)) : "-",
                Joined(share.Terms.InteractiveNodeTypes),
                Joined(share.Terms.TrainNodeTypes)
            );
        }

        table.Write(call.Out);
    }

    private static string NameOf(Invocation call, ShareRecord share) =>
        share.Name == ProjectChoice.Usual(call) ? $"{share.Name} (default)" : share.Name;

    private static string Joined(IReadOnlyList<string>? types) => types is null or [] ? "-" : string.Join(",", types);
}
