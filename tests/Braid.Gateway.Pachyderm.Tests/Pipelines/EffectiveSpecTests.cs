using Braid.Gateway.Pachyderm.Tests.Doors;
using Braid.Grpc.Statuses;
using static Braid.Gateway.Pachyderm.Tests.Doors.PachydermClient;

namespace Braid.Gateway.Pachyderm.Tests.Pipelines;

/// <summary>What specs come to: defaults, templates, specs of 1.x; and what is asked about many pipelines at once.</summary>
public sealed class EffectiveSpecTests : DoorTests
{
    private const string pps = "pps_v2.API";
    private const string edges = """
        {"pipeline": {"name": "edges"}, "transform": {"cmd": ["true"]}, "input": {"pfs": {"repo": "images", "glob": "/*"}}}
        """;

    [Fact]
    public async Task Defaults_are_set_regenerated_and_answered()
    {
        await Client.CreateRepoAsync("images");
        await CreateAsync(new() { CreatePipelineRequestJson = edges });

        var affected = await Client.SendAsync<Pps.SetClusterDefaultsRequest, Pps.SetClusterDefaultsResponse>(
            pps,
            "SetClusterDefaults",
            new() { ClusterDefaultsJson = """{"create_pipeline_request": {"datum_tries": 7}}""", Regenerate = true }
        );
        var info = await InspectAsync("edges");

        Assert.Equal("edges", Assert.Single(affected.AffectedPipelines).Name);
        Assert.Equal((2ul, 7L), (info.Version, info.Details.DatumTries));
        Assert.Equal(edges, info.UserSpecJson);
        Assert.Contains("\"datumTries\":7", info.EffectiveSpecJson, StringComparison.Ordinal);
        Assert.Contains(
            "datum_tries",
            (
                await Client.SendAsync<Pps.GetClusterDefaultsRequest, Pps.GetClusterDefaultsResponse>(
                    pps,
                    "GetClusterDefaults",
                    new()
                )
            ).ClusterDefaultsJson,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Defaults_of_a_project_go_with_it()
    {
        var project = new Pfs.Project { Name = "vision" };
        await MakeAsync();
        await Client.SendAsync<Pps.SetProjectDefaultsRequest, Pps.SetProjectDefaultsResponse>(
            pps,
            "SetProjectDefaults",
            new() { Project = project, ProjectDefaultsJson = """{"createPipelineRequest": {"description": "v"}}""" }
        );
        var set = await DefaultsAsync();
        await Client.DoAsync("DeleteProject", new Pfs.DeleteProjectRequest { Project = project });
        await MakeAsync();

        Assert.Contains("description", set, StringComparison.Ordinal);
        Assert.Equal("{}", await DefaultsAsync());

        Task MakeAsync() => Client.DoAsync("CreateProject", new Pfs.CreateProjectRequest { Project = project });

        async Task<string> DefaultsAsync() =>
            (
                await Client.SendAsync<Pfs.InspectProjectV2Request, Pfs.InspectProjectV2Response>(
                    "pfs_v2.API",
                    "InspectProjectV2",
                    new() { Project = project }
                )
            ).DefaultsJson;
    }

    [Fact]
    public async Task Dry_run_answers_the_effective_spec_and_makes_nothing()
    {
        await Client.CreateRepoAsync("images");
        var answer = await CreateAsync(new() { CreatePipelineRequestJson = edges, DryRun = true });

        Assert.Contains("ubuntu:20.04", answer.EffectiveCreatePipelineRequestJson, StringComparison.Ordinal);
        Assert.Empty(await ListAsync(new()));
    }

    [Fact]
    public async Task Spec_of_1_x_is_made_with_warnings()
    {
        await Client.CreateRepoAsync("images");

        var answer = await CreateAsync(
            new()
            {
                CreatePipelineRequestJson = """
                {"pipeline": {"name": "edges"}, "transform": {"cmd": ["true"]}, "enable_stats": true,
                 "input": {"atom": {"repo": "images", "glob": "/*"}}}
                """,
            }
        );

        Assert.Equal(2, answer.Warnings.Count);
        Assert.Equal("images", (await InspectAsync("edges")).Details.Input.Pfs.Repo);
    }

    [Fact]
    public async Task Update_that_names_a_spec_commit_is_refused()
    {
        var spec = edges.Replace(
            "\"transform\"",
            "\"spec_commit\": {\"id\": \"x\"}, \"transform\"",
            StringComparison.Ordinal
        );

        var refusal = await RefusalAsync(() => CreateAsync(new() { CreatePipelineRequestJson = spec, Update = true }));

        Assert.Equal("Cannot update a pipeline and provide a spec commit at the same time", refusal.Message);
    }

    [Fact]
    public async Task Pipelines_of_a_commit_set_are_those_that_were_at_work_in_it()
    {
        await Client.CreateRepoAsync("images");
        await CreateAsync(new() { CreatePipelineRequestJson = edges });
        var first = await Client.InspectCommitAsync(Head("edges"));
        await CreateAsync(new() { CreatePipelineRequestJson = edges, Update = true });

        var then = await ListAsync(new() { CommitSet = new() { Id = first.Commit.Id } });

        Assert.Equal(1ul, Assert.Single(then).Version);
    }

    [Fact]
    public async Task Summary_counts_pipelines_by_condition()
    {
        await Client.CreateRepoAsync("images");
        await CreateAsync(new() { CreatePipelineRequestJson = edges });
        await CreateAsync(
            new() { CreatePipelineRequestJson = edges.Replace("\"edges\"", "\"other\"", StringComparison.Ordinal) }
        );
        await Client.SendAsync<Pps.StopPipelineRequest, Empty>(
            pps,
            "StopPipeline",
            new() { Pipeline = new() { Name = "other" } }
        );

        var summary = Assert.Single(
            (
                await Client.SendAsync<Pps.PipelinesSummaryRequest, Pps.PipelinesSummaryResponse>(
                    pps,
                    "PipelinesSummary",
                    new() { Projects = { new Pfs.ProjectPicker { Name = "default" } } }
                )
            ).Summaries
        );

        Assert.Equal(("default", 1L, 1L), (summary.Project.Name, summary.ActivePipelines, summary.PausedPipelines));
        Assert.Empty(
            await Client
                .StreamAsync<Pps.CheckStatusRequest, Pps.CheckStatusResponse>(pps, "CheckStatus", new() { All = true })
                .ToListAsync()
        );
    }

    [ProgramFact("jq")]
    public async Task Pipelines_and_jobs_are_filtered_by_what_a_jq_program_says_of_them()
    {
        await Client.CreateRepoAsync("images");
        await CreateAsync(new() { CreatePipelineRequestJson = edges });

        Assert.Single(await ListAsync(new() { JqFilter = ".state == \"PIPELINE_RUNNING\"" }));
        Assert.Empty(await ListAsync(new() { JqFilter = ".state == \"PIPELINE_PAUSED\"" }));
        Assert.Single(await ListAsync(new() { JqFilter = "select(.pipeline.name == \"edges\")" }));
        Assert.Empty(await ListAsync(new() { JqFilter = "empty" }));
        Assert.Single(await JobsAsync(".state == \"JOB_STARTING\""));
        Assert.Empty(await JobsAsync(".state == \"JOB_FAILURE\""));
    }

    [ProgramFact("jq")]
    public async Task Filter_that_is_no_jq_program_is_refused_with_its_words()
    {
        await Client.CreateRepoAsync("images");
        await CreateAsync(new() { CreatePipelineRequestJson = edges });

        var refusal = await RefusalAsync(() => ListAsync(new() { JqFilter = ".state ==" }));

        Assert.Equal(GrpcCode.InvalidArgument, refusal.Code);
        Assert.Contains("syntax error", refusal.Message, StringComparison.Ordinal);
    }

    [ProgramFact("jsonnet")]
    public async Task Template_is_rendered_with_its_arguments()
    {
        var rendered = await RenderAsync(
            """
            function(suffix, src)
            {
              pipeline: { name: "edges-" + suffix },
              input: { pfs: { name: "images", glob: "/*", repo: src } },
              transform: { cmd: ["python3", "/edges.py"], image: "pachyderm/opencv:1.0" },
            }
            """,
            ("suffix", "1"),
            ("src", "images")
        );

        var spec = Assert.Single(rendered.Specs);
        Assert.Equal(("edges-1", "images"), (spec.Pipeline.Name, spec.Input.Pfs.Repo));
        Assert.Contains("edges-1", rendered.Json, StringComparison.Ordinal);
    }

    [ProgramFact("jsonnet")]
    public async Task Template_reads_no_files_of_the_server()
    {
        var secret = Path.Combine(Server.Exposed, "secret");
        Directory.CreateDirectory(Server.Exposed);
        await File.WriteAllTextAsync(secret, "s3cret");

        var refusal = await RefusalAsync(() => RenderAsync($"function() {{ description: importstr \"{secret}\" }}"));

        Assert.Equal(GrpcCode.InvalidArgument, refusal.Code);
        Assert.DoesNotContain("s3cret", refusal.Message, StringComparison.Ordinal);
    }

    private Task<Pps.CreatePipelineV2Response> CreateAsync(Pps.CreatePipelineV2Request request) =>
        Client.SendAsync<Pps.CreatePipelineV2Request, Pps.CreatePipelineV2Response>(pps, "CreatePipelineV2", request);

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

    private async Task<List<Pps.PipelineInfo>> ListAsync(Pps.ListPipelineRequest request) =>
        await Client.StreamAsync<Pps.ListPipelineRequest, Pps.PipelineInfo>(pps, "ListPipeline", request).ToListAsync();

    private async Task<List<Pps.JobInfo>> JobsAsync(string filter) =>
        await Client
            .StreamAsync<Pps.ListJobRequest, Pps.JobInfo>(pps, "ListJob", new() { JqFilter = filter })
            .ToListAsync();

    private Task<Pps.RenderTemplateResponse> RenderAsync(
        string template,
        params IEnumerable<(string Name, string Value)> arguments
    )
    {
        var request = new Pps.RenderTemplateRequest { Template = template };
        foreach (var (name, value) in arguments)
        {
            request.Args[name] = value;
        }

        return Client.SendAsync<Pps.RenderTemplateRequest, Pps.RenderTemplateResponse>(pps, "RenderTemplate", request);
    }
}
