using Braid.Pipelines.Planning;
using Braid.Primitives;
using Braid.Storage.Trees;

namespace Braid.Pipelines.Datums;

/// <summary>A datum of a job as it is stored.</summary>
internal sealed record DatumRow
{
    public const string Select = """
        SELECT job_id, id, key, state, reason, inputs, output, from_set, tries, attempt, epoch, worker,
          download_time, process_time, upload_time, download_bytes, upload_bytes
        FROM datum
        """;

    public long JobId { get; init; }
    public Sha256Hash Id { get; init; }
    public Sha256Hash Key { get; init; }
    public long State { get; init; }
    public string Reason { get; init; } = "";
    public byte[] Inputs { get; init; } = [];
    public Sha256Hash? Output { get; init; }
    public CommitSetId FromSet { get; init; }
    public long Tries { get; init; }
    public string? Attempt { get; init; }
    public string? Epoch { get; init; }
    public string? Worker { get; init; }
    public TimeSpan DownloadTime { get; init; }
    public TimeSpan ProcessTime { get; init; }
    public TimeSpan UploadTime { get; init; }
    public long DownloadBytes { get; init; }
    public long UploadBytes { get; init; }

    public DatumState DatumState => (DatumState)State;

    public TreeRoot OutputRoot => Output is { } hash ? new(hash) : TreeRoot.Empty;

    public IReadOnlyList<LeafMatch> ReadInputs() => DatumInputsFormat.Decode(Inputs);

    public BaseDatum ToBase() => new(Id, Key, DatumState, ReadInputs(), OutputRoot, FromSet);

    /// <summary>The first state of a planned datum.</summary>
    public static DatumRow Of(long job, CommitSetId set, PlannedDatum datum)
    {
        var skip = datum.Verdict as Verdict.Skip;
        return new()
        {
            JobId = job,
            Id = datum.Id,
            Key = datum.Key,
            State = (long)(skip is null ? DatumState.Unknown : DatumState.Skipped),
            Reason = datum.Verdict.Reason,
            Inputs = DatumInputsFormat.Encode(datum.Inputs),
            Output = skip?.Output.Hash,
            FromSet = skip?.From ?? set,
        };
    }
}
