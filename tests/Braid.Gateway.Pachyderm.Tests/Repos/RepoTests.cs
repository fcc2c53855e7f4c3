using Braid.Gateway.Pachyderm.Tests.Doors;
using Braid.Grpc.Statuses;
using static Braid.Gateway.Pachyderm.Tests.Doors.PachydermClient;

namespace Braid.Gateway.Pachyderm.Tests.Repos;

public sealed class RepoTests : DoorTests
{
    [Fact]
    public async Task Created_repo_is_listed_with_project_and_type()
    {
        await Client.DoAsync(
            "CreateRepo",
            new Pfs.CreateRepoRequest
            {
                Repo = new() { Name = "images", Project = new() },
                Description = "pictures",
            }
        );

        var info = Assert.Single(await ListAsync());

        Assert.Equal("images", info.Repo.Name);
        Assert.Equal("user", info.Repo.Type);
        Assert.Equal("default", info.Repo.Project.Name);
        Assert.Equal("pictures", info.Description);
        Assert.Equal(0, info.Details.SizeBytes);
    }

    [Fact]
    public async Task Repo_that_exists_is_refused_and_may_be_updated()
    {
        await Client.CreateRepoAsync("images");

        var refusal = await RefusalAsync(() => Client.CreateRepoAsync("images"));
        await Client.DoAsync(
            "CreateRepo",
            new Pfs.CreateRepoRequest
            {
                Repo = Repo("images"),
                Description = "new",
                Update = true,
            }
        );

        Assert.Equal(GrpcCode.AlreadyExists, refusal.Code);
        Assert.Equal("repo default/images already exists", refusal.Message);
        Assert.Equal("new", (await InspectAsync("images")).Description);
    }

    [Fact]
    public async Task Size_and_branches_of_a_repo_are_told()
    {
        await Client.CreateRepoAsync("images");
        await Client.PutAsync(Head("images"), ("/a", "12345"));

        var info = await InspectAsync("images");

        Assert.Equal(5, info.Details.SizeBytes);
        Assert.Equal("master", Assert.Single(info.Branches).Name);
    }

    [Fact]
    public async Task Deleting_says_whether_there_was_a_repo()
    {
        await Client.CreateRepoAsync("images");

        Assert.True(await DeleteAsync("images"));
        Assert.False(await DeleteAsync("images"));
        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task Missing_repo_is_not_found()
    {
        var refusal = await RefusalAsync(() => InspectAsync("images"));

        Assert.Equal(GrpcCode.NotFound, refusal.Code);
        Assert.Equal("repo default/images not found", refusal.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("with space")]
    [InlineData("a/b")]
    public async Task Bad_name_is_refused(string name)
    {
        var refusal = await RefusalAsync(() => Client.CreateRepoAsync(name));

        Assert.Equal(GrpcCode.InvalidArgument, refusal.Code);
        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task Repos_of_a_project_are_deleted_together()
    {
        await Client.CreateRepoAsync("a");
        await Client.CreateRepoAsync("b");

        var deleted = await Client.SendAsync<Pfs.DeleteReposRequest, Pfs.DeleteReposResponse>(
            "pfs_v2.API",
            "DeleteRepos",
            new() { Projects = { new Pfs.Project { Name = "default" } } }
        );

        Assert.Equal(["a", "b"], deleted.Repos.Select(repo => repo.Name).Order());
    }

    [Fact]
    public async Task Pages_are_by_project_and_name()
    {
        foreach (var name in (string[])["c", "a", "b"])
        {
            await Client.CreateRepoAsync(name);
        }

        var page = await Client.ListAsync<Pfs.ListRepoRequest, Pfs.RepoInfo>(
            "ListRepo",
            new()
            {
                Page = new() { PageSize = 2, PageIndex = 1 },
            }
        );

        Assert.Equal("c", Assert.Single(page).Repo.Name);
    }

    private Task<List<Pfs.RepoInfo>> ListAsync() =>
        Client.ListAsync<Pfs.ListRepoRequest, Pfs.RepoInfo>("ListRepo", new() { Type = "user" });

    private Task<Pfs.RepoInfo> InspectAsync(string name) =>
        Client.SendAsync<Pfs.InspectRepoRequest, Pfs.RepoInfo>(
            "pfs_v2.API",
            "InspectRepo",
            new() { Repo = Repo(name) }
        );

    private async Task<bool> DeleteAsync(string name) =>
        (
            await Client.SendAsync<Pfs.DeleteRepoRequest, Pfs.DeleteRepoResponse>(
                "pfs_v2.API",
                "DeleteRepo",
                new() { Repo = Repo(name) }
            )
        ).Deleted;
}
