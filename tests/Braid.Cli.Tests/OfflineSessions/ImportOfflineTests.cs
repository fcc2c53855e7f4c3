using System.Text.Json.Nodes;
using Braid.Testing;

namespace Braid.Cli.Tests.OfflineSessions;

/// <summary>Sessions that ClearML's SDK recorded without a server.</summary>
public sealed class ImportOfflineTests : IAsyncLifetime
{
    private readonly TempFolder folder = new();
    private ClearMLFake server = null!; // set before each test

    private string Zip => folder.File("session.zip");

    public async Task InitializeAsync() => server = await ClearMLFake.StartAsync();

    public async Task DisposeAsync()
    {
        await server.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task A_session_becomes_a_completed_task_of_its_project()
    {
        var id = await ImportAsync(SessionZip.Task());

        var task = Assert.Single(server.Tasks.Values);
        Assert.Equal(id, task["id"]!.ToString());
        Assert.Equal("completed", task["status"]!.ToString());
        Assert.Equal(server.Projects["Vision/Ünï"], task["project"]!.ToString());
        Assert.Equal("""["a"]""", task["tags"]!.ToJsonString());
        Assert.Equal("0.1", task["hyperparams"]!["General"]!["lr"]!["value"]!.ToString());
        Assert.Equal($$"""{"offline_session":"{{SessionZip.Id}}"}""", task["runtime"]!.ToJsonString());
        Assert.Equal(
            """[{"name":"base","model":"0123456789abcdef0123456789abcdef"}]""",
            task["models"]!["input"]!.ToJsonString()
        );
    }

    [Fact]
    public async Task Files_of_artifacts_and_samples_go_to_the_file_server_under_the_tasks_name()
    {
        var id = await ImportAsync(SessionZip.Task());

        var (below, address) = (
            $"Vision/Ünï/my run.{id}",
            $"{server.Address}/files/Vision/%C3%9Cn%C3%AF/my%20run.{id}"
        );
        Assert.Equal(
            new Dictionary<string, string>
            {
                [$"{below}/artifacts/made/a \"b\".json"] = """{"x":1}""",
                [$"{below}/metrics/img/s/img_s_00000000.jpeg"] = "jpeg",
                [$"{below}/metrics/plot/p.png"] = "png",
                [$"{below}/models/net.pt"] = "weights",
            },
            server.Files
        );
        var artifacts = server.Tasks[id]["artifacts"]!.AsArray();
        Assert.Equal(
            [$"{address}/artifacts/made/a%20%22b%22.json", "s3://bucket/far.bin"],
            artifacts.Select(artifact => artifact!["uri"]!.ToString())
        );
        var image = server.Events.Single(each => each["metric"]?.ToString() == "img");
        Assert.Equal($"{address}/metrics/img/s/img_s_00000000.jpeg", image["url"]!.ToString());
        var plot = JsonNode.Parse(server.Events.Single(each => each["plot_str"] is not null)["plot_str"]!.ToString());
        Assert.Equal($"{address}/metrics/plot/p.png", plot!["layout"]!["images"]![0]!["source"]!.ToString());
    }

    [Fact]
    public async Task Models_are_made_linked_and_given_their_points()
    {
        var id = await ImportAsync(SessionZip.Task());

        var model = Assert.Single(server.Models.Values);
        var modelId = model["id"]!.ToString();
        Assert.Equal(
            ("net", "PyTorch", id),
            (model["name"]!.ToString(), model["framework"]!.ToString(), model["task"]!.ToString())
        );
        Assert.EndsWith($"/my%20run.{id}/models/net.pt", model["uri"]!.ToString());
        Assert.Equal(modelId, server.Tasks[id]["output"]!.ToString());
        Assert.Equal(
            [(id, false), (id, false), (id, false), (id, false), (id, false), (modelId, true)],
            server.Events.Select(each => (each["task"]!.ToString(), each["model_event"] is not null))
        );
    }

    [Fact]
    public async Task A_session_that_is_imported_twice_is_one_task_unless_another_is_asked_for()
    {
        var first = await ImportAsync(SessionZip.Task());

        var cli = server.Cli;
        Assert.Equal(0, await cli.RunAsync("import", "clearml-offline", Zip));
        Assert.Equal($"{first}\n", cli.Out);
        Assert.Equal("imported before; --again makes another task of it\n", cli.Error);
        Assert.Single(server.Tasks);

        Assert.Equal(0, await cli.RunAsync("import", "clearml-offline", Zip, "--again"));
        Assert.NotEqual($"{first}\n", cli.Out);
        Assert.Equal(2, server.Tasks.Count);
        Assert.Single(server.Projects);
    }

    [Theory]
    [InlineData("files")]
    [InlineData("models.create")]
    [InlineData("events.add_batch")]
    [InlineData("tasks.completed")]
    public async Task An_import_that_was_interrupted_is_removed_and_made_again(string at)
    {
        SessionZip.Write(Zip, SessionZip.Files(SessionZip.Task()));
        server.RefusesOnce = at;
        var cli = server.Cli;
        Assert.Equal(1, await cli.RunAsync("import", "clearml-offline", Zip));
        Assert.Contains("no space left", cli.Error);
        var unfinished = Assert.Single(server.Tasks.Keys);

        Assert.Equal(0, await cli.RunAsync("import", "clearml-offline", Zip));

        var task = Assert.Single(server.Tasks);
        Assert.NotEqual(unfinished, task.Key);
        Assert.Equal("completed", task.Value["status"]!.ToString());
    }

    [Fact]
    public async Task A_task_that_somebody_runs_again_is_not_taken_for_an_interrupted_import()
    {
        var id = await ImportAsync(SessionZip.Task());
        server.Tasks[id]["status"] = "in_progress";

        Assert.Equal(0, await server.Cli.RunAsync("import", "clearml-offline", Zip));

        Assert.Equal(id, Assert.Single(server.Tasks.Keys));
    }

    [Fact]
    public async Task Many_events_go_in_several_batches_and_in_their_order()
    {
        var text = new string('x', 1 << 20);
        var lines = Enumerable
            .Range(0, 10)
            .Select(number => $$"""[{"type":"log","task":"{{SessionZip.Id}}","number":{{number}},"msg":"{{text}}"}]""");
        SessionZip.Write(
            Zip,
            ("task.json", $$"""{"id":"{{SessionZip.Id}}","name":"many"}"""),
            ("log.jsonl", string.Join('\n', lines))
        );

        Assert.Equal(0, await server.Cli.RunAsync("import", "clearml-offline", Zip));

        Assert.Equal(3, server.Calls.Count(call => call == "events.add_batch"));
        Assert.Equal(Enumerable.Range(0, 10), server.Events.Select(line => line["number"]!.GetValue<int>()));
        Assert.DoesNotContain("projects.create", server.Calls);
    }

    [Fact]
    public async Task What_Python_writes_that_is_no_JSON_is_imported_as_the_server_reads_it()
    {
        const string sample = $"data/{SessionZip.Folder}/metrics/plot/p.png";
        var plot = JsonValue.Create(
            $$"""{"layout":{"title":"\udc80","images":[{"source":"{{SessionZip.Root}}/{{sample}}"}] } }"""
        );
        SessionZip.Write(
            Zip,
            (
                "task.json",
                $$"""{"id":"{{SessionZip.Id}}","name":"caf\udce9","script":{"diff":"\ud83d\ude00 \ud83d"} }"""
            ),
            ("log.jsonl", $$"""[{"type":"log","task":"{{SessionZip.Id}}","msg":"half \udc80"}]"""),
            (sample, "png"),
            (
                "metrics.jsonl",
                $$"""
                [{"type":"training_stats_scalar","task":"{{SessionZip.Id}}","metric":"loss","variant":"\udcff","value":NaN}]
                [{"type":"plot","task":"{{SessionZip.Id}}","metric":"p","variant":"s","plot_str":{{plot.ToJsonString()}} }]
                """
            )
        );
        var cli = server.Cli;

        Assert.Equal((0, ""), (await cli.RunAsync("import", "clearml-offline", Zip), cli.Error));

        var task = Assert.Single(server.Tasks.Values);
        Assert.Equal("caf\ufffd", task["name"]!.ToString());
        Assert.Equal("\ud83d\ude00 \ufffd", task["script"]!["diff"]!.ToString());
        Assert.Equal("half \ufffd", server.Events[0]["msg"]!.ToString());
        Assert.Equal("\ufffd", server.Events[1]["variant"]!.ToString());
        Assert.Equal("NaN", server.Events[1]["value"]!.ToString());
        var layout = JsonNode.Parse(server.Events[2]["plot_str"]!.ToString())!["layout"]!;
        Assert.Equal("\ufffd", layout["title"]!.ToString());
        Assert.StartsWith(server.Address, layout["images"]![0]!["source"]!.ToString());
    }

    [Fact]
    public async Task Events_that_the_server_refuses_are_told_and_the_rest_is_imported()
    {
        SessionZip.Write(Zip, SessionZip.Files(SessionZip.Task()));
        server.RefusedEvents = 2;
        var cli = server.Cli;

        Assert.Equal(0, await cli.RunAsync("import", "clearml-offline", Zip));

        Assert.Contains("the server refused 2 events: {\"too many\":2}", cli.Error);
        Assert.Equal("completed", Assert.Single(server.Tasks.Values)["status"]!.ToString());
    }

    [Fact]
    public async Task What_the_session_lacks_is_told()
    {
        SessionZip.Write(
            Zip,
            [
                .. SessionZip
                    .Files(SessionZip.Task())
                    .Where(file => !file.Name.Contains("artifacts") && file.Name != "models/net.pt"),
            ]
        );
        var cli = server.Cli;

        Assert.Equal(1, await cli.RunAsync("import", "clearml-offline", Zip));

        Assert.Contains("artifact made: its file is not in the session", cli.Error);
        Assert.Contains("/models/net.pt, but they are not in the archive", cli.Error);
    }

    [Theory]
    [InlineData("../task.json", "{}", "leads out of the archive")]
    [InlineData("/etc/passwd", "{}", "its path is absolute")]
    [InlineData("readme.txt", "hello", "it has no task.json")]
    [InlineData("task.json", "nonsense", "task.json: no JSON")]
    [InlineData(
        "task.json",
        """{"id":"0123456789abcdef0123456789abcdef","name":"online"}""",
        "describes no task that ran offline"
    )]
    [InlineData(
        "task.json",
        """{"id":"offline-f94bdecb0c6c47f1a5a20d54b6301a56","name":"set","system_tags":["dataset"]}""",
        "clearml.Dataset.import_offline_session"
    )]
    public async Task An_archive_that_is_no_session_is_refused_before_anything_is_asked(
        string name,
        string text,
        string why
    )
    {
        SessionZip.Write(Zip, (name, text));
        var cli = server.Cli;

        Assert.Equal(1, await cli.RunAsync("import", "clearml-offline", Zip));

        Assert.Contains(why, cli.Error);
        Assert.Empty(server.Calls);
    }

    [Fact]
    public async Task A_file_that_is_no_zip_archive_is_refused()
    {
        await File.WriteAllTextAsync(Zip, "no zip");
        var cli = server.Cli;
        Assert.Equal(1, await cli.RunAsync("import", "clearml-offline", Zip));
        Assert.Contains("no archive, or a damaged one", cli.Error);

        Assert.Equal(1, await cli.RunAsync("import", "clearml-offline", folder.File("nowhere.zip")));
        Assert.Contains("nowhere.zip", cli.Error);
        Assert.Empty(server.Calls);
    }

    [Fact]
    public async Task A_server_that_is_not_named_or_not_there_is_told()
    {
        SessionZip.Write(Zip, SessionZip.Files(SessionZip.Task()));
        var cli = new CliRun();
        Assert.Equal(1, await cli.RunAsync("import", "clearml-offline", Zip));
        Assert.Contains("which server? Name the server's folder", cli.Error);

        cli.With("CLEARML_API_HOST", "http://127.0.0.1:1");
        Assert.Equal(1, await cli.RunAsync("import", "clearml-offline", Zip));
        Assert.Contains("CLEARML_API_HOST is set, but not CLEARML_FILES_HOST", cli.Error);

        Assert.Equal(
            1,
            await server.Cli.With("CLEARML_API_HOST", "http://127.0.0.1:1").RunAsync("import", "clearml-offline", Zip)
        );
        Assert.Empty(server.Calls);
    }

    private async Task<string> ImportAsync(JsonObject task)
    {
        SessionZip.Write(Zip, SessionZip.Files(task));
        var cli = server.Cli;
        var code = await cli.RunAsync("import", "clearml-offline", Zip);
        Assert.Equal((0, ""), (code, cli.Error));
        return cli.Out.Trim();
    }
}
