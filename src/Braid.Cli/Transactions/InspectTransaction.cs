using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Naming;
using Braid.Cli.Output;
using Braid.Protos.Transaction;

namespace Braid.Cli.Transactions;

internal static class InspectTransaction
{
    public static Command Command { get; } =
        new Command("inspect transaction", "[<transaction>]", "Show what a transaction has collected.")
        {
            Flags = [.. Flags.Format, Flags.FullTimestamps],
            RunAsync = RunAsync,
        }.Taking(0, 1);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var format = RecordFormat.Of(call);
        var request = new InspectTransactionRequest { Transaction = ActiveTransaction.Named(call) };
        var info = await call.Pach.CallAsync(TransactionMethods.Inspect, request, ct);
        if (format is not null)
        {
            format.Print(info);
            return 0;
        }

        var fields = new FieldList(call.Out);
        fields.Write("ID", info.Transaction.Id);
        fields.Write("Started", call.Style.Time(info.Started));
        call.Out.Write("Requests:\n");
        foreach (var (index, recorded) in info.Requests.Index())
        {
            call.Out.Write($"  {Words(recorded, info.Responses.ElementAtOrDefault(index))}\n");
        }

        call.Out.Write(info.Requests.Count == 0 ? "  -\n" : "");
        return 0;
    }

    /// <summary>A request as the command that asks for it.</summary>
    private static string Words(TransactionRequest request, TransactionResponse? response) =>
        request switch
        {
            { CreateRepo: { } create } => $"{Verb(create.Update)} repo {Names.Of(create.Repo)}",
            { DeleteRepo: { } delete } => $"delete repo {Names.Of(delete.Repo)}{Force(delete.Force)}",
            { StartCommit: { } start } => $"start commit {Of(start.Branch)} ({response?.Commit?.Id})",
            { FinishCommit: { } finish } => $"finish commit {Names.Of(finish.Commit)}",
            { SquashCommitSet: { } squash } => $"squash commit {squash.CommitSet.Id}",
            { CreateBranch: { } create } =>
                $"create branch {Of(create.Branch)}{string.Concat(create.Provenance.Select(from => $" -p {Of(from)}"))}",
            { DeleteBranch: { } delete } => $"delete branch {Of(delete.Branch)}{Force(delete.Force)}",
            { StopJob: { } stop } => $"stop job {stop.Job?.Pipeline?.Name}@{stop.Job?.Id}",
            { CreatePipelineV2: { } create } =>
                $"{Verb(create.CreatePipelineRequest?.Update ?? false)} pipeline {create.CreatePipelineRequest?.Pipeline?.Name}",
            _ => "a request that this program does not know",
        };

    private static string Verb(bool isUpdate) => isUpdate ? "update" : "create";

    private static string Force(bool isForced) => isForced ? " --force" : "";

    private static string Of(Protos.Pfs.Branch branch) => $"{Names.Of(branch.Repo)}@{branch.Name}";
}
