using Google.Protobuf;

namespace Braid.Gateway.Pachyderm.Tests.Doors;

/// <summary>What tests say to and ask of pipelines, as Pachyderm's own clients do.</summary>
internal static class PipelineWords
{
    private const string pps = "pps_v2.API";

    /// <summary>A pipeline that runs a line of shell.</summary>
    public static Pps.CreatePipelineRequest Shell(string name, string line, Pps.Input? input = null) =>
        new()
        {
            Pipeline = new() { Name = name },
            Transform = new() { Cmd = { "sh" }, Stdin = { line } },
            Input = input,
        };

    /// <summary>A pipeline that copies what it reads.</summary>
    public static Pps.CreatePipelineRequest Copy(string name, string repo, string glob) =>
        Shell(name, $"cp -r /pfs/{repo}/. /pfs/out/", Read(repo, glob));

    public static Pps.Input Read(string repo, string glob) =>
        new()
        {
            Pfs = new() { Repo = repo, Glob = glob },
        };

    public static Pps.Input Cross(params Pps.Input[] parts) => new() { Cross = { parts } };

    /// <summary>A call of pipelines that answers nothing.</summary>
    public static Task<Empty> WorkAsync<T>(this PachydermClient client, string name, T request)
        where T : class, IMessage<T>, new() => client.SendAsync<T, Empty>(pps, name, request);

    public static Task<Empty> CreatePipelineAsync(this PachydermClient client, Pps.CreatePipelineRequest request) =>
        client.WorkAsync("CreatePipeline", request);

    public static Task<Pps.PipelineInfo> InspectPipelineAsync(this PachydermClient client, string name) =>
        client.SendAsync<Pps.InspectPipelineRequest, Pps.PipelineInfo>(
            pps,
            "InspectPipeline",
            new()
            {
                Pipeline = new() { Name = name },
                Details = true,
            }
        );

    /// <summary>Jobs of all versions of a pipeline, the newest first.</summary>
    public static async Task<List<Pps.JobInfo>> JobsAsync(this PachydermClient client, string pipeline) =>
        await client
            .StreamAsync<Pps.ListJobRequest, Pps.JobInfo>(
                pps,
                "ListJob",
                new()
                {
                    Pipeline = new() { Name = pipeline },
                    History = -1,
                }
            )
            .ToListAsync();

    /// <summary>The jobs of a commit set as they are, or once they have ended.</summary>
    public static async Task<List<Pps.JobInfo>> JobSetAsync(this PachydermClient client, string id, bool wait = true) =>
        await client
            .StreamAsync<Pps.InspectJobSetRequest, Pps.JobInfo>(
                pps,
                "InspectJobSet",
                new()
                {
                    JobSet = new() { Id = id },
                    Wait = wait,
                }
            )
            .ToListAsync();

    public static Task<Pps.JobInfo> InspectJobAsync(this PachydermClient client, Pps.Job job, bool wait = false) =>
        client.SendAsync<Pps.InspectJobRequest, Pps.JobInfo>(
            pps,
            "InspectJob",
            new()
            {
                Job = job,
                Wait = wait,
                Details = true,
            }
        );

    /// <summary>The newest job of a pipeline, once it has ended.</summary>
    public static async Task<Pps.JobInfo> NewestEndedAsync(this PachydermClient client, string pipeline) =>
        await client.InspectJobAsync((await client.JobsAsync(pipeline))[0].Job, wait: true);

    public static async Task<List<Pps.DatumInfo>> DatumsAsync(this PachydermClient client, Pps.Job job) =>
        await client
            .StreamAsync<Pps.ListDatumRequest, Pps.DatumInfo>(pps, "ListDatum", new() { Job = job })
            .ToListAsync();

    /// <summary>What a pipeline's programs have printed.</summary>
    public static async Task<List<string>> LinesAsync(this PachydermClient client, string pipeline) =>
        await client
            .StreamAsync<Pps.GetLogsRequest, Pps.LogMessage>(
                pps,
                "GetLogs",
                new() { Pipeline = new() { Name = pipeline } }
            )
            .Where(line => line.User)
            .Select(line => line.Message)
            .ToListAsync();

    /// <summary>The lines that a pipeline's programs print from now on, which never end by themselves.</summary>
    public static IAsyncEnumerable<string> FollowAsync(this PachydermClient client, string pipeline) =>
        client
            .StreamAsync<Pps.GetLogsRequest, Pps.LogMessage>(
                pps,
                "GetLogs",
                new()
                {
                    Pipeline = new() { Name = pipeline },
                    Follow = true,
                }
            )
            .Where(line => line.User)
            .Select(line => line.Message);

    /// <summary>Every file of a branch's head with its text.</summary>
    public static async Task<List<string>> FilesAsync(this PachydermClient client, string repo)
    {
        var head = PachydermClient.Head(repo);
        var walk = new Pfs.WalkFileRequest
        {
            File = new() { Commit = head, Path = "/" },
        };
        var files = new List<string>();
        foreach (var info in await client.ListAsync<Pfs.WalkFileRequest, Pfs.FileInfo>("WalkFile", walk))
        {
            if (info.FileType == Pfs.FileType.File)
            {
                files.Add($"{info.File.Path} {await client.TextAsync(head, info.File.Path)}".TrimEnd());
            }
        }

        return files;
    }

    /// <summary>How pachctl shows a job's progress and state.</summary>
    public static string Progress(this Pps.JobInfo job)
    {
        var recovered = job.DataRecovered > 0 ? $" + {job.DataRecovered}" : "";
        var state = job.State.ToString()["Job".Length..].ToLowerInvariant();
        return $"{job.Job.Pipeline.Name} {job.DataProcessed} + {job.DataSkipped}{recovered} / {job.DataTotal} {state}";
    }
}
