using Braid.Gateway.Pachyderm.Tests.Doors;
using Braid.Grpc.Statuses;
using static Braid.Gateway.Pachyderm.Tests.Doors.PachydermClient;

namespace Braid.Gateway.Pachyderm.Tests.Projects;

public sealed class ProjectTests : DoorTests
{
    [Fact]
    public async Task Default_project_is_there_from_the_start() => Assert.Equal(["default"], await NamesAsync());

    [Fact]
    public async Task Project_is_a_namespace_of_repos()
    {
        await CreateAsync("vision");
        await Client.CreateRepoAsync("images");
        await Client.DoAsync("CreateRepo", new Pfs.CreateRepoRequest { Repo = InVision("images") });

        var repos = await Client.ListAsync<Pfs.ListRepoRequest, Pfs.RepoInfo>(
            "ListRepo",
            new() { Projects = { new Pfs.Project { Name = "vision" } } }
        );

        Assert.Equal(InVision("images"), Assert.Single(repos).Repo);
    }

    [Fact]
    public async Task Project_with_repos_is_deleted_only_by_force()
    {
        await CreateAsync("vision");
        await Client.DoAsync("CreateRepo", new Pfs.CreateRepoRequest { Repo = InVision("images") });
        var request = new Pfs.DeleteProjectRequest { Project = new() { Name = "vision" } };

        var refusal = await RefusalAsync(() => Client.DoAsync("DeleteProject", request));
        request.Force = true;
        await Client.DoAsync("DeleteProject", request);

        Assert.Equal(GrpcCode.FailedPrecondition, refusal.Code);
        Assert.StartsWith(
            "cannot delete project vision: repo vision/images still exists",
            refusal.Message,
            StringComparison.Ordinal
        );
        Assert.Equal(["default"], await NamesAsync());
    }

    [Fact]
    public async Task Missing_project_is_not_found()
    {
        var refusal = await RefusalAsync(() =>
            Client.DoAsync("CreateRepo", new Pfs.CreateRepoRequest { Repo = InVision("images") })
        );

        Assert.Equal(GrpcCode.NotFound, refusal.Code);
        Assert.Equal("project \"vision\" not found", refusal.Message);
    }

    [Fact]
    public async Task Description_of_a_project_is_updated_and_names_are_checked()
    {
        await CreateAsync("vision");
        await Client.DoAsync(
            "CreateProject",
            new Pfs.CreateProjectRequest
            {
                Project = new() { Name = "vision" },
                Description = "eyes",
                Update = true,
            }
        );
        var again = await RefusalAsync(() => CreateAsync("vision"));
        var longName = new string('p', 53);
        var tooLong = await RefusalAsync(() => CreateAsync(longName));
        var start = await RefusalAsync(() => CreateAsync("-vision"));
        var sign = await RefusalAsync(() => CreateAsync("vi.sion"));

        var all = await Client.ListAsync<Pfs.ListProjectRequest, Pfs.ProjectInfo>("ListProject", new());
        Assert.Equal("eyes", all.Single(info => info.Project.Name == "vision").Description);
        Assert.Equal((GrpcCode.AlreadyExists, "project vision already exists"), (again.Code, again.Message));
        Assert.Equal($"project name \"{longName}\" is 2 characters longer than the 51 max", tooLong.Message);
        Assert.Equal(GrpcCode.InvalidArgument, start.Code);
        Assert.Equal(
            "name (vi.sion) invalid: only alphanumeric characters, underscores, and dashes are allowed",
            sign.Message
        );
    }

    private static Pfs.Repo InVision(string name) =>
        new()
        {
            Name = name,
            Type = "user",
            Project = new() { Name = "vision" },
        };

    private Task<Empty> CreateAsync(string name) =>
        Client.DoAsync("CreateProject", new Pfs.CreateProjectRequest { Project = new() { Name = name } });

    private async Task<List<string>> NamesAsync() =>
        (await Client.ListAsync<Pfs.ListProjectRequest, Pfs.ProjectInfo>("ListProject", new())).ConvertAll(info =>
            info.Project.Name
        );
}
