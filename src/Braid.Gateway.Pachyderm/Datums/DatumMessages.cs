using Braid.Data.Naming;
using Braid.Gateway.Pachyderm.Jobs;
using Braid.Gateway.Pachyderm.Wire;
using Braid.Pipelines;
using Braid.Pipelines.Datums;
using Google.Protobuf;

namespace Braid.Gateway.Pachyderm.Datums;

/// <summary>Datums on the wire. Clients crash where stats or the state's file are missing, so both are always there.</summary>
internal static class DatumMessages
{
    private const string metaType = "meta";
    private const string metaBranch = "master";

    /// <param name="pipeline">Null in a preview.</param>
    public static Pps.DatumInfo Info(PipelineRef? pipeline, Datum datum)
    {
        var info = new Pps.DatumInfo
        {
            Datum = new() { Id = datum.Id, Job = JobOf(pipeline, datum) },
            State = StateOf(datum.State),
            Stats = JobMessages.Stats(datum.Stats),
            PfsState = new() { Commit = MetaCommit(pipeline, datum), Path = $"/out/{datum.Id}" },
            Reason = datum.Reason,
        };
        info.Data.AddRange(datum.Inputs.Select(File));
        return info;
    }

    public static DatumState? State(Pps.DatumState state) =>
        state switch
        {
            Pps.DatumState.Unknown => DatumState.Unknown,
            Pps.DatumState.Failed => DatumState.Failed,
            Pps.DatumState.Success => DatumState.Success,
            Pps.DatumState.Skipped => DatumState.Skipped,
            Pps.DatumState.Starting => DatumState.Starting,
            Pps.DatumState.Recovered => DatumState.Recovered,
            _ => null,
        };

    private static Pps.Job? JobOf(PipelineRef? pipeline, Datum datum) =>
        pipeline is { } named && datum.Job is { } set ? JobMessages.Name(named, set) : null;

    private static Pfs.Commit MetaCommit(PipelineRef? pipeline, Datum datum)
    {
        var repo = new RepoName(pipeline?.Project ?? RepoName.DefaultProject, pipeline?.Name ?? "", metaType);
        return new()
        {
            Repo = repo.ToWire(),
            Branch = new BranchName(repo, metaBranch).ToWire(),
            Id = datum.Job?.ToString() ?? "",
        };
    }

    private static Pfs.FileInfo File(DatumFile file)
    {
        var repo = RepoName.Parse(file.Repo).Value;
        return new()
        {
            File = new()
            {
                Commit = new CommitName(repo, file.Commit).ToWire(file.Branch),
                Path = file.IsDirectory ? $"{file.Path.TrimEnd('/')}/" : file.Path,
            },
            FileType = file.IsDirectory ? Pfs.FileType.Dir : Pfs.FileType.File,
            SizeBytes = file.SizeBytes,
            Hash = UnsafeByteOperations.UnsafeWrap(file.Hash.ToArray()),
        };
    }

    private static Pps.DatumState StateOf(DatumState state) =>
        state switch
        {
            DatumState.Unknown => Pps.DatumState.Unknown,
            DatumState.Starting => Pps.DatumState.Starting,
            DatumState.Success => Pps.DatumState.Success,
            DatumState.Failed => Pps.DatumState.Failed,
            DatumState.Skipped => Pps.DatumState.Skipped,
            DatumState.Recovered => Pps.DatumState.Recovered,
            _ => throw new ArgumentOutOfRangeException(nameof(state), state, "a datum state without a wire form"),
        };
}
