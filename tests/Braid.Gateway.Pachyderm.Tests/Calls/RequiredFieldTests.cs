using Braid.Gateway.Pachyderm.Tests.Doors;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using static Braid.Gateway.Pachyderm.Tests.Doors.PachydermClient;

namespace Braid.Gateway.Pachyderm.Tests.Calls;

/// <summary>
/// What clients dereference without looking is in every answer: a commit names its repo in both places, a repo its project
/// and type, an info the thing that it tells of.
/// </summary>
public sealed class RequiredFieldTests : DoorTests
{
    private const string pfs = "pfs_v2.API";

    [Fact]
    public async Task No_answer_lacks_what_clients_dereference()
    {
        await Client.CreateRepoAsync("in");
        await Client.CreateRepoAsync("out");
        await Client.PutAsync(Head("in"), ("/d/a", "1"));
        await Client.PutAsync(Head("in"), ("/d/a", "2"), ("/b", "1"));
        await Client.DoAsync(
            "CreateBranch",
            new Pfs.CreateBranchRequest { Branch = Branch("out", "master"), Provenance = { Branch("in", "master") } }
        );
        var at = new Pfs.File { Commit = Head("in"), Path = "/" };
        var set = new Pfs.CommitSet { Id = (await Client.InspectCommitAsync(Head("out"))).Commit.Id };
        var pick = new Pfs.BranchPicker
        {
            Name = new()
            {
                Repo = new() { Name = new() { Name = "in" } },
                Name = "master",
            },
        };

        IEnumerable<IMessage>[] answers =
        [
            await AllAsync<Pfs.ListRepoRequest, Pfs.RepoInfo>("ListRepo", new()),
            await AllAsync<Pfs.ListBranchRequest, Pfs.BranchInfo>("ListBranch", new() { Repo = Repo("out") }),
            await AllAsync<Pfs.ListCommitRequest, Pfs.CommitInfo>("ListCommit", new() { Repo = Repo("in") }),
            await AllAsync<Pfs.ListCommitRequest, Pfs.CommitInfo>("ListCommit", new() { Repo = Repo("out") }),
            await AllAsync<Pfs.ListCommitSetRequest, Pfs.CommitSetInfo>("ListCommitSet", new()),
            await AllAsync<Pfs.InspectCommitSetRequest, Pfs.CommitInfo>("InspectCommitSet", new() { CommitSet = set }),
            await AllAsync<Pfs.ListFileRequest, Pfs.FileInfo>("ListFile", new() { File = at }),
            await AllAsync<Pfs.WalkFileRequest, Pfs.FileInfo>("WalkFile", new() { File = at }),
            await AllAsync<Pfs.GlobFileRequest, Pfs.FileInfo>(
                "GlobFile",
                new() { Commit = Head("in"), Pattern = "**" }
            ),
            await AllAsync<Pfs.DiffFileRequest, Pfs.DiffFileResponse>("DiffFile", new() { NewFile = at }),
            await AllAsync<Pfs.FindCommitsRequest, Pfs.FindCommitsResponse>(
                "FindCommits",
                new() { Start = Head("in"), FilePath = "/b" }
            ),
            await AllAsync<Pfs.WalkCommitSubvenanceRequest, Pfs.CommitInfo>(
                "WalkCommitSubvenance",
                new() { Start = { new Pfs.CommitPicker { BranchHead = pick } } }
            ),
            await AllAsync<Pfs.WalkBranchSubvenanceRequest, Pfs.BranchInfo>(
                "WalkBranchSubvenance",
                new() { Start = { pick } }
            ),
            await AllAsync<Pfs.ListProjectRequest, Pfs.ProjectInfo>("ListProject", new()),
            [
                await Client.SendAsync<Pfs.StartCommitRequest, Pfs.Commit>(
                    pfs,
                    "StartCommit",
                    new() { Branch = Branch("in", "dev") }
                ),
            ],
        ];

        Assert.All(answers, Assert.NotEmpty);
        Assert.All(answers.SelectMany(all => all), answer => Assert.Empty(Lacks(answer)));
        var output = await Client.InspectCommitAsync(Head("out"));
#pragma warning disable CS0612 // What clients of 2.0 to 2.5 read.
        Assert.Equal(Branch("in", "master").Name, Assert.Single(output.OldDirectProvenance).Name);
#pragma warning restore CS0612
    }

    private async Task<IEnumerable<IMessage>> AllAsync<TRequest, TResponse>(string name, TRequest request)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new() =>
        await Client.ListAsync<TRequest, TResponse>(name, request);

    /// <summary>What is missing in a message and in those that it holds.</summary>
    private static IEnumerable<string> Lacks(IMessage message)
    {
        var own = message switch
        {
            Pfs.Commit commit when commit.Repo is null || !commit.Repo.Equals(commit.Branch?.Repo) =>
                "repo of a commit",
            Pfs.Repo { Type: "" } or Pfs.Repo { Project: null } => "type or project of a repo",
            Pfs.Project { Name: "" } => "name of a project",
            Pfs.CommitInfo { Origin: null } or Pfs.CommitInfo { Commit: null } => "commit or origin",
            Pfs.CommitInfo { Started: null } or Pfs.CommitInfo { CreatedAt: null } => "times of a commit",
            Pfs.BranchInfo { Branch: null } => "branch",
            Pfs.RepoInfo { Repo: null } or Pfs.RepoInfo { Details: null } => "repo or details",
            Pfs.FileInfo { File.Commit: null } => "commit of a file",
            Pfs.CommitSetInfo { CommitSet: null } => "commit set",
            _ => null,
        };
        var below = message
            .Descriptor.Fields.InFieldNumberOrder()
            .Where(field => field is { FieldType: FieldType.Message, IsMap: false })
            .SelectMany(field => Values(field.Accessor.GetValue(message)))
            .SelectMany(Lacks);
        return own is null ? below : below.Prepend(own);
    }

    private static IEnumerable<IMessage> Values(object? value) =>
        value switch
        {
            IMessage one => [one],
            System.Collections.IEnumerable many => many.Cast<IMessage>(),
            _ => [],
        };
}
