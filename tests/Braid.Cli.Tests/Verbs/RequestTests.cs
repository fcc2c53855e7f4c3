using Braid.Cli.Connection.Pachyderm;
using Braid.Protos.Pfs;
using Braid.Protos.Pps;
using Google.Protobuf.WellKnownTypes;

namespace Braid.Cli.Tests.Verbs;

/// <summary>What the commands that change something ask for.</summary>
public sealed class RequestTests : IAsyncLifetime
{
    private PachdFake pachd = null!; // set before each test

    public async Task InitializeAsync() => pachd = await PachdFake.StartAsync();

    public async Task DisposeAsync() => await pachd.DisposeAsync();

    [Fact]
    public async Task A_repo_is_made_in_its_project_with_the_token()
    {
        pachd.Answers(PfsMethods.CreateRepo, new Empty());
        var cli = pachd.Cli.With("BRAID_TOKEN", "secret");
        Assert.Equal(0, await cli.RunAsync("create", "repo", "digits", "-d", "hand", "--project", "vision"));
        var request = pachd.Asked<CreateRepoRequest>();
        Assert.Equal(("digits", "vision", "hand"), (request.Repo.Name, request.Repo.Project.Name, request.Description));
        Assert.Equal("secret", pachd.Token);
        Assert.Empty(cli.Out);
    }

    [Fact]
    public async Task Deleting_a_repo_that_is_not_there_is_an_error()
    {
        pachd.Answers(PfsMethods.DeleteRepo, new DeleteRepoResponse { Deleted = false });
        var cli = pachd.Cli;
        Assert.Equal(1, await cli.RunAsync("delete", "repo", "digits"));
        Assert.Equal("No repo deleted.\n", cli.Error);
    }

    [Fact]
    public async Task A_started_commit_is_its_id_alone()
    {
        pachd.Answers(PfsMethods.StartCommit, Samples.Commit());
        var cli = pachd.Cli;
        Assert.Equal(0, await cli.RunAsync("start", "commit", "images@master", "-p", Samples.Id, "-m", "why"));
        Assert.Equal(Samples.Id + "\n", cli.Out);
        var request = pachd.Asked<StartCommitRequest>();
        Assert.Equal((Samples.Id, "why"), (request.Parent.Id, request.Description));
    }

    [Fact]
    public async Task A_branch_takes_provenance_and_a_head()
    {
        pachd.Answers(PfsMethods.CreateBranch, new Empty());
        await pachd.Cli.RunAsync("create", "branch", "images@dev", "--head", "master", "-p", "a@x", "-p", "b@y");
        var request = pachd.Asked<CreateBranchRequest>();
        Assert.Equal(["a", "b"], request.Provenance.Select(branch => branch.Repo.Name));
        Assert.Equal(("images", "master"), (request.Head.Repo.Name, request.Head.Branch.Name));
        Assert.Null(request.Trigger);
    }

    [Fact]
    public async Task A_branch_takes_a_trigger_with_its_conditions()
    {
        pachd.Answers(PfsMethods.CreateBranch, new Empty());
        var words =
            "create branch images@dev -t master --trigger-size 1MB --trigger-commits 3 --trigger-cron @daily "
            + "--trigger-rate-limit @hourly --trigger-all";
        Assert.Equal(0, await pachd.Cli.RunAsync(words.Split(' ')));
        Assert.Equal(
            new Trigger
            {
                Branch = "master",
                All = true,
                Size = "1MB",
                Commits = 3,
                CronSpec = "@daily",
                RateLimitSpec = "@hourly",
            },
            pachd.Asked<CreateBranchRequest>().Trigger
        );
    }

    [Fact]
    public async Task An_update_changes_only_the_description()
    {
        pachd.Answers(PfsMethods.CreateRepo, new Empty()).Answers(PfsMethods.CreateProject, new Empty());
        Assert.Equal(0, await pachd.Cli.RunAsync("update", "repo", "digits", "-d", "new"));
        Assert.Equal(0, await pachd.Cli.RunAsync("update", "project", "vision", "-d", "new"));
        Assert.True(pachd.Asked<CreateRepoRequest>() is { Update: true, Description: "new" });
        Assert.True(pachd.Asked<CreateProjectRequest>() is { Update: true, Description: "new" });
    }

    [Fact]
    public async Task Every_spec_of_a_file_is_submitted_into_the_current_project()
    {
        pachd.Answers(PpsMethods.CreatePipelineV2, new CreatePipelineV2Response());
        using var folder = new Testing.TempFolder();
        await System.IO.File.WriteAllTextAsync(
            folder.File("s.yaml"),
            "pipeline: {name: a}\n---\npipeline: {name: b, project: {name: p}}\n"
        );
        Assert.Equal(0, await pachd.Cli.RunAsync("update", "pipeline", "-f", folder.File("s.yaml"), "--reprocess"));
        var requests = pachd.Requests.Cast<CreatePipelineV2Request>().ToList();
        Assert.Equal(
            [
                """{"pipeline":{"name":"a","project":{"name":"default"}}}""",
                """{"pipeline":{"name":"b","project":{"name":"p"}}}""",
            ],
            requests.Select(request => request.CreatePipelineRequestJson)
        );
        Assert.All(requests, request => Assert.True(request is { Update: true, Reprocess: true }));
    }

    [Fact]
    public async Task Output_without_raw_is_refused()
    {
        var cli = pachd.Cli;
        Assert.Equal(1, await cli.RunAsync("list", "repo", "-o", "json"));
        Assert.Equal("cannot set --output (-o) without --raw\n", cli.Error);
    }

    [Fact]
    public async Task The_tail_of_a_log_is_no_longer_there()
    {
        var cli = pachd.Cli;
        Assert.Equal(1, await cli.RunAsync("logs", "-p", "edges", "-t", "5"));
        Assert.Equal("tail has been deprecated and removed from Pachyderm, use --since instead\n", cli.Error);
    }
}
