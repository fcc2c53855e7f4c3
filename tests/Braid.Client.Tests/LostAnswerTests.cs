using System.Text.Json;
using Braid.Client.Backends.ClearML;
using Braid.Testing;

namespace Braid.Client.Tests;

/// <summary>Calls that make something, whose answers are lost on their way: what was made must not be made again.</summary>
public sealed class LostAnswerTests : IAsyncLifetime
{
    private const string made = "0123456789ab4def8123456789abcdef";

    private readonly TempFolder folder = new();
    private readonly Runs runs = new();
    private TrackingServerFake server = null!; // set before each test

    public async Task InitializeAsync() => server = await TrackingServerFake.StartAsync();

    public async Task DisposeAsync()
    {
        await server.DisposeAsync();
        runs.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task A_run_of_mlflow_is_found_by_the_tag_that_it_was_made_with()
    {
        server.Override = call =>
            call.EndsWith("runs/create") ? (0, "")
            : call.EndsWith("runs/search") && Key("runs/create") is { } key && FilterNames(key) ? (200, FoundRun())
            : null;
        await using (Experiment.StartLogging("run", "digits", server.Options)) { }

        Assert.Single(server.Of("runs/create"));
        Assert.Contains(made, server.Of("runs/update").Single().Body);

        bool FilterNames(string key) =>
            server.Of("runs/search").Last().Json.GetProperty("filter").GetString()!.Contains($"'{key}'");
    }

    [Fact]
    public async Task A_run_of_mlflow_that_was_not_made_is_made_by_the_repetition()
    {
        var cuts = 1;
        server.Override = call => call.EndsWith("runs/create") && cuts-- > 0 ? (0, "") : null;
        await using (Experiment.StartLogging("run", "digits", server.Options)) { }

        Assert.Equal(2, server.Of("runs/create").Count());
        Assert.Single(server.Of("runs/update"));
    }

    [Fact]
    public async Task A_run_whose_program_was_killed_before_it_had_the_answer_is_found_by_the_next_one()
    {
        server.Override = call => call.EndsWith("runs/create") ? (503, "{}") : null;
        var experiment = Experiment.StartLogging(
            "run",
            "digits",
            server.Options with
            {
                FlushTimeout = TimeSpan.FromMilliseconds(200),
            }
        );
        experiment.LogMetric("loss", 1, 0);
        await Eventually.IsTrueAsync(() => Task.FromResult(server.Of("runs/create").Any()), "it is tried");
        await experiment.DisposeAsync();
        var key = Key("runs/create");
        var tries = server.Of("runs/create").Count();

        server.Override = call => call.EndsWith("runs/search") ? (200, FoundRun()) : null;
        Assert.Equal(new ResumeReport(Sent: 1, Left: 0), await Experiment.ResumeAsync(server.Options));
        Assert.Equal(tries, server.Of("runs/create").Count());
        Assert.Contains(key!, server.Of("runs/search").Last().Body);
    }

    [Fact]
    public async Task A_version_of_a_model_of_mlflow_is_registered_once()
    {
        var source = $"mlflow-artifacts:/7/{made}/artifacts/models/digits";
        server.Override = call =>
            call.EndsWith("model-versions/create") ? (0, "")
            : call.EndsWith("model-versions/search") && server.Of("model-versions/create").Any()
                ? (200, $$"""{"model_versions":[{"name":"digits","version":"1","source":"{{source}}"}]}""")
            : null;
        var experiment = Experiment.StartLogging("run", null, server.Options);
        experiment.LogModel("digits", ModelFile());
        await experiment.DisposeAsync();
        Assert.Single(server.Of("model-versions/create"));
        Assert.Equal(0, experiment.Undelivered);
    }

    [Fact]
    public async Task A_task_of_clearml_is_found_by_the_key_that_it_was_made_with()
    {
        server.Override = call =>
            call.EndsWith("tasks.create") ? (0, "")
            : call.EndsWith("tasks.get_all") ? (200, Envelope(Tasks()))
            : AnswerOfClearML(call);
        await using (runs.Start(ClearML())) { }

        Assert.Single(server.Of("/tasks.create"));
        Assert.Equal(made, server.Of("/tasks.completed").Single().Json.GetProperty("task").GetString());

        string Tasks() =>
            $$$"""
                {"tasks":[{"id":"another","runtime":{} },
                {"id":"{{{made}}}","runtime":{"braid_start":"{{{Started()}}}"} }]}
                """;
        string? Started() =>
            server.Of("/tasks.create").First().Json.GetProperty("runtime").GetProperty("braid_start").GetString();
    }

    [Fact]
    public async Task A_model_of_clearml_is_made_once()
    {
        server.Override = call =>
            call.EndsWith("models.create") ? (0, "")
            : call.EndsWith("models.get_all")
                ? (
                    200,
                    Envelope(server.Of("/models.create").Any() ? """{"models":[{"id":"m"}]}""" : """{"models":[]}""")
                )
            : AnswerOfClearML(call);
        var experiment = runs.Start(ClearML());
        experiment.LogModel("digits", ModelFile());
        await experiment.DisposeAsync();
        Assert.Single(server.Of("/models.create"));
        Assert.Equal("m", server.Of("/tasks.add_or_update_model").Single().Json.GetProperty("model").GetString());
    }

    private string ModelFile()
    {
        File.WriteAllText(folder.File("model.bin"), "weights");
        return folder.File("model.bin");
    }

    private string? Key(string call) =>
        server
            .Of(call)
            .First()
            .Json.GetProperty("tags")
            .EnumerateArray()
            .Where(tag => tag.GetProperty("key").GetString() == "braid.start")
            .Select(tag => tag.GetProperty("value").GetString())
            .SingleOrDefault();

    private static string FoundRun() => $$$"""{"runs":[{"info":{"run_id":"{{{made}}}"} }]}""";

    private ClearMLBackend ClearML() => new(new() { ApiHost = server.Address, FilesHost = server.Address });

    private static (int, string)? AnswerOfClearML(string call) =>
        (
            200,
            Envelope(
                call.EndsWith("auth.login")
                    ? """{"token":"t"}"""
                    : $$$"""{"id":"{{{made}}}","projects":[],"errors":0,"task":{"id":"{{{made}}}"} }"""
            )
        );

    private static string Envelope(string data) =>
        $$"""{"meta":{"result_code":200,"result_msg":"OK"},"data":{{data}}}""";
}
