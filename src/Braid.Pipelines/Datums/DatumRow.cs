using Braid.Pipelines.Datums.Trees;
using Braid.Pipelines.Jobs;
using Braid.Pipelines.Planning;
using Braid.Primitives;
using Braid.Storage.Trees;

namespace Braid.Pipelines.Datums;

/// <summary>A datum that a job has to run, until it is folded into the job's tree.</summary>
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

    public ProcessStats Stats =>
        new()
        {
            DownloadTime = DownloadTime,
            ProcessTime = ProcessTime,
            UploadTime = UploadTime,
            DownloadBytes = DownloadBytes,
            UploadBytes = UploadBytes,
        };

    public IReadOnlyList<LeafMatch> ReadInputs() => DatumInputsFormat.Decode(Inputs);

    /// <summary>The first state of a datum that a job has to run.</summary>
    public static DatumRow Of(
        JobRow job,
        Sha256Hash id,
        Sha256Hash key,
        IReadOnlyList<LeafMatch> inputs,
        string reason
    ) =>
        new()
        {
            JobId = job.Id,
            Id = id,
            Key = key,
            State = (long)DatumState.Unknown,
            Reason = reason,
            Inputs = DatumInputsFormat.Encode(inputs),
            FromSet = job.SetId,
        };

    public DatumRecord ToRecord() =>
        new()
        {
            Id = Id,
            Key = Key,
            // Rows of older releases tell of datums that were taken over, too.
            State = DatumState == DatumState.Skipped ? DatumState.Success : DatumState,
            Reason = Reason,
            From = FromSet,
            Inputs = ReadInputs(),
            Tries = Tries,
            Stats = Stats,
        };
}
