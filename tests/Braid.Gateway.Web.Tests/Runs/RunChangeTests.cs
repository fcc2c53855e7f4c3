using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Braid.Primitives;
using Braid.Tracking;
using Braid.Tracking.Artifacts;
using Braid.Tracking.Runs;

namespace Braid.Gateway.Web.Tests.Runs;

/// <summary>What people change of runs, one by one and several at once.</summary>
public sealed class RunChangeTests
{
    [Fact]
    public async Task Name_note_labels_and_tags_are_edited_at_once_also_where_MLflow_keeps_them()
    {
        await using var host = await WebHost.StartAsync();
        var run = await LoggedRuns.CreateAsync(host, "one", 0.1, "old");
        await host.Rooms.Runs.UpdateAsync(
            WebHost.Internal,
            run,
            new() { SetTags = [new("mlflow.note.content", "first"), new("mlflow.runName", "one"), new("gone", "x")] },
            default
        );

        var edited = await SendAsync(
            host,
            HttpMethod.Patch,
            $"/api/runs/{run}",
            """{"name":" two ","note":"better","labels":["best"],"setTags":{"stage":"a"},"removeTags":["gone"]}"""
        );

        Assert.Null(edited["code"]);
        var shown = await LoggedRuns.AskAsync(host, $"/api/runs/{run}");
        Assert.Equal("two", (string?)shown["run"]!["name"]);
        Assert.Equal("better", (string?)shown["comment"]);
        Assert.Equal(["best"], shown["run"]!["labels"]!.AsArray().Select(label => (string?)label));
        Assert.Equal(
            ["mlflow.note.content=better", "mlflow.runName=two", "stage=a"],
            shown["tags"]!.AsArray().Select(tag => $"{tag!["key"]}={tag["value"]}")
        );
    }

    [Theory]
    [InlineData("""{"name":"  "}""", "web.bad-run-name")]
    [InlineData("""{"nmae":"x"}""", "web.bad-body")]
    [InlineData("""{"removeTags":["none"]}""", "tracking.no-such-tag")]
    public async Task An_edit_that_cannot_be_is_refused(string body, string code)
    {
        await using var host = await WebHost.StartAsync();
        var run = await LoggedRuns.CreateAsync(host, "one", 0.1);
        Assert.Equal(code, (string?)(await SendAsync(host, HttpMethod.Patch, $"/api/runs/{run}", body))["code"]);
    }

    [Fact]
    public async Task A_clone_has_parameters_of_its_own_and_waits_in_its_queue()
    {
        await using var host = await WebHost.StartAsync();
        await host.Rooms.Queues.CreateAsync(WebHost.Internal, new("gpu"), default);
        var run = await LoggedRuns.CreateAsync(host, "one", 0.1, "best");

        var clone = await SendAsync(
            host,
            HttpMethod.Post,
            $"/api/runs/{run}/clone",
            """{"name":"again","parameters":[{"section":"Args","name":"depth","value":"9"}],"queue":"gpu"}"""
        );

        Assert.Null(clone["refused"]);
        var shown = await LoggedRuns.AskAsync(host, $"/api/runs/{clone["id"]}");
        Assert.Equal(("again", "queued"), ((string?)shown["run"]!["name"], (string?)shown["run"]!["status"]));
        Assert.Equal("9", (string?)Assert.Single(shown["parameters"]!.AsArray())!["value"]);
        var metrics = await LoggedRuns.AskAsync(host, $"/api/runs/{clone["id"]}/metrics");
        Assert.Empty(metrics["metrics"]!.AsArray());
    }

    [Fact]
    public async Task A_clone_for_a_queue_that_is_none_stays_a_draft_and_says_why()
    {
        await using var host = await WebHost.StartAsync();
        var run = await LoggedRuns.CreateAsync(host, "one", 0.1);

        var clone = await SendAsync(host, HttpMethod.Post, $"/api/runs/{run}/clone", """{"queue":"nowhere"}""");

        Assert.Equal("there is no queue 'nowhere'", (string?)clone["refused"]);
        var shown = await LoggedRuns.AskAsync(host, $"/api/runs/{clone["id"]}");
        Assert.Equal("created", (string?)shown["run"]!["status"]);
    }

    [Fact]
    public async Task An_action_is_done_to_those_that_allow_it_and_the_others_say_why_not()
    {
        await using var host = await WebHost.StartAsync();
        var running = await LoggedRuns.CreateAsync(host, "running", 0.1);
        var ended = await LoggedRuns.CreateAsync(host, "ended", 0.1);
        await host.Rooms.Runs.SetStatusAsync(WebHost.Internal, ended, new(RunStatus.Completed), default);

        var stopped = await ActAsync(host, "stop", running, ended);

        Assert.Equal([running.ToString()], stopped["done"]!.AsArray().Select(id => (string?)id));
        Assert.Equal("tracking.status-forbidden", (string?)Assert.Single(stopped["refused"]!.AsArray())!["code"]);
        Assert.Equal("stopped", await StatusAsync(host, running));
    }

    [Fact]
    public async Task What_is_archived_can_be_restored_and_what_is_deleted_is_gone_with_its_files()
    {
        await using var host = await WebHost.StartAsync();
        var run = await LoggedRuns.CreateAsync(host, "one", 0.1);
        await host.Rooms.Artifacts.PutAsync(
            WebHost.Internal,
            ArtifactSpaces.MLflow,
            $"0/{run}/artifacts/a.txt",
            new MemoryStream(Encoding.UTF8.GetBytes("12345")),
            run,
            default
        );

        await ActAsync(host, "archive", run);
        Assert.True((bool)(await LoggedRuns.AskAsync(host, $"/api/runs/{run}"))["run"]!["archived"]!);
        await ActAsync(host, "restore", run);
        Assert.False((bool)(await LoggedRuns.AskAsync(host, $"/api/runs/{run}"))["run"]!["archived"]!);

        var remains = await SendAsync(host, HttpMethod.Post, "/api/runs/remains", $$"""{"runs":["{{run}}"]}""");
        Assert.Equal((1, 5), ((int)remains["files"]!, (int)remains["bytes"]!));
        await ActAsync(host, "delete", run);
        Assert.Equal("tracking.no-such-run", (string?)(await LoggedRuns.AskAsync(host, $"/api/runs/{run}"))["code"]);
        var files = await host.Rooms.Artifacts.ListAsync(WebHost.Internal, ArtifactSpaces.MLflow, $"0/{run}", default);
        Assert.Empty(files.Value);
    }

    [Fact]
    public async Task An_action_that_nobody_knows_is_refused()
    {
        await using var host = await WebHost.StartAsync();
        var run = await LoggedRuns.CreateAsync(host, "one", 0.1);
        var answer = await ActAsync(host, "explode", run);
        Assert.Equal("web.unknown-action", (string?)answer["refused"]![0]!["code"]);
        Assert.Equal("web.too-many-runs", (string?)(await ActAsync(host, "stop"))["code"]);
    }

    private static async Task<string?> StatusAsync(WebHost host, RunId run) =>
        (string?)(await LoggedRuns.AskAsync(host, $"/api/runs/{run}"))["run"]!["status"];

    private static Task<JsonObject> ActAsync(WebHost host, string action, params RunId[] runs) =>
        SendAsync(
            host,
            HttpMethod.Post,
            "/api/runs/actions",
            $$"""{"action":"{{action}}","files":true,"runs":[{{string.Join(',', runs.Select(run => $"\"{run}\""))}}]}"""
        );

    private static async Task<JsonObject> SendAsync(WebHost host, HttpMethod method, string path, string body)
    {
        using var request = new HttpRequestMessage(method, path)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        using var answer = await host.Client.SendAsync(request);
        return (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
    }
}
