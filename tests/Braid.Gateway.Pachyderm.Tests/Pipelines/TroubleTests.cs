using Braid.Gateway.Pachyderm.Tests.Doors;
using Braid.Grpc.Statuses;
using Google.Protobuf;
using static Braid.Gateway.Pachyderm.Tests.Doors.PachydermClient;
using static Braid.Gateway.Pachyderm.Tests.Doors.PipelineWords;

namespace Braid.Gateway.Pachyderm.Tests.Pipelines;

/// <summary>What keeps a pipeline from running, before it is made and after.</summary>
public sealed class TroubleTests : DoorTests
{
    private const string pps = "pps_v2.API";

    [Fact]
    public async Task Repo_that_is_missing_is_found_by_a_dry_run_as_by_the_creation()
    {
        var spec = Copy("edges", "images", "/*");
        var made = await RefusalAsync(() => Client.CreatePipelineAsync(spec));
        spec.DryRun = true;
        var tried = await RefusalAsync(() => Client.CreatePipelineAsync(spec));

        Assert.Equal((GrpcCode.NotFound, "repo default/images not found"), (made.Code, made.Message));
        Assert.Equal((made.Code, made.Message), (tried.Code, tried.Message));
    }

    [Fact]
    public async Task Secret_that_is_missing_is_found_by_a_dry_run_as_by_the_creation()
    {
        await Client.CreateRepoAsync("images");
        var spec = Copy("edges", "images", "/*");
        spec.Transform.Secrets.Add(
            new Pps.SecretMount
            {
                Name = "login",
                Key = "password",
                EnvVar = "PASSWORD",
            }
        );
        spec.DryRun = true;
        var missing = await RefusalAsync(() => Client.CreatePipelineAsync(spec));
        await CreateSecretAsync("other");
        var keyless = await RefusalAsync(() => Client.CreatePipelineAsync(spec));
        spec.DryRun = false;
        var made = await RefusalAsync(() => Client.CreatePipelineAsync(spec));

        Assert.StartsWith("missing Kubernetes secret login", missing.Message, StringComparison.Ordinal);
        Assert.StartsWith("Kubernetes secret login missing key password", keyless.Message, StringComparison.Ordinal);
        Assert.Equal(keyless.Message, made.Message);
    }

    [Fact]
    public async Task Dry_run_leaves_nothing_behind()
    {
        await Client.CreateRepoAsync("images");
        var spec = Copy("edges", "images", "/*");
        spec.DryRun = true;

        await Client.CreatePipelineAsync(spec);

        var repos = await Client.ListAsync<Pfs.ListRepoRequest, Pfs.RepoInfo>("ListRepo", new());
        Assert.Equal(["images"], repos.Select(repo => repo.Repo.Name));
        Assert.Empty(
            await Client
                .StreamAsync<Pps.ListPipelineRequest, Pps.PipelineInfo>(pps, "ListPipeline", new())
                .ToListAsync()
        );
    }

    [Fact]
    public async Task Secret_reaches_a_program_as_a_variable_and_a_pipeline_that_lost_its_secret_crashes_until_it_is_back()
    {
        await Server.RunJobsAsync();
        await CreateSecretAsync("password");
        await Client.CreateRepoAsync("images");
        await Client.PutAsync(Head("images"), ("/a", "1"));
        var spec = Shell("edges", "echo $PASSWORD", Read("images", "/*"));
        spec.Transform.Secrets.Add(
            new Pps.SecretMount
            {
                Name = "login",
                Key = "password",
                EnvVar = "PASSWORD",
            }
        );
        await Client.CreatePipelineAsync(spec);
        await Client.NewestEndedAsync("edges");
        Assert.Equal(["s3cret"], await Client.LinesAsync("edges"));

        await Client.WorkAsync("DeleteSecret", new Pps.DeleteSecretRequest { Secret = new() { Name = "login" } });
        await Client.PutAsync(Head("images"), ("/b", "1"));
        var failed = await Client.NewestEndedAsync("edges");
        var crashing = await Client.InspectPipelineAsync("edges");
        var alerts = await CheckAsync();
        var summary = await SummaryAsync();

        Assert.Equal(Pps.JobState.JobFailure, failed.State);
        Assert.Equal(Pps.PipelineState.PipelineCrashing, crashing.State);
        Assert.StartsWith("missing Kubernetes secret login", crashing.Reason, StringComparison.Ordinal);
        Assert.Equal([$"workers cannot start: {crashing.Reason}"], alerts);
        Assert.Equal((1, 0, 1), (summary.ActivePipelines, summary.PausedPipelines, summary.UnhealthyPipelines));

        await CreateSecretAsync("password");
        await Client.PutAsync(Head("images"), ("/c", "1"));
        Assert.Equal(Pps.JobState.JobSuccess, (await Client.NewestEndedAsync("edges")).State);
        Assert.Equal(Pps.PipelineState.PipelineRunning, (await Client.InspectPipelineAsync("edges")).State);
        Assert.Empty(await CheckAsync());
    }

    [Fact]
    public async Task Defaults_of_a_project_make_new_versions_of_its_pipelines_when_they_are_regenerated()
    {
        var project = new Pfs.Project { Name = "vision" };
        await Client.DoAsync("CreateProject", new Pfs.CreateProjectRequest { Project = project });
        await Client.CreateRepoAsync("images");
        var (inside, outside) = (Copy("edges", "images", "/*"), Copy("edges", "images", "/*"));
        inside.Pipeline.Project = project;
        inside.Input.Pfs.Project = "default";
        await Client.CreatePipelineAsync(inside);
        await Client.CreatePipelineAsync(outside);

        var affected = await Client.SendAsync<Pps.SetProjectDefaultsRequest, Pps.SetProjectDefaultsResponse>(
            pps,
            "SetProjectDefaults",
            new()
            {
                Project = project,
                ProjectDefaultsJson = """{"create_pipeline_request": {"datum_tries": 5}}""",
                Regenerate = true,
            }
        );

        Assert.Equal("vision", Assert.Single(affected.AffectedPipelines).Project.Name);
        var pipelines = await Client
            .StreamAsync<Pps.ListPipelineRequest, Pps.PipelineInfo>(pps, "ListPipeline", new() { Details = true })
            .ToListAsync();
        Assert.Equal(
            ["default 1 3", "vision 2 5"],
            pipelines.Select(p => $"{p.Pipeline.Project.Name} {p.Version} {p.Details.DatumTries}").Order()
        );
    }

    private async Task<IReadOnlyList<string>> CheckAsync() =>
        await Client
            .StreamAsync<Pps.CheckStatusRequest, Pps.CheckStatusResponse>(pps, "CheckStatus", new() { All = true })
            .SelectMany(response => response.Alerts.ToAsyncEnumerable())
            .ToListAsync();

    private async Task<Pps.PipelinesSummary> SummaryAsync() =>
        Assert.Single(
            (
                await Client.SendAsync<Pps.PipelinesSummaryRequest, Pps.PipelinesSummaryResponse>(
                    pps,
                    "PipelinesSummary",
                    new()
                )
            ).Summaries
        );

    private Task<Empty> CreateSecretAsync(string key) =>
        Client.WorkAsync(
            "CreateSecret",
            new Pps.CreateSecretRequest
            {
                File = ByteString.CopyFromUtf8(
                    $$$"""{"kind": "Secret", "metadata": {"name": "login"}, "stringData": {"{{{key}}}": "s3cret"}}"""
                ),
            }
        );
}
