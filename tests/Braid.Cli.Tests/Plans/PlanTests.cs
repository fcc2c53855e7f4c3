using System.Text.Json.Nodes;
using Braid.Cli.Connection.Pachyderm;
using Braid.Protos.Admin;
using Braid.Protos.Pfs;
using Braid.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using File = System.IO.File;

namespace Braid.Cli.Tests.Plans;

/// <summary>What braid plan asks, and how it shows the answer; the server's web door is played.</summary>
public sealed class PlanTests : IAsyncLifetime
{
    private const string pipelines = """
        {"pipeline":"default/edges","new":false,"run":3,"skip":7,"gone":1,"reasons":{"new":1,"changed: images":2},"awaits":[]}
        {"pipeline":"other/montage","new":false,"run":0,"skip":0,"gone":0,"reasons":{},"awaits":["default/edges"]}
        {"pipeline":"default/fresh","new":true,"run":1,"skip":0,"gone":0,"reasons":{"new":1},"awaits":[]}

        """;
    private const string datums = """
        {"pipeline":"default/edges","datum":"0a","runs":true,"reason":"changed: images","files":["images:/a","labels:/"]}
        {"pipeline":"default/edges","datum":"0b","runs":false,"reason":"skipped: as job x","files":["images:/b","labels:/"]}

        """;

    private readonly TempFolder folder = new();
    private readonly List<JsonNode?> asked = [];
    private string answer = pipelines;
    private PachdFake pachd = null!; // set before each test
    private WebApplication web = null!; // set before each test

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        web = builder.Build();
        web.MapPost("/api/plan", AnswerAsync);
        await web.StartAsync();
        pachd = await PachdFake.StartAsync();
        pachd
            .Answers(
                AdminMethods.InspectCluster,
                new ClusterInfo { Metadata = { ["braid.web.port"] = $"{new Uri(web.Urls.First()).Port}" } }
            )
            .Answers(PfsMethods.InspectCommit, Verbs.Samples.Finished)
            .Answers(PfsMethods.GetFileSet, new CreateFileSetResponse { FileSetId = "now" })
            .Answers(PfsMethods.CreateFileSet, new CreateFileSetResponse { FileSetId = "changes" })
            .Answers(PfsMethods.ComposeFileSet, new CreateFileSetResponse { FileSetId = "whole" });
    }

    public async Task DisposeAsync()
    {
        await pachd.DisposeAsync();
        await web.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task A_spec_is_asked_about_and_answered_with_numbers_first()
    {
        await File.WriteAllTextAsync(folder.File("s.json"), """{"pipeline": {"name": "edges"}}""");
        var cli = await RunAsync($"plan -f {folder.File("s.json")} --reprocess --all");
        Assert.Equal(
            """{"spec":{"pipeline":{"name":"edges","project":{"name":"default"}}},"reprocess":true}""",
            asked[0]?.ToJsonString()
        );
        Golden.Match("tests/Braid.Cli.Tests/Golden/tables/plan-all.txt", cli.Out);
    }

    [Fact]
    public async Task Files_that_would_be_put_go_into_a_file_set_that_no_repo_has()
    {
        await File.WriteAllTextAsync(folder.File("a"), "x");
        await RunAsync($"plan images@master:/dir/a -f {folder.File("a")} --delete /b");
        var sent = pachd.Requests.OfType<ModifyFileRequest>().ToList();
        Assert.Equal(
            [ModifyFileRequest.BodyOneofCase.DeleteFile, ModifyFileRequest.BodyOneofCase.DeleteFile],
            sent.Take(2).Select(request => request.BodyCase)
        );
        Assert.Equal(("/b", "/dir/a"), (sent[0].DeleteFile.Path, sent[^1].AddFile.Path));
        Assert.Equal(["now", "changes"], pachd.Asked<ComposeFileSetRequest>().FileSetIds);
        Assert.Equal(
            """{"heads":[{"repo":"default/images","branch":"master","commit":"default/__filesets__@whole"}]}""",
            asked[0]?.ToJsonString()
        );
    }

    [Fact]
    public async Task A_branch_that_would_move_is_asked_about_with_its_commit()
    {
        await RunAsync("plan images@master --head images@dev");
        Assert.Equal(
            $$"""{"heads":[{"repo":"default/images","branch":"master","commit":"default/images@{{Verbs.Samples.Id}}"}]}""",
            asked[0]?.ToJsonString()
        );
    }

    [Fact]
    public async Task Nobody_who_reads_it_is_said_in_words()
    {
        answer = "";
        var cli = await RunAsync("plan images@master --head images@dev");
        Assert.Equal("No pipeline reads it: nothing would run.\n", cli.Out);
    }

    [Theory]
    [InlineData("plan images@master", "what would change? -f PATH, --delete PATH or --head COMMIT")]
    [InlineData("plan --head images@dev", "of which branch? braid plan REPO@BRANCH")]
    public async Task A_question_that_is_none_is_refused(string words, string message)
    {
        var cli = pachd.Cli;
        Assert.Equal(1, await cli.RunAsync(words.Split(' ')));
        Assert.StartsWith(message, cli.Error);
    }

    private async Task<CliRun> RunAsync(string words)
    {
        var cli = pachd.Cli;
        var code = await cli.RunAsync(words.Split(' '));
        Assert.True(code == 0, cli.Error);
        return cli;
    }

    private async Task AnswerAsync(HttpContext context)
    {
        asked.Add(await JsonNode.ParseAsync(context.Request.Body));
        await context.Response.WriteAsync((context.Request.Query["datums"] == "true" ? datums : "") + answer);
    }
}
