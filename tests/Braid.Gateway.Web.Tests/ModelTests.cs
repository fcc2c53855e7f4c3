using System.Net;
using System.Text;
using Braid.Gateway.Web.Tests.Runs;
using Braid.Primitives;
using Braid.Tracking.Artifacts;
using Braid.Tracking.Models;

namespace Braid.Gateway.Web.Tests;

/// <summary>The registry, as its pages read and change it.</summary>
public sealed class ModelTests
{
    [Theory]
    [InlineData("GET", "/api/registry")]
    [InlineData("GET", "/api/registry/model?name=a")]
    [InlineData("PATCH", "/api/registry/model?name=a")]
    [InlineData("PUT", "/api/registry/alias?name=a")]
    [InlineData("DELETE", "/api/registry/alias?name=a&alias=b")]
    [InlineData("GET", "/api/models/00000000000000000000000000000001")]
    [InlineData("PATCH", "/api/models/00000000000000000000000000000001")]
    [InlineData("GET", "/api/models/00000000000000000000000000000001/files")]
    [InlineData("GET", "/api/models/00000000000000000000000000000001/files/a")]
    public async Task Nobody_unknown_sees_or_changes_anything(string method, string path)
    {
        await using var host = await WebHost.StartAsync(open: false);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.SendAsync(method, path)).Status);
    }

    [Fact]
    public async Task A_name_shows_its_versions_and_aliases_move_between_them()
    {
        await using var host = await WebHost.StartAsync();
        var (first, _) = await RegisteredAsync(host, "vision/digits");
        await RegisteredAsync(host, "vision/digits");
        var name = Uri.EscapeDataString("vision/digits");
        await host.OkAsync("PUT", $"/api/registry/alias?name={name}", """{"alias": "champion", "version": 1}""");
        Assert.Equal("champion", (string?)(await host.OkAsync("GET", $"/api/models/{first}"))["aliases"]![0]);
        await host.OkAsync("PUT", $"/api/registry/alias?name={name}", """{"alias": "champion", "version": 2}""");
        await host.OkAsync(
            "PATCH",
            $"/api/registry/model?name={name}",
            """{"description": "Digits", "setTags": {"team": "a", "old": "b"}}"""
        );
        await host.OkAsync("PATCH", $"/api/registry/model?name={name}", """{"removeTags": ["old"]}""");
        var shown = await host.OkAsync("GET", $"/api/registry/model?name={name}");
        Assert.Equal("""[{"alias":"champion","version":2}]""", shown["aliases"]!.ToJsonString());
        Assert.Equal("""[{"key":"team","value":"a"}]""", shown["tags"]!.ToJsonString());
        Assert.Equal([2, 1], shown["versions"]!.AsArray().Select(one => (int)one!["version"]!));
        await host.OkAsync("DELETE", $"/api/registry/alias?name={name}&alias=champion");
        var listed = (await host.OkAsync("GET", "/api/registry?q=DIGITS"))["models"]!.AsArray();
        Assert.Empty(Assert.Single(listed)!["aliases"]!.AsArray());
    }

    [Fact]
    public async Task A_version_that_goes_to_production_archives_the_one_that_was()
    {
        await using var host = await WebHost.StartAsync();
        var (first, _) = await RegisteredAsync(host, "digits");
        var (second, _) = await RegisteredAsync(host, "digits");
        const string promote = """{"stage": "production", "archiveOthers": true}""";
        await host.OkAsync("PATCH", $"/api/models/{first}", promote);
        await host.OkAsync("PATCH", $"/api/models/m-{second}", promote);
        Assert.Equal("archived", (string?)(await host.OkAsync("GET", $"/api/models/{first}"))["stage"]);
        var (status, _) = await host.SendAsync("PATCH", $"/api/models/{first}", """{"stage": "stardom"}""");
        Assert.Equal(HttpStatusCode.BadRequest, status);
    }

    [Fact]
    public async Task A_model_tells_its_maker_its_readers_and_its_files()
    {
        await using var host = await WebHost.StartAsync();
        var (model, maker) = await RegisteredAsync(host, "digits");
        var reader = await LoggedRuns.CreateAsync(host, "serve", 1);
        await host.Rooms.Runs.UpdateAsync(
            WebHost.Internal,
            reader,
            new() { SetModels = [new(RunModelKind.Input, "model", model)] },
            default
        );
        var shown = await host.OkAsync("GET", $"/api/models/{model}");
        Assert.Equal($"{maker}", (string?)shown["maker"]!["id"]);
        Assert.Equal($"{reader}", (string?)Assert.Single(shown["consumers"]!.AsArray())!["id"]);
        var loaded = Assert.Single((await host.OkAsync("GET", $"/api/runs/{reader}"))["loaded"]!.AsArray())!;
        Assert.Equal(("model", $"{model}"), ((string?)loaded["as"], (string?)loaded["model"]!["id"]));
        var files = (await host.OkAsync("GET", $"/api/models/{model}/files"))["files"]!.AsArray();
        Assert.Equal("MLmodel", (string?)Assert.Single(files)!["path"]);
        using var file = await host.Client.GetAsync($"/api/models/{model}/files/MLmodel");
        Assert.Equal("flavors", await file.Content.ReadAsStringAsync());
        Assert.Contains(
            "sandbox",
            file.Headers.GetValues("Content-Security-Policy").Single(),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("latest")]
    [InlineData("v3")]
    [InlineData("a b")]
    [InlineData("")]
    public async Task An_alias_that_clients_cannot_use_is_refused(string alias)
    {
        await using var host = await WebHost.StartAsync();
        await RegisteredAsync(host, "digits");
        var (status, _) = await host.SendAsync(
            "PUT",
            "/api/registry/alias?name=digits",
            $$"""{"alias": "{{alias}}", "version": 1}"""
        );
        Assert.Equal(HttpStatusCode.BadRequest, status);
    }

    [Fact]
    public async Task A_run_without_uncommitted_changes_has_no_patch()
    {
        await using var host = await WebHost.StartAsync();
        var run = await LoggedRuns.CreateAsync(host, "a", 1);
        var (status, refusal) = await host.SendAsync("GET", $"/api/runs/{run}/code.patch");
        Assert.Equal((HttpStatusCode.NotFound, "web.no-patch"), (status, (string?)refusal["code"]));
    }

    private static async Task<(ModelId Model, RunId Run)> RegisteredAsync(WebHost host, string name)
    {
        var run = await LoggedRuns.CreateAsync(host, "train", 0.1);
        var model = await host.Rooms.Models.CreateAsync(
            WebHost.Internal,
            new()
            {
                Name = name,
                Run = run,
                Register = true,
                With = new() { Uri = $"mlflow-artifacts:/0/{run}/artifacts/model" },
            },
            default
        );
        using var content = new MemoryStream(Encoding.UTF8.GetBytes("flavors"));
        await host.Rooms.Artifacts.PutAsync(
            WebHost.Internal,
            ArtifactSpaces.MLflow,
            $"0/{run}/artifacts/model/MLmodel",
            content,
            run,
            default
        );
        return (model.Value.Id, run);
    }
}
