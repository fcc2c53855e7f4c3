using System.Text;
using System.Text.Json;
using Braid.Compute.Containers;
using Braid.Compute.Executors;
using Braid.Primitives;
using Braid.Testing;

namespace Braid.Compute.Tests.Containers;

/// <summary>What an engine is asked, and what becomes of its refusals.</summary>
public sealed class EngineAnswerTests : IDisposable
{
    private const string version = """{"ApiVersion":"1.41","MinAPIVersion":"1.12","Components":[{"Name":"Engine"}]}""";
    private const string podman = """{"ApiVersion":"1.41","Components":[{"Name":"Podman Engine"}]}""";
    private const string missing = """{"message":"No such thing"}""";

    private readonly TempFolder folder = new();

    [Fact]
    public async Task A_machine_without_an_engine_gets_told_where_it_was_looked_for()
    {
        var opened = await OpenAsync(folder.File("no-socket"));

        Assert.Equal((ErrorKind.Unavailable, "compute.engine-away"), (opened.Error?.Kind, opened.Error?.Code));
        Assert.Contains(folder.File("no-socket"), opened.Error?.Message);
    }

    [Theory]
    [InlineData("1.39", "1.12")]
    [InlineData("1.99", "1.90")]
    public async Task An_engine_that_is_too_old_or_too_new_is_refused_with_both_sides_versions(
        string newest,
        string oldest
    )
    {
        await using var engine = new FakeEngine(_ =>
            (200, $$"""{"ApiVersion":"{{newest}}","MinAPIVersion":"{{oldest}}"}""")
        );

        var opened = await OpenAsync(engine.Socket);

        Assert.Equal("compute.engine-version", opened.Error?.Code);
        Assert.Contains($"{oldest} to {newest}", opened.Error?.Message);
    }

    [Theory]
    [InlineData("1.41", "/v1.41/")]
    [InlineData("1.52", "/v1.47/")]
    public async Task The_newest_version_that_both_know_is_spoken(string theirs, string prefix)
    {
        await using var engine = new FakeEngine(call =>
            (200, call.Path == "/version" ? $$"""{"ApiVersion":"{{theirs}}","MinAPIVersion":"1.40"}""" : "[]")
        );
        await using var executor = (await OpenAsync(engine.Socket)).Value;

        await executor.FindAsync(CancellationToken.None);

        Assert.StartsWith(prefix, engine.Calls[^1].Path);
        Assert.Contains("braid.owner%3Dme", engine.Calls[^1].Path);
    }

    [Fact]
    public async Task An_image_that_the_registry_does_not_give_is_told_in_its_words()
    {
        await using var engine = new FakeEngine(call =>
            call.Path switch
            {
                "/version" => (200, version),
                var path when path.Contains("/images/create", StringComparison.Ordinal) => (
                    200,
                    "{\"status\":\"Pulling\"}\n{\"error\":\"manifest unknown\",\"errorDetail\":{\"message\":\"manifest unknown\"}}\n"
                ),
                _ => (404, missing),
            }
        );
        await using var executor = (await OpenAsync(engine.Socket)).Value;

        var started = await executor.StartAsync(
            Spec() with
            {
                Image = "registry.example:5000/team/a",
            },
            CancellationToken.None
        );

        Assert.Equal("compute.no-image", started.Error?.Code);
        Assert.Contains("\"registry.example:5000/team/a\" to run: manifest unknown", started.Error?.Message);
        Assert.Contains("fromImage=registry.example%3A5000%2Fteam%2Fa%3Alatest", engine.Calls[^1].Path);
    }

    [Theory]
    [InlineData("registry.example:5000/team/a:1", "someone")]
    [InlineData("a", "hub")]
    [InlineData("team/a", "hub")]
    [InlineData("other.example/a", "")]
    public async Task A_registry_gets_its_own_credentials_only(string image, string user)
    {
        await using var engine = new FakeEngine(call => call.Path == "/version" ? (200, version) : (500, missing));
        var logins = new Dictionary<string, RegistryLogin>
        {
            ["registry.example:5000"] = new("someone", "s3cret"),
            ["docker.io"] = new("hub", "s3cret"),
        };
        await using var executor = (await OpenAsync(engine.Socket, logins)).Value;

        await executor.StartAsync(Spec() with { Image = image, Pull = ImagePull.Always }, CancellationToken.None);

        var login = Encoding.UTF8.GetString(Convert.FromBase64String(engine.Calls[^1].Login));
        Assert.Equal(user.Length > 0, login.Contains("s3cret", StringComparison.Ordinal));
        Assert.Contains(user, login);
    }

    [Fact]
    public async Task Gpus_limits_and_hosts_are_asked_for_as_the_api_names_them()
    {
        await using var engine = new FakeEngine(call =>
            call.Path switch
            {
                "/version" => (200, version),
                var path when path.Contains("/images/", StringComparison.Ordinal) => (200, """{"Id":"sha256:1"}"""),
                var path when path.Contains("/create", StringComparison.Ordinal) => (
                    400,
                    """{"message":"enough seen"}"""
                ),
                _ => (404, missing),
            }
        );
        await using var executor = (await OpenAsync(engine.Socket)).Value;

        var started = await executor.StartAsync(
            Spec() with
            {
                Gpus = ["GPU-1", "MIG-2"],
                Limits = new() { MemoryBytes = 1 << 30, Cpu = 1.5 },
                Hosts = new Dictionary<string, System.Net.IPAddress> { ["far"] = System.Net.IPAddress.IPv6Loopback },
                StopGrace = TimeSpan.FromSeconds(2.5),
            },
            CancellationToken.None
        );

        Assert.Equal("compute.cannot-start", started.Error?.Code);
        Assert.Contains("enough seen", started.Error?.Message);
        var body = JsonDocument.Parse(engine.Calls[^1].Body).RootElement;
        var host = body.GetProperty("HostConfig");
        Assert.Equal(
            """[{"Driver":"nvidia","DeviceIDs":["GPU-1","MIG-2"],"Capabilities":[["gpu"]]}]""",
            host.GetProperty("DeviceRequests").GetRawText()
        );
        Assert.Equal(1_500_000_000, host.GetProperty("NanoCpus").GetInt64());
        Assert.Equal(
            (1 << 30, 1 << 30),
            (host.GetProperty("Memory").GetInt64(), host.GetProperty("MemorySwap").GetInt64())
        );
        Assert.Equal("far:::1", host.GetProperty("ExtraHosts")[0].GetString());
        Assert.Equal(
            ("15", 3),
            (body.GetProperty("StopSignal").GetString(), body.GetProperty("StopTimeout").GetInt32())
        );
    }

    [Fact]
    public async Task Without_gpus_an_image_that_would_take_all_gets_none()
    {
        await using var engine = new FakeEngine(call =>
            call.Path switch
            {
                "/version" => (200, version),
                var path when path.Contains("/images/", StringComparison.Ordinal) => (200, """{"Id":"sha256:1"}"""),
                var path when path.Contains("/create", StringComparison.Ordinal) => (400, missing),
                _ => (404, missing),
            }
        );
        await using var executor = (await OpenAsync(engine.Socket)).Value;

        await executor.StartAsync(Spec(), CancellationToken.None);

        Assert.Contains("NVIDIA_VISIBLE_DEVICES=void", engine.Calls[^1].Body);
        Assert.DoesNotContain("DeviceRequests", engine.Calls[^1].Body);
    }

    [Fact]
    public async Task Podman_gives_no_gpus_and_says_so()
    {
        await using var engine = new FakeEngine(_ => (200, podman));
        await using var executor = (await OpenAsync(engine.Socket)).Value;

        var started = await executor.StartAsync(Spec() with { Gpus = ["GPU-1"] }, CancellationToken.None);

        Assert.Equal("podman", executor.Kind);
        Assert.Equal("compute.no-gpus", started.Error?.Code);
        Assert.Single(engine.Calls);
    }

    [Fact]
    public async Task A_container_without_an_image_is_refused()
    {
        await using var engine = new FakeEngine(_ => (200, version));
        await using var executor = (await OpenAsync(engine.Socket)).Value;

        var started = await executor.StartAsync(Spec() with { Image = "" }, CancellationToken.None);

        Assert.Equal((ErrorKind.InvalidArgument, "compute.no-image"), (started.Error?.Kind, started.Error?.Code));
    }

    [Fact]
    public async Task An_owner_must_be_a_name()
    {
        var opened = await ContainerExecutor.OpenAsync(
            new() { Owner = "a b", Folder = folder.Path },
            TimeProvider.System,
            (_, _) => { },
            CancellationToken.None
        );

        Assert.Equal("compute.bad-owner", opened.Error?.Code);
    }

    [Fact]
    public async Task What_ended_by_a_signal_when_its_engine_was_away_for_a_moment_is_lost()
    {
        const string ended = """
            {"Id":"c","Created":"2026-01-01T00:00:00Z","Config":{},
             "State":{"Status":"exited","ExitCode":143,"FinishedAt":"2026-01-01T00:00:01Z"}}
            """;
        await using var engine = new FakeEngine(call =>
            call.Path == "/version" ? (200, version)
            : call.Path.EndsWith("/containers/c/wait", StringComparison.Ordinal) ? (FakeEngine.BreaksOff, "")
            : (200, ended)
        );
        await using var executor = (await OpenAsync(engine.Socket)).Value;

        var exit = await executor.WaitAsync(new("c"), CancellationToken.None);

        Assert.Equal(ReplicaCause.Lost, exit.Cause);
    }

    public void Dispose() => folder.Dispose();

    private static ReplicaSpec Spec() =>
        new()
        {
            Name = "r",
            Token = 1,
            Image = "a",
            Command = ["true"],
        };

    private Task<Result<ContainerExecutor>> OpenAsync(
        string socket,
        Dictionary<string, RegistryLogin>? logins = null
    ) =>
        ContainerExecutor.OpenAsync(
            new()
            {
                Socket = socket,
                Owner = "me",
                Folder = folder.Path,
                Logins = logins ?? [],
            },
            TimeProvider.System,
            (_, error) => Assert.Fail(error.Message),
            CancellationToken.None
        );
}
