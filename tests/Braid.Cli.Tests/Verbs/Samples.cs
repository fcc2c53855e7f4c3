using Braid.Protos.Pfs;
using Braid.Protos.Pps;
using Google.Protobuf.WellKnownTypes;

namespace Braid.Cli.Tests.Verbs;

/// <summary>Records as a server sends them, two minutes before the clock of the tests.</summary>
internal static class Samples
{
    public const string Id = "0123456789ab4def8123456789abcdef";

    public static Timestamp Ago(double seconds) =>
        Timestamp.FromDateTimeOffset(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(-seconds));

    public static Repo Repo(string name = "images") =>
        new()
        {
            Name = name,
            Type = "user",
            Project = new() { Name = "default" },
        };

    public static Commit Commit(string repo = "images") =>
        new()
        {
            Repo = Repo(repo),
            Id = Id,
            Branch = new() { Repo = Repo(repo), Name = "master" },
        };

    public static RepoInfo RepoInfo =>
        new()
        {
            Repo = Repo(),
            Created = Ago(120),
            Description = "handwritten",
            SizeBytesUpperBound = 58381,
        };

    public static CommitInfo Finished =>
        new()
        {
            Commit = Commit(),
            Origin = new() { Kind = OriginKind.User },
            Description = "hello",
            Started = Ago(125),
            Finished = Ago(120),
            Details = new() { SizeBytes = 58381 },
            CreatedBy = "admin",
        };

    public static CommitInfo Open =>
        new()
        {
            Commit = Commit("edges"),
            Origin = new() { Kind = OriginKind.Auto },
            Started = Ago(60),
            SizeBytesUpperBound = 3145728,
        };

    public static BranchInfo Branch =>
        new()
        {
            Branch = new() { Repo = Repo(), Name = "dev" },
            Trigger = new()
            {
                Branch = "master",
                Size = "1MB",
                Commits = 3,
            },
        };

    public static Protos.Pfs.FileInfo File(string path, FileType type, long size) =>
        new()
        {
            File = new() { Commit = Commit(), Path = path },
            FileType = type,
            SizeBytes = size,
        };

    public static PipelineInfo Pipeline =>
        new()
        {
            Pipeline = new()
            {
                Name = "edges",
                Project = new() { Name = "default" },
            },
            Version = 1,
            State = PipelineState.PipelineRunning,
            LastJobState = JobState.JobSuccess,
            Details = new()
            {
                CreatedAt = Ago(180),
                Description = "A pipeline",
                OutputBranch = "master",
                WorkersRequested = 1,
                WorkersAvailable = 1,
                Input = Input,
                Transform = new() { Image = "ubuntu:20.04", Cmd = { "python3", "/edges.py" } },
            },
        };

    public static Input Input =>
        new()
        {
            Cross =
            {
                new Input
                {
                    Pfs = new()
                    {
                        Project = "default",
                        Name = "images",
                        Repo = "images",
                        Glob = "/*",
                    },
                },
                new Input
                {
                    Pfs = new()
                    {
                        Project = "other",
                        Name = "labels",
                        Repo = "labels",
                        Glob = "/",
                    },
                },
            },
        };

    public static JobInfo Job(JobState state, string reason = "") =>
        new()
        {
            Job = new()
            {
                Id = Id,
                Pipeline = new()
                {
                    Name = "edges",
                    Project = new() { Name = "default" },
                },
            },
            State = state,
            Reason = reason,
            Created = Ago(130),
            Started = Ago(122),
            Finished = Ago(120),
            DataProcessed = 1,
            DataTotal = 2,
            DataSkipped = 1,
            Stats = new() { DownloadBytes = 58647, UploadBytes = 22753 },
            OutputCommit = Commit("edges"),
            Details = new()
            {
                Input = Pipeline.Details.Input,
                ParallelismSpec = new() { Constant = 2 },
            },
        };

    public static DatumInfo Datum =>
        new()
        {
            Datum = new()
            {
                Id = new string('a', 64),
                Job = new()
                {
                    Id = Id,
                    Pipeline = new() { Name = "edges" },
                },
            },
            State = DatumState.Skipped,
            Reason = "unchanged since job x",
            Stats = new() { ProcessTime = Duration.FromTimeSpan(TimeSpan.FromSeconds(2)) },
            PfsState = new() { Commit = Commit("edges"), Path = "/pfs/a" },
            Data = { File("/a", FileType.File, 1), File("/b", FileType.File, 1) },
        };

    /// <summary>A pipeline of which everything is known.</summary>
    public static PipelineInfo FullPipeline
    {
        get
        {
            var pipeline = Pipeline;
            pipeline.State = PipelineState.PipelineCrashing;
            pipeline.UserSpecJson = """{"pipeline":{"name":"edges"},"input":{"pfs":{"repo":"images","glob":"/*"}}}""";
            pipeline.EffectiveSpecJson = """{"pipeline":{"name":"edges"},"datumTries":"3"}""";
            pipeline.Details.ParallelismSpec = new() { Constant = 2 };
            pipeline.Details.ResourceLimits = Resources;
            pipeline.Details.DatumTimeout = Duration.FromTimeSpan(TimeSpan.FromSeconds(90));
            pipeline.Details.JobTimeout = Duration.FromTimeSpan(TimeSpan.FromMinutes(61));
            pipeline.Details.Egress = new() { URL = "s3://bucket/dir" };
            pipeline.Details.RecentError = "no such program: edges";
            return pipeline;
        }
    }

    /// <summary>A job that runs on a worker.</summary>
    public static JobInfo RunningJob
    {
        get
        {
            var job = Job(JobState.JobRunning);
            job.Finished = null;
            job.Details.DatumTimeout = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(1500));
            job.Details.ResourceRequests = Resources;
            job.Details.Egress = new() { ObjectStorage = new() { Url = "s3://bucket" } };
            job.Details.WorkerStatus.Add(
                new WorkerStatus
                {
                    WorkerId = "worker-0",
                    JobId = Id,
                    DatumStatus = new() { Started = Ago(60), Data = { new InputFile { Path = "/a" } } },
                }
            );
            return job;
        }
    }

    public static SecretInfo Secret =>
        new()
        {
            Secret = new() { Name = "clearml" },
            Type = "Opaque",
            CreationTimestamp = Ago(100),
        };

    private static ResourceSpec Resources =>
        new()
        {
            Cpu = 0.5f,
            Memory = "1G",
            Gpu = new() { Type = "nvidia.com/gpu", Number = 1 },
        };
}
