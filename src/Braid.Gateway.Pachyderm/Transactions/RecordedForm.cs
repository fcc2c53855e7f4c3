using Braid.Gateway.Pachyderm.Pipelines;
using Braid.Pipelines.Specs;
using Braid.Pipelines.Specs.Reading;
using Braid.Protos.Transaction;

namespace Braid.Gateway.Pachyderm.Transactions;

/// <summary>How a request is written into a transaction.</summary>
/// <param name="Wrap">Writes it.</param>
/// <param name="Unwrap">Reads it; null when another call's request is there.</param>
internal sealed record RecordedForm<TRequest>(
    Func<TRequest, TransactionRequest> Wrap,
    Func<TransactionRequest, TRequest?> Unwrap
)
    where TRequest : class;

/// <summary>The forms of the protocol.</summary>
internal static class RecordedForms
{
    public static RecordedForm<Pfs.CreateRepoRequest> CreateRepo { get; } =
        new(request => new() { CreateRepo = request }, any => any.CreateRepo);

    public static RecordedForm<Pfs.DeleteRepoRequest> DeleteRepo { get; } =
        new(request => new() { DeleteRepo = request }, any => any.DeleteRepo);

    public static RecordedForm<Pfs.StartCommitRequest> StartCommit { get; } =
        new(request => new() { StartCommit = request }, any => any.StartCommit);

    public static RecordedForm<Pfs.FinishCommitRequest> FinishCommit { get; } =
        new(request => new() { FinishCommit = request }, any => any.FinishCommit);

    public static RecordedForm<Pfs.SquashCommitSetRequest> SquashCommitSet { get; } =
        new(request => new() { SquashCommitSet = request }, any => any.SquashCommitSet);

    public static RecordedForm<Pfs.CreateBranchRequest> CreateBranch { get; } =
        new(request => new() { CreateBranch = request }, any => any.CreateBranch);

    public static RecordedForm<Pfs.DeleteBranchRequest> DeleteBranch { get; } =
        new(request => new() { DeleteBranch = request }, any => any.DeleteBranch);

    public static RecordedForm<Pps.StopJobRequest> StopJob { get; } =
        new(request => new() { StopJob = request }, any => any.StopJob);

    /// <summary>Clients of before 2.8 write it as the deprecated field.</summary>
    public static RecordedForm<Pps.CreatePipelineRequest> CreatePipeline { get; } =
        new(
            request => new() { CreatePipelineV2 = new() { CreatePipelineRequest = request } },
            any => any.CreatePipelineV2 is { UserJson: "" } made ? made.CreatePipelineRequest
#pragma warning disable CS0612 // the protocol's own deprecation
                    : any.CreatePipeline
#pragma warning restore CS0612
        );

    /// <summary>The text is kept as its user wrote it; clients show the message beside it.</summary>
    public static RecordedForm<Pps.CreatePipelineV2Request> CreatePipelineV2 { get; } =
        new(
            request =>
                new()
                {
                    CreatePipelineV2 = new()
                    {
                        UserJson = request.CreatePipelineRequestJson,
                        CreatePipelineRequest = Shown(request),
                    },
                },
            any =>
                any.CreatePipelineV2 is { UserJson.Length: > 0 } made
                    ? new()
                    {
                        CreatePipelineRequestJson = made.UserJson,
                        Update = made.CreatePipelineRequest?.Update ?? false,
                        Reprocess = made.CreatePipelineRequest?.Reprocess ?? false,
                        DryRun = made.CreatePipelineRequest?.DryRun ?? false,
                    }
                    : null
        );

    private static Pps.CreatePipelineRequest Shown(Pps.CreatePipelineV2Request request)
    {
        var shown = SpecReader.Read(request.CreatePipelineRequestJson).TryGet(out var spec, out _)
            ? SpecMessages.Write(spec)
            : new();
        shown.Update = request.Update;
        shown.Reprocess = request.Reprocess;
        shown.DryRun = request.DryRun;
        return shown;
    }
}
