using System.Text;
using Braid.Cli.Connection.Pachyderm;
using Braid.Protos.Pps;
using Braid.Testing;
using Google.Protobuf.WellKnownTypes;

namespace Braid.Cli.Tests.Verbs;

/// <summary>What the verbs that change pipelines, jobs, secrets and defaults ask for.</summary>
public sealed class PipelineRequestTests : IAsyncLifetime
{
    private readonly TempFolder folder = new();
    private PachdFake pachd = null!; // set before each test

    public async Task InitializeAsync()
    {
        pachd = await PachdFake.StartAsync();
        pachd
            .Answers(
                PpsMethods.CreatePipelineV2,
                new CreatePipelineV2Response { EffectiveCreatePipelineRequestJson = """{"salt":"x"}""" }
            )
            .Answers(PpsMethods.RenderTemplate, new RenderTemplateResponse { Json = """[{"pipeline":{"name":"a"}}]""" })
            .Answers(PpsMethods.InspectPipeline, Samples.FullPipeline)
            .Answers(PpsMethods.ListPipeline, Samples.FullPipeline)
            .Answers(PpsMethods.DeletePipelines, new DeletePipelinesResponse())
            .Answers(PpsMethods.RerunPipeline, new Empty())
            .Answers(PpsMethods.RunCron, new Empty())
            .Answers(PpsMethods.ListJob, Samples.Job(JobState.JobSuccess))
            .Answers(PpsMethods.InspectJobSet, Samples.Job(JobState.JobRunning))
            .Answers(PpsMethods.RestartDatum, new Empty())
            .Answers(PpsMethods.GetLogs, new LogMessage { User = true, Message = "x" })
            .Answers(PpsMethods.CreateSecret, new Empty())
            .Answers(PpsMethods.SetClusterDefaults, new SetClusterDefaultsResponse());
    }

    public async Task DisposeAsync()
    {
        await pachd.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task A_template_is_rendered_by_the_server_with_its_arguments()
    {
        await File.WriteAllTextAsync(folder.File("t.jsonnet"), "function(name) {}");
        await OkAsync($"create pipeline --jsonnet {folder.File("t.jsonnet")} --arg name=a --arg x=1=2");
        var asked = pachd.Asked<RenderTemplateRequest>();
        Assert.Equal(("function(name) {}", "a", "1=2"), (asked.Template, asked.Args["name"], asked.Args["x"]));
        Assert.Contains("\"name\":\"a\"", pachd.Asked<CreatePipelineV2Request>().CreatePipelineRequestJson);
    }

    [Theory]
    [InlineData("-f x --jsonnet y", "cannot set both --file (-f) and --jsonnet")]
    [InlineData("-f x --arg y=z", "cannot set --arg without --jsonnet")]
    public async Task A_template_and_a_file_are_told_apart(string flags, string message)
    {
        var cli = pachd.Cli;
        Assert.Equal(1, await cli.RunAsync($"create pipeline {flags}".Split(' ')));
        Assert.Equal(message + "\n", cli.Error);
    }

    [Fact]
    public async Task A_dry_run_prints_what_would_be()
    {
        var cli = await OkAsync("update pipeline --dry-run", """{"pipeline":{"name":"a"}}""");
        Assert.Equal("{\n  \"salt\": \"x\"\n}\n", cli.Out);
        Assert.True(pachd.Asked<CreatePipelineV2Request>() is { DryRun: true, Update: true });
    }

    [Fact]
    public async Task A_spec_may_say_itself_that_it_is_an_update()
    {
        await OkAsync("create pipeline", """{"pipeline":{"name":"a"},"update":true,"reprocess":true}""");
        Assert.True(pachd.Asked<CreatePipelineV2Request>() is { DryRun: false, Update: true, Reprocess: true });
    }

    [Theory]
    [InlineData("python", "warning: a: the image python has no tag: name one, like python:1.0\n")]
    [InlineData(
        "host:5000/python",
        "warning: a: the image host:5000/python has no tag: name one, like host:5000/python:1.0\n"
    )]
    [InlineData("python:latest", "warning: a: the image python:latest changes without notice: name a fixed tag\n")]
    [InlineData("python:3.11", "")]
    [InlineData("python@sha256:00", "")]
    public async Task An_image_that_changes_is_worth_a_warning(string image, string warning)
    {
        var spec = $$$"""{"pipeline":{"name":"a"},"transform":{"image":"{{{image}}}"}}""";
        Assert.Equal(warning, (await OkAsync("create pipeline", spec)).Error);
    }

    [Fact]
    public async Task An_edit_that_changes_nothing_does_nothing()
    {
        var cli = await OkAsync("edit pipeline edges --editor true");
        Assert.Equal("Pipeline unchanged, no update will be performed.\n", cli.Out);
        Assert.Empty(pachd.Requests.OfType<CreatePipelineV2Request>());
    }

    [Fact]
    public async Task An_edit_updates_with_what_the_editor_left()
    {
        var cli = pachd.Cli;
        Assert.Equal(0, await cli.RunAsync("edit", "pipeline", "edges", "--editor", "sed -i s/images/photos/"));
        var asked = pachd.Asked<CreatePipelineV2Request>();
        Assert.True(asked.Update);
        Assert.Contains("\"repo\":\"photos\"", asked.CreatePipelineRequestJson);
    }

    [Fact]
    public async Task All_pipelines_of_a_project_or_of_all_are_deleted_in_one_call()
    {
        await OkAsync("delete pipeline --all --keep-repo --project vision");
        Assert.True(
            pachd.Asked<DeletePipelinesRequest>() is { All: false, KeepRepo: true, Projects: [{ Name: "vision" }] }
        );
        await OkAsync("delete pipeline -A -f");
        Assert.True(pachd.Asked<DeletePipelinesRequest>() is { All: true, Force: true, Projects.Count: 0 });
    }

    [Theory]
    [InlineData("delete pipeline", "either a pipeline name or the --all flag needs to be provided\n")]
    [InlineData("delete pipeline edges --all", "cannot use the --all flag with an argument\n")]
    public async Task Deleting_all_must_be_meant(string words, string message)
    {
        var cli = pachd.Cli;
        Assert.Equal(1, await cli.RunAsync(words.Split(' ')));
        Assert.Equal(message, cli.Error);
    }

    [Theory]
    [InlineData("list job -p edges", 0)]
    [InlineData("list job -p edges --history all", -1)]
    [InlineData("list job --history 3", 3)]
    public async Task Jobs_are_of_the_version_of_today_unless_history_is_asked_for(string words, long history)
    {
        await OkAsync(words);
        Assert.Equal(history, pachd.Asked<ListJobRequest>().History);
    }

    [Fact]
    public async Task A_list_of_pipelines_takes_a_commit_set_and_a_history()
    {
        await OkAsync($"list pipeline edges -c {Samples.Id} --history 2 -A");
        var asked = pachd.Asked<ListPipelineRequest>();
        Assert.Equal((Samples.Id, 2, 0), (asked.CommitSet.Id, asked.History, asked.Projects.Count));
    }

    [Theory]
    [InlineData("rerun pipeline edges --reprocess", true)]
    [InlineData("run pipeline edges", false)]
    [InlineData("run-pipeline edges", false)]
    public async Task A_pipeline_is_run_again(string words, bool reprocess)
    {
        await OkAsync(words);
        var asked = pachd.Asked<RerunPipelineRequest>();
        Assert.Equal(("edges", reprocess), (asked.Pipeline.Name, asked.Reprocess));
    }

    [Fact]
    public async Task A_pipeline_that_is_to_run_on_other_commits_is_told_how()
    {
        var cli = pachd.Cli;
        Assert.Equal(1, await cli.RunAsync("run", "pipeline", "edges", "images@dev"));
        Assert.StartsWith("run pipeline: a pipeline reads the heads of its branches", cli.Error);
    }

    [Fact]
    public async Task A_clock_ticks_when_it_is_told_to()
    {
        await OkAsync("run cron edges");
        Assert.Equal("edges", pachd.Asked<RunCronRequest>().Pipeline.Name);
    }

    [Theory]
    [InlineData("restart datum edges@0123456789ab4def8123456789abcdef /a,/b")]
    [InlineData("restart-datum 0123456789ab4def8123456789abcdef /a,/b")]
    public async Task Datums_are_restarted_by_their_files(string words)
    {
        await OkAsync(words);
        var asked = pachd.Asked<RestartDatumRequest>();
        Assert.Equal(("edges", Samples.Id), (asked.Job.Pipeline.Name, asked.Job.Id));
        Assert.Equal(["/a", "/b"], asked.DataFilters);
    }

    [Fact]
    public async Task Logs_take_every_filter()
    {
        await OkAsync($"logs -p edges --datum {new string('a', 64)} --inputs /a,/b --master --follow --since 10m");
        var asked = pachd.Asked<GetLogsRequest>();
        Assert.Equal("edges", asked.Datum.Job.Pipeline.Name);
        Assert.Equal(["/a", "/b"], asked.DataFilters);
        Assert.True(asked is { Master: true, Follow: true, Since.Seconds: 600 });
    }

    [Fact]
    public async Task Commits_are_named_the_old_way_in_the_old_list()
    {
        await OkAsync($"list-job -i images/{Samples.Id}");
        Assert.Equal(Samples.Id, Assert.Single(pachd.Asked<ListJobRequest>().InputCommit).Id);
    }

    [Theory]
    [InlineData("""{"kind": "Secret", "metadata": {"name": "s"}}""")]
    [InlineData("kind: Secret\nmetadata:\n  name: s\n")]
    public async Task A_secret_goes_as_json_whatever_its_file_is(string file)
    {
        await OkAsync("create secret", file);
        Assert.Equal(
            """{"kind":"Secret","metadata":{"name":"s"}}""",
            pachd.Asked<CreateSecretRequest>().File.ToStringUtf8()
        );
    }

    [Fact]
    public async Task Defaults_are_set_and_removed()
    {
        await OkAsync("create defaults --cluster --regenerate --reprocess", "datum_tries: 2\n");
        Assert.True(
            pachd.Asked<SetClusterDefaultsRequest>()
                is { ClusterDefaultsJson: """{"datum_tries":2}""", Regenerate: true, Reprocess: true, DryRun: false }
        );
        await OkAsync("delete defaults --cluster");
        Assert.Equal("{}", pachd.Asked<SetClusterDefaultsRequest>().ClusterDefaultsJson);
    }

    [Fact]
    public async Task The_next_datum_is_asked_of_the_worker_alone()
    {
        var cli = pachd.Cli;
        Assert.Equal(1, await cli.RunAsync("next", "datum"));
        Assert.Contains("PPS_WORKER_GRPC_PORT", cli.Error);
        pachd.Answers(WorkerMethods.NextDatum, new Protos.Worker.NextDatumResponse());
        await using var worker = await PachdFake.StartAsync();
        worker.Answers(WorkerMethods.NextDatum, new Protos.Worker.NextDatumResponse());
        var inside = new CliRun().With("PPS_WORKER_GRPC_PORT", worker.Address.Split(':')[^1]);
        Assert.Equal(0, await inside.RunAsync("next", "datum", "--error", "why"));
        Assert.Equal("why", worker.Asked<Protos.Worker.NextDatumRequest>().Error);
    }

    /// <summary>Runs it with this standard input; it must succeed.</summary>
    private async Task<CliRun> OkAsync(string words, string input = "")
    {
        var cli = new CliRun { Input = Encoding.UTF8.GetBytes(input) }.With("PACHD_ADDRESS", pachd.Address);
        var code = await cli.RunAsync(words.Split(' '));
        Assert.True(code == 0, cli.Error);
        return cli;
    }
}
