using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Braid.Cli.CommandLine;
using Braid.Cli.ModelServing;
using Braid.Gateway.MLflow.Tests.Hosting;
using Braid.Testing;

namespace Braid.Cli.Tests.ModelServing;

/// <summary>Finds and fetches models through the real door.</summary>
public sealed class ModelDownloadTests : IAsyncLifetime
{
    private static readonly CancellationToken ct = CancellationToken.None;
    private readonly TempFolder folder = new();
    private MLflowServer server = null!; // set before each test
    private string run = "";
    private string root = "";

    public async Task InitializeAsync()
    {
        server = await MLflowServer.StartAsync();
        var made = await PostAsync("runs/create", new() { ["experiment_id"] = "0" });
        run = made["run"]!["info"]!["run_id"]!.ToString();
        root = made["run"]!["info"]!["artifact_uri"]!.ToString()["mlflow-artifacts:/".Length..];
        await PutAsync($"{root}/model/MLmodel", "flavors: {}");
        await PutAsync($"{root}/model/code/a module.py", new string('x', 200_000));
        await PostAsync("registered-models/create", new() { ["name"] = "digits" });
        foreach (var path in new[] { "nothing", "model" })
        {
            var version = new JsonObject { ["name"] = "digits", ["source"] = $"mlflow-artifacts:/{root}/{path}" };
            await PostAsync("model-versions/create", version);
        }

        await PostAsync(
            "registered-models/alias",
            new()
            {
                ["name"] = "digits",
                ["alias"] = "best",
                ["version"] = "2",
            }
        );
        var stage = new JsonObject
        {
            ["name"] = "digits",
            ["version"] = "2",
            ["stage"] = "Production",
        };
        stage["archive_existing_versions"] = false;
        await PostAsync("model-versions/transition-stage", stage);
    }

    public async Task DisposeAsync()
    {
        await server.DisposeAsync();
        folder.Dispose();
    }

    [Theory]
    [InlineData("models:/digits/2")]
    [InlineData("models:/digits@best")]
    [InlineData("models:/digits/Production")]
    [InlineData("runs:/RUN/model")]
    [InlineData("mlflow-artifacts:/ROOT/model")]
    public async Task A_model_is_fetched_whole_and_checked_by_hashes(string text)
    {
        using var store = Store();
        var place = await store.LocateAsync(ModelUri.Parse(Here(text)), ct);
        var download = new ModelDownload(store, folder.File("model"));

        await download.RunAsync(place, ct);

        Assert.Equal(
            $"fetched {root}/model: 2 files, 200011 bytes, all checked by their hashes",
            download.Summary(place)
        );
        Assert.Equal("flavors: {}", await File.ReadAllTextAsync(folder.File("model/MLmodel")));
        Assert.Equal(200_000, new FileInfo(folder.File("model/code/a module.py")).Length);
    }

    [Fact]
    public async Task A_logged_model_is_found_by_its_id_and_by_its_run_and_name()
    {
        var logged = await PostAsync(
            "logged-models",
            new()
            {
                ["experiment_id"] = "0",
                ["name"] = "forest",
                ["source_run_id"] = run,
            }
        );
        var info = logged["model"]!["info"]!;
        var place = info["artifact_uri"]!.ToString()["mlflow-artifacts:/".Length..];
        using var store = Store();

        Assert.Equal(place, await store.LocateAsync(new LoggedModel(info["model_id"]!.ToString()), ct));
        Assert.Equal(place, await store.LocateAsync(new RunModel(run, "forest"), ct));
    }

    [Theory]
    [InlineData("models:/digits/9", "there is no version 9 of a model digits")]
    [InlineData("models:/digits@worst", "Registered model alias worst not found")]
    [InlineData("models:/digits/Staging", "no version of a model digits is in stage Staging")]
    [InlineData("models:/m-0", "there is no logged model m-0")]
    [InlineData("runs:/00000000000000000000000000000000/model", "there is no run 00000000000000000000000000000000")]
    [InlineData("runs:/RUN/other", "has no model other")]
    [InlineData("models:/digits/1", "there is no model at ")]
    public async Task A_model_that_is_not_there_is_named(string text, string cause)
    {
        using var store = Store();

        var refused = await Assert.ThrowsAnyAsync<Failure>(async () =>
        {
            var place = await store.LocateAsync(ModelUri.Parse(Here(text)), ct);
            await new ModelDownload(store, folder.File("model")).RunAsync(place, ct);
        });

        Assert.Contains(cause, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("whole", "\"0000000000000000000000000000000000000000000000000000000000000000\"", "arrived damaged")]
    [InlineData("cut", null, "4 bytes of model/cut came, 9 are stored")]
    [InlineData("../cut", null, "which is no name of one")]
    [InlineData("", null, "which is no name of one")]
    public async Task What_arrives_otherwise_than_it_is_stored_is_refused(string name, string? tag, string cause)
    {
        await using var fake = await ModelStoreFake.StartAsync(name, name == "whole" ? 4 : 9, "text", tag);
        using var store = new ModelStore(new(fake.Address, null));

        var refused = await Assert.ThrowsAnyAsync<Failure>(() =>
            new ModelDownload(store, folder.File("model")).RunAsync("model", ct)
        );

        Assert.Contains(cause, refused.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.File("cut")));
    }

    [Fact]
    public async Task Files_without_a_hash_are_told()
    {
        await using var fake = await ModelStoreFake.StartAsync("MLmodel", 4, "text", "\"some-other-tag\"");
        using var store = new ModelStore(new(fake.Address, null));
        var download = new ModelDownload(store, folder.File("model"));

        await download.RunAsync("model", ct);

        Assert.Equal("fetched model: 1 files, 4 bytes, 1 checked by their length only", download.Summary("model"));
    }

    [Theory]
    [InlineData("--env-manager virtualenv: no environments are made here", "--env-manager", "virtualenv")]
    [InlineData("--install-mlflow: nothing is installed here", "--install-mlflow")]
    [InlineData("--enable-mlserver: only MLflow's own protocol", "--enable-mlserver")]
    [InlineData("--port many: not a whole number", "--port", "many")]
    public async Task What_is_not_done_here_is_refused_with_what_to_do(string cause, params string[] words)
    {
        var cli = new CliRun();

        Assert.Equal(1, await cli.RunAsync(["models", "serve", "-m", folder.Path, .. words]));

        Assert.Contains(cause, cli.Error, StringComparison.Ordinal);
    }

    private ModelStore Store() => new(new(server.Client.BaseAddress!.ToString().TrimEnd('/'), null));

    private string Here(string text) =>
        text.Replace("RUN", run, StringComparison.Ordinal).Replace("ROOT", root, StringComparison.Ordinal);

    private async Task<JsonNode> PostAsync(string call, JsonObject body)
    {
        using var response = await server.Client.PostAsJsonAsync($"/api/2.0/mlflow/{call}", body);
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode
            ? JsonNode.Parse(text)!
            : throw new InvalidOperationException($"{call}: {text}");
    }

    private async Task PutAsync(string path, string content)
    {
        using var response = await server.Client.PutAsync(
            new Uri($"/api/2.0/mlflow-artifacts/artifacts/{path}", UriKind.Relative),
            new ByteArrayContent(Encoding.UTF8.GetBytes(content))
        );
        response.EnsureSuccessStatusCode();
    }
}
