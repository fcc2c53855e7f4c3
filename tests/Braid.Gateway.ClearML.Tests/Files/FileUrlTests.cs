using System.Net;
using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Tests.Hosting;

namespace Braid.Gateway.ClearML.Tests.Files;

/// <summary>Files of tasks and models that go away: their addresses are told when asked for, and their bytes are not kept.</summary>
public sealed class FileUrlTests
{
    private const string urls = """
        {"model_urls":["http://f/p/TASK/models/m.pt"],"artifact_urls":["http://f/p/TASK/artifacts/a"],"event_urls":["http://f/p/TASK/metrics/i.png","http://f/p/TASK/metrics/plot.png"]}
        """;

    [Theory]
    [InlineData("tasks.delete", "task", "\"force\":true")]
    [InlineData("tasks.reset", "task", "\"force\":true")]
    [InlineData("tasks.delete_many", "ids", "\"force\":true")]
    [InlineData("tasks.reset_many", "ids", "\"force\":true")]
    [InlineData("projects.delete", "project", "\"force\":true,\"delete_contents\":true")]
    public async Task A_task_that_goes_tells_where_its_files_were_and_they_go_with_it(
        string endpoint,
        string field,
        string more
    )
    {
        await using var host = await ClearMLHost.StartAsync();
        var (project, task) = await TrainAsync(host);

        var data = await host.Api.DataAsync(
            endpoint,
            $$"""{"{{field}}":"{{(field == "project" ? project : task)}}","return_file_urls":true,{{more}}}"""
        );

        var told = data["succeeded"]?[0]?["urls"] ?? data["urls"];
        Assert.Equal(Of(urls.Trim(), task), told!.ToJsonString());
        foreach (var path in (string[])["artifacts/a", "models/m.pt", "metrics/i.png"])
        {
            Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(host, Of($"/p/TASK/{path}", task)));
            using var again = await host.Files.DeleteAsync(Of($"/p/TASK/{path}", task));
            Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        }
    }

    [Fact]
    public async Task Files_stay_when_the_client_says_so()
    {
        await using var host = await ClearMLHost.StartAsync();
        var (_, task) = await TrainAsync(host);

        var data = await host.Api.DataAsync(
            "tasks.delete",
            $$"""{"task":"{{task}}","force":true,"delete_external_artifacts":false}"""
        );

        Assert.Null(data["urls"]);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(host, Of("/p/TASK/artifacts/a", task)));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(host, Of("/p/TASK/models/m.pt", task)));
    }

    [Fact]
    public async Task A_model_takes_its_file_along_and_a_published_one_keeps_it_when_its_task_goes()
    {
        await using var host = await ClearMLHost.StartAsync();
        var (_, task) = await TrainAsync(host);
        var model = (await host.Api.DataAsync("models.get_all"))["models"]![0]!["id"]!.GetValue<string>();
        await host.Api.DataAsync("models.set_ready", $$"""{"model":"{{model}}","publish_task":false}""");

        await host.Api.DataAsync("tasks.delete", $$"""{"task":"{{task}}","force":true}""");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(host, Of("/p/TASK/models/m.pt", task)));

        var gone = await host.Api.DataAsync("models.delete", $$"""{"model":"{{model}}","force":true}""");
        Assert.Equal(Of("http://f/p/TASK/models/m.pt", task), gone["url"]!.GetValue<string>());
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(host, Of("/p/TASK/models/m.pt", task)));
    }

    /// <summary>A task with an artifact, a draft model, a debug image and a plot with an image in it.</summary>
    private static async Task<(string Project, string Task)> TrainAsync(ClearMLHost host)
    {
        var project = await host.Api.CreateProjectAsync("files of tasks");
        var task = await host.Api.CreateTaskAsync("demo", $$""","project":"{{project}}" """);
        await host.Api.DataAsync("tasks.started", $$"""{"task":"{{task}}"}""");
        foreach (var path in (string[])["artifacts/a", "models/m.pt", "metrics/i.png"])
        {
            await UploadAsync(host, Of($"p/TASK/{path}", task));
        }

        await host.Api.DataAsync(
            "tasks.add_or_update_artifacts",
            Of("""{"task":"ID","artifacts":[{"key":"a","type":"custom","uri":"http://f/p/TASK/artifacts/a"}]}""", task)
        );
        await host.Api.DataAsync(
            "models.create",
            Of("""{"name":"net","task":"ID","uri":"http://f/p/TASK/models/m.pt","ready":false}""", task)
        );
        await AddEventsAsync(host, task);
        return (project, task);
    }

    private static async Task AddEventsAsync(ClearMLHost host, string task)
    {
        var plot = new JsonObject
        {
            ["type"] = "plot",
            ["task"] = task,
            ["metric"] = "p",
            ["plot_str"] = Of("""{"layout":{"images":[{"source":"http://f/p/TASK/metrics/plot.png"}]}}""", task),
        };
        var image = Of(
            """{"type":"training_debug_image","task":"ID","metric":"i","url":"http://f/p/TASK/metrics/i.png"}""",
            task
        );
        var broken = $$"""{"type":"plot","task":"{{task}}","metric":"b","plot_str":"{no"}""";
        await host.Api.DataAsync("events.add_batch", $"{plot.ToJsonString()}\n{image}\n{broken}");
    }

    private static string Of(string text, string task) =>
        text.Replace("TASK", $"demo.{task}", StringComparison.Ordinal).Replace("ID", task, StringComparison.Ordinal);

    private static async Task UploadAsync(ClearMLHost host, string path)
    {
        using var form = new MultipartFormDataContent();
        form.Add(new StringContent(path), path, path);
        using var response = await host.Files.PostAsync("/", form);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private static async Task<HttpStatusCode> StatusAsync(ClearMLHost host, string path)
    {
        using var response = await host.Files.GetAsync(path);
        return response.StatusCode;
    }
}
