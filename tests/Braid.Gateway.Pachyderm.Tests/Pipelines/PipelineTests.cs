using Braid.Gateway.Pachyderm.Tests.Doors;
using Braid.Grpc.Statuses;
using static Braid.Gateway.Pachyderm.Tests.Doors.PachydermClient;

namespace Braid.Gateway.Pachyderm.Tests.Pipelines;

public sealed class PipelineTests : DoorTests
{
    private const string pps = "pps_v2.API";

    [Fact]
    public async Task Spec_comes_back_in_every_form()
    {
        await CreateAsync(Spec("edges"));

        var info = await InspectAsync("edges");

        Assert.Equal("default", info.Pipeline.Project.Name);
        Assert.Equal((1ul, 1ul), (info.Version, info.Parallelism));
        Assert.Equal("spec", info.SpecCommit.Repo.Type);
        Assert.Equal(["sh"], info.Details.Transform.Cmd);
        Assert.Equal("/*", info.Details.Input.Pfs.Glob);
        Assert.Equal("master", info.Details.OutputBranch);
        Assert.Equal(3, info.Details.DatumTries);
        Assert.Equal(TimeSpan.FromSeconds(90), info.Details.DatumTimeout.ToTimeSpan());
        Assert.Contains("\"edges\"", info.EffectiveSpecJson, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_spec_is_read_in_both_cases_and_unknown_fields_are_refused()
    {
        await Client.CreateRepoAsync("images");
        const string input = """ "input": { "pfs": { "repo": "images", "glob": "/" } } """;
        var effective = await CreateFromJsonAsync(
            $$"""{ "pipeline": { "name": "a" }, "transform": { "cmd": ["true"] }, "datum_tries": 2, "jobTimeout": "1h30m", {{input}} }"""
        );
        var refusal = await RefusalAsync(() => CreateFromJsonAsync("""{ "pipeline": { "name": "b" }, "colour": 1 }"""));

        Assert.Contains("datumTries", effective, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromMinutes(90), (await InspectAsync("a")).Details.JobTimeout.ToTimeSpan());
        Assert.Equal(GrpcCode.InvalidArgument, refusal.Code);
        Assert.Contains(
            "unexpected field \"colour\" in pps_v2.CreatePipelineRequest",
            refusal.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Output_commit_is_finished_by_its_job_alone()
    {
        await CreateAsync(Spec("edges"));

        var refusal = await RefusalAsync(() =>
            Client.DoAsync("FinishCommit", new Pfs.FinishCommitRequest { Commit = Head("edges") })
        );

        Assert.Equal("cannot finish a pipeline output or meta commit, use 'stop job' instead", refusal.Message);
    }

    [Fact]
    public async Task Dry_run_changes_nothing()
    {
        var request = Spec("edges");
        request.DryRun = true;

        await CreateAsync(request);

        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task Update_makes_a_version_and_ancestors_are_found()
    {
        await CreateAsync(Spec("edges"));
        var update = Spec("edges");
        update.Update = true;
        update.Description = "second";

        await CreateAsync(update);

        Assert.Equal("second", (await InspectAsync("edges")).Details.Description);
        Assert.Equal(1ul, (await InspectAsync("edges^")).Version);
        Assert.Equal(GrpcCode.InvalidArgument, (await RefusalAsync(() => InspectAsync("edges^x"))).Code);
    }

    [Fact]
    public async Task Commit_that_made_a_version_is_neither_squashed_nor_dropped()
    {
        await CreateAsync(Spec("edges"));
        var spec = (await InspectAsync("edges")).SpecCommit;
        var expected = $"cannot squash commit default/edges.spec@{spec.Id} because it updated a pipeline";

        var squash = await RefusalAsync(() =>
            Client.DoAsync("SquashCommitSet", new Pfs.SquashCommitSetRequest { CommitSet = new() { Id = spec.Id } })
        );
        var drop = await RefusalAsync(() =>
            Client.SendAsync<Pfs.DropCommitRequest, Pfs.DropCommitResponse>(
                "pfs_v2.API",
                "DropCommit",
                new() { Commit = spec, Recursive = true }
            )
        );

        Assert.Equal([expected, expected], [squash.Message, drop.Message]);
    }

    [Fact]
    public async Task Job_of_a_new_pipeline_is_told_with_all_that_clients_need()
    {
        await CreateAsync(Spec("edges"));

        var job = Assert.Single(
            await Client
                .StreamAsync<Pps.ListJobRequest, Pps.JobInfo>(
                    pps,
                    "ListJob",
                    new()
                    {
                        Pipeline = new() { Name = "edges" },
                        Details = true,
                    }
                )
                .ToListAsync()
        );

        Assert.Equal("default", job.Job.Pipeline.Project.Name);
        Assert.NotNull(job.Stats);
        Assert.NotNull(job.Details);
        Assert.Equal(job.Job.Id, job.OutputCommit.Id);
        Assert.Equal("edges", job.OutputCommit.Branch.Repo.Name);
    }

    [Fact]
    public async Task Input_without_a_job_is_previewed()
    {
        await Client.CreateRepoAsync("images");
        await Client.PutAsync(Head("images"), ("/a", "one"), ("/b", "two"));

        var datums = await Client
            .StreamAsync<Pps.ListDatumRequest, Pps.DatumInfo>(pps, "ListDatum", new() { Input = Spec("x").Input })
            .ToListAsync();

        Assert.Equal(["/a", "/b"], datums.Select(datum => datum.Data.Single().File.Path).Order());
        Assert.All(datums, datum => Assert.NotNull(datum.PfsState.Commit.Repo));
        Assert.All(datums, datum => Assert.NotNull(datum.Stats));
    }

    [Fact]
    public async Task Datums_of_an_input_can_be_asked_for_in_pieces()
    {
        await Client.CreateRepoAsync("images");
        await Client.PutAsync(Head("images"), ("/a", "1"), ("/b", "2"), ("/c", "3"), ("/d", "4"));
        Pps.CreateDatumRequest start = new()
        {
            Start = new() { Input = Spec("x").Input, Number = 2 },
        };
        Pps.CreateDatumRequest next = new() { Continue = new() { Number = 1 } };

        var three = await PathsAsync(start, next);
        var all = await PathsAsync(start, next, next, next);
        var refusal = await RefusalAsync(() => PathsAsync(next));

        Assert.Equal(["/a", "/b", "/c"], three);
        Assert.Equal(["/a", "/b", "/c", "/d"], all);
        Assert.Equal("first message must be a StartCreateDatumRequest message", refusal.Message);

        async Task<List<string>> PathsAsync(params Pps.CreateDatumRequest[] requests) =>
            await Client
                .DuplexAsync<Pps.CreateDatumRequest, Pps.DatumInfo>(pps, "CreateDatum", requests)
                .Select(datum => datum.Data.Single().File.Path)
                .ToListAsync();
    }

    [Fact]
    public async Task Missing_pipeline_is_deleted_unless_it_must_exist()
    {
        var request = new Pps.DeletePipelineRequest { Pipeline = new() { Name = "edges" } };

        await Client.SendAsync<Pps.DeletePipelineRequest, Empty>(pps, "DeletePipeline", request);
        request.MustExist = true;
        var refusal = await RefusalAsync(() =>
            Client.SendAsync<Pps.DeletePipelineRequest, Empty>(pps, "DeletePipeline", request)
        );

        Assert.Equal(GrpcCode.NotFound, refusal.Code);
    }

    private static Pps.CreatePipelineRequest Spec(string name) =>
        new()
        {
            Pipeline = new() { Name = name },
            Transform = new() { Cmd = { "sh" }, Stdin = { "true" } },
            Input = new()
            {
                Pfs = new() { Repo = "images", Glob = "/*" },
            },
            DatumTimeout = Duration.FromTimeSpan(TimeSpan.FromSeconds(90)),
        };

    private async Task CreateAsync(Pps.CreatePipelineRequest request)
    {
        await Client.DoAsync("CreateRepo", new Pfs.CreateRepoRequest { Repo = Repo("images"), Update = true });
        await Client.SendAsync<Pps.CreatePipelineRequest, Empty>(pps, "CreatePipeline", request);
    }

    private async Task<string> CreateFromJsonAsync(string json) =>
        (
            await Client.SendAsync<Pps.CreatePipelineV2Request, Pps.CreatePipelineV2Response>(
                pps,
                "CreatePipelineV2",
                new() { CreatePipelineRequestJson = json }
            )
        ).EffectiveCreatePipelineRequestJson;

    private Task<Pps.PipelineInfo> InspectAsync(string name) =>
        Client.SendAsync<Pps.InspectPipelineRequest, Pps.PipelineInfo>(
            pps,
            "InspectPipeline",
            new()
            {
                Pipeline = new() { Name = name },
                Details = true,
            }
        );

    private async Task<List<Pps.PipelineInfo>> ListAsync() =>
        await Client.StreamAsync<Pps.ListPipelineRequest, Pps.PipelineInfo>(pps, "ListPipeline", new()).ToListAsync();
}
