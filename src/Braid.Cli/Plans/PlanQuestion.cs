using System.Text.Json.Nodes;
using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Naming;
using Braid.Cli.Pipelines;
using Braid.Cli.Transfers;
using Braid.Cli.Uploads;
using Braid.Protos.Pfs;

namespace Braid.Cli.Plans;

/// <summary>
/// Puts what is asked into the words of the server: a spec as it is; of a branch the commit that it would have. Files that would be put
/// go into a file set, which is forgotten after minutes and belongs to no repo; putting them later sends none of their bytes again.
/// </summary>
internal sealed class PlanQuestion(Invocation call)
{
    private const string FileSets = "__filesets__";
    private const int lifeSeconds = 600;

    public async Task<JsonObject> OfSpecAsync(string path, bool reprocess, CancellationToken ct)
    {
        var specs = await SpecSource.ReadAsync(call, path, ct);
        if (specs is not [var spec])
        {
            throw new Failure($"a plan is for one spec, and there are {specs.Count}");
        }

        SpecSubmission.AddProject(spec, call.Project);
        return new() { ["spec"] = spec, ["reprocess"] = reprocess };
    }

    /// <summary>The branch would have another commit as its head.</summary>
    public async Task<JsonObject> OfHeadAsync(Branch branch, string head, CancellationToken ct)
    {
        var request = new InspectCommitRequest { Commit = Names.Commit(call.Project, head) };
        var commit = (await call.Pach.CallAsync(PfsMethods.InspectCommit, request, ct)).Commit;
        return Question(branch, $"{NameOf(Names.RepoOf(commit))}@{commit.Id}");
    }

    /// <summary>Files would be put into the branch, or deleted from it.</summary>
    public async Task<JsonObject> OfFilesAsync(
        Protos.Pfs.File target,
        IReadOnlyList<string> put,
        IReadOnlyList<string> delete,
        CancellationToken ct
    )
    {
        var branch = target.Commit.Branch;
        branch.Repo = target.Commit.Repo;
        var changes = await UploadAsync(target, put, delete, ct);
        var compose = new ComposeFileSetRequest
        {
            FileSetIds = { await FilesOfAsync(target.Commit, ct), changes },
            TtlSeconds = lifeSeconds,
        };
        var whole = await call.Pach.CallAsync(PfsMethods.ComposeFileSet, compose, ct);
        return Question(branch, $"{branch.Repo.Project.Name}/{FileSets}@{whole.FileSetId}");
    }

    private async Task<string> FilesOfAsync(Commit commit, CancellationToken ct)
    {
        var request = new GetFileSetRequest { Commit = commit };
        return (await call.Pach.CallAsync(PfsMethods.GetFileSet, request, ct)).FileSetId;
    }

    private async Task<string> UploadAsync(
        Protos.Pfs.File target,
        IReadOnlyList<string> put,
        IReadOnlyList<string> delete,
        CancellationToken ct
    )
    {
        var plan = new PutPlan
        {
            Target = target.Path,
            Sources = put.Count,
            IsRecursive = put.Any(Directory.Exists),
            OpenInput = call.World.OpenInput,
        };
        await using var progress = TransferProgress.Of(call, "put");
        var stream = new UploadStream(append: false, Upload.UsualParallelism, progress);
        var deletions = delete.Select(path => new ModifyFileRequest { DeleteFile = new() { Path = path } });
        var requests = deletions
            .ToAsyncEnumerable()
            .Concat(stream.RequestsAsync(put.Select(plan.Of).ToList().SelectMany(found => found), ct));
        return (await call.Pach.SendAsync(PfsMethods.CreateFileSet, requests, ct)).FileSetId;
    }

    private static JsonObject Question(Branch branch, string commit) =>
        new()
        {
            ["heads"] = new JsonArray(
                new JsonObject
                {
                    ["repo"] = NameOf(branch.Repo),
                    ["branch"] = branch.Name,
                    ["commit"] = commit,
                }
            ),
        };

    private static string NameOf(Repo repo) => $"{repo.Project.Name}/{Names.Of(repo)}";
}
