using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Datums;
using Braid.Cli.Downloads;
using Braid.Cli.Naming;
using Braid.Cli.Pipelines;
using Braid.Cli.Servers;
using Braid.Cli.Transfers;
using Braid.Protos.Pfs;
using Braid.Protos.Pps;

namespace Braid.Cli.Development;

/// <summary>A spec on a server of its own: its files, its datums, its job and its output.</summary>
internal sealed class DevTrial(Invocation call, LocalServer server, DevSpec spec) : IDisposable
{
    /// <summary>All files of the inputs.</summary>
    public const string AllFiles = "all";

    /// <summary>The files of the datums that run.</summary>
    public const string Chosen = "chosen";

    private const string Project = "default";
    private const string AllPattern = "/";

    private readonly PachClient pach = new(server.Address);

    /// <summary>Every input's repo, with its local files.</summary>
    public async Task PutAsync(IReadOnlyDictionary<string, string> paths, CancellationToken ct)
    {
        foreach (var (repo, path) in paths)
        {
            await pach.CallAsync(PfsMethods.CreateRepo, new CreateRepoRequest { Repo = Names.Repo(Project, repo) }, ct);
            string[] words = Directory.Exists(path)
                ? ["put", "file", "-r", $"{repo}@{AllFiles}:/", "-f", path]
                : ["put", "file", $"{repo}@{AllFiles}:/{Path.GetFileName(path)}", "-f", path];
            await RunAsync(words, ct);
        }
    }

    /// <summary>The datums that the input makes of all files.</summary>
    public async Task<IReadOnlyList<DatumInfo>> DatumsAsync(CancellationToken ct)
    {
        var input = ListDatum.InputOf((System.Text.Json.Nodes.JsonObject)spec.Spec.DeepClone());
        foreach (var leaf in Leaves(input))
        {
            leaf.Branch = AllFiles;
        }

        var request = new ListDatumRequest { Input = input };
        return await pach.StreamAsync(PpsMethods.ListDatum, request, ct).ToListAsync(ct);
    }

    /// <summary>Makes the branches that the job reads: the files of these datums, without copying a byte.</summary>
    public async Task ChooseAsync(IReadOnlyList<DatumInfo> datums, IEnumerable<string> repos, CancellationToken ct)
    {
        foreach (var repo in repos)
        {
            var branch = Names.Branch(Project, $"{repo}@{Chosen}");
            var files = datums
                .SelectMany(datum => datum.Data)
                .Where(file => Names.RepoOf(file.File.Commit).Name == repo)
                .Select(file => file.File.Path)
                .Distinct()
                .ToList();
            await pach.SendAsync(PfsMethods.ModifyFile, CopiesOf(repo, branch, files).ToAsyncEnumerable(), ct);
        }
    }

    /// <summary>The branch of every repo is the one with all of its files.</summary>
    public async Task ChooseAllAsync(IEnumerable<string> repos, CancellationToken ct)
    {
        foreach (var repo in repos)
        {
            var request = new CreateBranchRequest
            {
                Branch = Names.Branch(Project, $"{repo}@{Chosen}"),
                Head = Names.Commit(Project, $"{repo}@{AllFiles}"),
            };
            await pach.CallAsync(PfsMethods.CreateBranch, request, ct);
        }
    }

    /// <summary>Makes the pipeline, shows what its job prints, and waits for the job's end.</summary>
    public async Task<JobInfo> RunAsync(CancellationToken ct)
    {
        var request = new CreatePipelineV2Request { CreatePipelineRequestJson = spec.Spec.ToJsonString() };
        await pach.CallAsync(PpsMethods.CreatePipelineV2, request, ct);
        var list = new ListJobRequest { Pipeline = Names.Pipeline(Project, spec.Name), Number = 1 };
        var job = await pach.StreamAsync(PpsMethods.ListJob, list, ct).FirstAsync(ct);
        var log = new DevLog(pach, call.Out, job.Job);
        return await log.ShowUntilAsync(
            pach.CallAsync(PpsMethods.InspectJob, new InspectJobRequest { Job = job.Job, Wait = true }, ct),
            ct
        );
    }

    public async Task<IReadOnlyList<DatumInfo>> ResultsAsync(JobInfo job, CancellationToken ct) =>
        await pach.StreamAsync(PpsMethods.ListDatum, new ListDatumRequest { Job = job.Job }, ct).ToListAsync(ct);

    /// <summary>Writes what the job made into a folder.</summary>
    public async Task GetAsync(JobInfo job, string folder, CancellationToken ct)
    {
        await using var progress = TransferProgress.Of(call, "got");
        var files = new Protos.Pfs.File { Commit = job.OutputCommit, Path = AllPattern };
        await new FolderDownload(pach, folder, new(call.World.Clock), progress).RunAsync(files, ct);
    }

    public void Dispose() => pach.Dispose();

    /// <summary>A command against the trial's server, which says nothing unless it fails.</summary>
    private async Task RunAsync(string[] words, CancellationToken ct)
    {
        using var output = new StringWriter();
        var world = call.World with
        {
            Out = output,
            ShowsErrors = false,
            Variable = name =>
                name switch
                {
                    "PACHD_ADDRESS" => server.Doors.Pachyderm,
                    "BRAID_TOKEN" => server.Doors.Token,
                    "PACH_CONFIG" => Path.Combine(server.Folder, "no-config.json"),
                    _ => call.World.Variable(name),
                },
        };
        if (await Dispatcher.RunAsync(words, world, ct) != 0)
        {
            throw new Failure($"cannot read the files of {words[^1]}");
        }
    }

    private static IEnumerable<ModifyFileRequest> CopiesOf(string repo, Protos.Pfs.Branch branch, List<string> paths)
    {
        yield return new()
        {
            SetCommit = new() { Repo = branch.Repo, Branch = branch },
        };
        foreach (var path in paths)
        {
            yield return new()
            {
                CopyFile = new() { Dst = path, Src = Names.File(Project, $"{repo}@{AllFiles}:{path}") },
            };
        }
    }

    private static IEnumerable<PFSInput> Leaves(Input input) =>
        input.Pfs is { } pfs
            ? [pfs]
            : input.Cross.Concat(input.Union).Concat(input.Join).Concat(input.Group).SelectMany(Leaves);
}
