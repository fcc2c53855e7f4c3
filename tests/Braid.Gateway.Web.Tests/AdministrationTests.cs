using System.Net;
using System.Text;
using Braid.Access.Callers;
using Braid.Gateway.Web.Tests.Runs;
using Braid.Tracking.Artifacts;

namespace Braid.Gateway.Web.Tests;

/// <summary>Who uses the server, how it is, and what it stores.</summary>
public sealed class AdministrationTests
{
    [Theory]
    [InlineData("GET", "/api/users")]
    [InlineData("POST", "/api/users")]
    [InlineData("PATCH", "/api/users/ann")]
    [InlineData("DELETE", "/api/users/ann")]
    [InlineData("GET", "/api/secrets")]
    [InlineData("DELETE", "/api/secrets/a")]
    [InlineData("GET", "/api/installation")]
    [InlineData("GET", "/api/space")]
    public async Task Nobody_unknown_sees_or_changes_anything(string method, string path)
    {
        await using var host = await WebHost.StartAsync(open: false);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.SendAsync(method, path)).Status);
    }

    [Fact]
    public async Task A_member_sees_people_and_space_and_administers_nothing()
    {
        await using var host = await WebHost.StartAsync(open: false);
        await host.Rooms.Users.CreateAsync(WebHost.Internal, new() { Id = "ann", Name = "Ann" }, default);
        var keys = await host.Rooms.Keys.CreateAsync(new Caller.Member("ann"), "", default);
        var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{keys.Value.AccessKey}:{keys.Value.SecretKey}"));
        host.Client.DefaultRequestHeaders.Authorization = new("Basic", basic);
        Assert.False((bool)(await host.OkAsync("GET", "/api/me"))["administrator"]!);
        await host.OkAsync("GET", "/api/users");
        await host.OkAsync("GET", "/api/space");
        await host.OkAsync("PATCH", "/api/users/ann", """{"name": "Ann Lee"}""");
        string[] closed =
        [
            "GET /api/installation",
            "GET /api/secrets",
            "DELETE /api/secrets/a",
            "DELETE /api/users/ann",
        ];
        foreach (var call in closed)
        {
            var (method, path) = (call.Split(' ')[0], call.Split(' ')[1]);
            Assert.Equal(HttpStatusCode.Forbidden, (await host.SendAsync(method, path)).Status);
        }

        var (status, _) = await host.SendAsync("PATCH", "/api/users/ann", """{"administrator": true}""");
        Assert.Equal(HttpStatusCode.Forbidden, status);
    }

    [Fact]
    public async Task People_are_made_given_roles_and_deleted()
    {
        await using var host = await WebHost.StartAsync();
        await host.OkAsync("POST", "/api/users", """{"id": "ann", "name": "Ann", "email": "ann@example.com"}""");
        var changed = await host.OkAsync("PATCH", "/api/users/ann", """{"administrator": true}""");
        Assert.True((bool)changed["administrator"]!);
        Assert.Contains("ann", await IdsAsync(host));
        await host.OkAsync("DELETE", "/api/users/ann");
        Assert.DoesNotContain("ann", await IdsAsync(host));
        Assert.Equal(HttpStatusCode.BadRequest, (await host.SendAsync("POST", "/api/users", "[]")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await host.SendAsync("DELETE", "/api/users/ann")).Status);
    }

    [Fact]
    public async Task A_secret_is_listed_by_name_and_its_value_is_nowhere()
    {
        await using var host = await WebHost.StartAsync();
        const string secret =
            """{"metadata": {"name": "token"}, "type": "Opaque", "stringData": {"key": "hidden-value"}}""";
        await host.Rooms.Secrets.CreateAsync(WebHost.Internal, Encoding.UTF8.GetBytes(secret), default);
        var listed = await host.OkAsync("GET", "/api/secrets");
        Assert.Equal("token", (string?)Assert.Single(listed["secrets"]!.AsArray())!["name"]);
        Assert.DoesNotContain("hidden-value", listed.ToJsonString(), StringComparison.Ordinal);
        await host.OkAsync("DELETE", "/api/secrets/token");
        Assert.Empty((await host.OkAsync("GET", "/api/secrets"))["secrets"]!.AsArray());
    }

    [Fact]
    public async Task The_installation_tells_its_settings_its_doors_and_its_machines()
    {
        await using var host = await WebHost.StartAsync();
        var shown = await host.OkAsync("GET", "/api/installation");
        Assert.Equal(
            ("--bind", "default"),
            ((string?)shown["settings"]![0]!["flag"], (string?)shown["settings"]![0]!["source"])
        );
        Assert.Equal("web", (string?)shown["doors"]![0]!["name"]);
        Assert.Equal(0, (int?)shown["agents"]);
    }

    [Fact]
    public async Task Space_is_counted_by_project_and_user()
    {
        await using var host = await WebHost.StartAsync();
        var run = await LoggedRuns.CreateAsync(host, "train", 1);
        using var content = new MemoryStream(new byte[1000]);
        await host.Rooms.Artifacts.PutAsync(WebHost.Internal, ArtifactSpaces.Files, "a/b", content, run, default);
        var use = Assert.Single((await host.OkAsync("GET", "/api/space"))["runs"]!.AsArray())!;
        Assert.Equal((1000, 1, "braid"), ((int?)use["bytes"], (int?)use["files"], (string?)use["user"]));
    }

    private static async Task<IEnumerable<string?>> IdsAsync(WebHost host) =>
        (await host.OkAsync("GET", "/api/users"))["users"]!.AsArray().Select(user => (string?)user!["id"]);
}
