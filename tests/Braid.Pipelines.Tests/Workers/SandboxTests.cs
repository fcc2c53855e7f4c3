using System.Text;
using System.Text.Json.Nodes;
using Braid.Pipelines.Jobs;
using static Braid.Pipelines.Tests.PipelineWorld;

namespace Braid.Pipelines.Tests.Workers;

/// <summary>What a spec asks of the sandbox: secrets, a user, limits.</summary>
public sealed class SandboxTests
{
    [Fact]
    public async Task Secrets_come_as_variables_and_as_files()
    {
        await using var world = await StartAsync();
        await world.CreateRepoAsync("images");
        var file =
            """{"kind": "Secret", "metadata": {"name": "login"}, "stringData": {"user": "ana", "key": "s3cret"}}""";
        Ok(await world.Host.Secrets.CreateAsync(Admin, Encoding.UTF8.GetBytes(file), default));
        var spec = Spec(
            "edges",
            "echo $PASSWORD > /pfs/out/env; cp /opt/login/* /pfs/out; ls /one > /pfs/out/one",
            "images:/*"
        );
        spec["transform"]!["secrets"] = new JsonArray(
            new JsonObject
            {
                ["name"] = "login",
                ["key"] = "key",
                ["envVar"] = "PASSWORD",
            },
            new JsonObject { ["name"] = "login", ["mountPath"] = "/opt/login" },
            new JsonObject
            {
                ["name"] = "login",
                ["key"] = "user",
                ["mountPath"] = "/one",
            }
        );
        await world.CreateAsync(spec);

        var job = await world.EndedAsync("edges", await world.PutAsync("images", ("/a", "x")));

        Assert.Equal((JobState.Success, ""), (job.State, job.Reason));
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["/env"] = "s3cret\n",
                ["/key"] = "s3cret",
                ["/user"] = "ana",
                ["/one"] = "user\n",
            },
            await world.FilesAsync("edges")
        );
    }

    [Fact]
    public async Task A_program_runs_as_the_user_that_is_asked_for_and_an_unknown_one_is_named()
    {
        await using var world = await StartAsync();
        await world.CreateRepoAsync("images");
        foreach (
            var (name, user) in new[] { ("named", "nobody"), ("numbered", "1234:77"), ("unknown", "no-such-user") }
        )
        {
            var spec = Spec(name, "cp $images /pfs/out/copy; echo $(id -u):$(id -g) > /pfs/out/id", "images:/*");
            spec["transform"]!["user"] = user;
            await world.CreateAsync(spec);
        }

        var set = await world.PutAsync("images", ("/a", "x"));
        await world.EndedAsync("named", set);
        await world.EndedAsync("numbered", set);
        var unknown = await world.EndedAsync("unknown", set);

        Assert.StartsWith("65534:", (await world.FilesAsync("named"))["/id"]);
        Assert.Equal("1234:77\n", (await world.FilesAsync("numbered"))["/id"]);
        Assert.Equal("x", (await world.FilesAsync("numbered"))["/copy"]);
        Assert.Equal(JobState.Failure, unknown.State);
        Assert.Contains(
            await world.LogsAsync(unknown),
            line => line.Contains("no such user or group", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_program_that_takes_too_much_memory_fails_and_its_log_says_why_as_far_as_the_kernel_tells()
    {
        await using var world = await StartAsync();
        await world.CreateRepoAsync("images");
        var spec = Spec("edges", "head -c 200000000 /dev/zero | tail", "images:/*");
        spec["resourceLimits"] = new JsonObject { ["memory"] = "32M" };
        spec["datumTries"] = 1;
        spec["transform"]!["cmd"] = new JsonArray("bash", "-o", "pipefail");
        await world.CreateAsync(spec);

        var job = await world.EndedAsync("edges", await world.PutAsync("images", ("/a", "x")));

        Assert.Equal(JobState.Failure, job.State);
        var lines = await world.LogsAsync(job);
        // A control group kills it; without one it is refused memory and says so itself.
        Assert.Contains(
            lines,
            line =>
                line.Contains("memory ran out", StringComparison.Ordinal)
                || line.Contains("memory exhausted", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task The_variables_of_a_datum_are_in_a_file_too()
    {
        await using var world = await StartAsync();
        await world.CreateRepoAsync("images");
        await world.CreateAsync(
            Spec(
                "edges",
                "a=$images; images=; . /pfs/.env; test \"$a\" = \"$images\" && cat \"$images\" > /pfs/out/a",
                "images:/*"
            )
        );

        await world.EndedAsync("edges", await world.PutAsync("images", ("/it's \"a\" file", "x")));

        Assert.Equal("x", (await world.FilesAsync("edges"))["/a"]);
    }

    [Fact]
    public async Task Of_lazy_inputs_only_what_is_read_is_fetched()
    {
        await using var world = await StartAsync();
        await world.CreateRepoAsync("images");
        var spec = Spec(
            "edges",
            "test -p /pfs/images/d/large && cat /pfs/images/a > /pfs/out/a && head -c 10 /pfs/images/d/begun > /pfs/out/b",
            "images:/"
        );
        spec["input"]!["pfs"]!["lazy"] = true;
        await world.CreateAsync(spec);
        var large = new string('x', 1_000_000);

        var set = await world.PutAsync(
            "images",
            ("/a", new string('a', 300_000)),
            ("/d/large", large),
            ("/d/begun", large)
        );
        var job = await world.EndedAsync("edges", set);

        Assert.Equal((JobState.Success, ""), (job.State, job.Reason));
        var files = await world.FilesAsync("edges");
        Assert.Equal((300_000, 10), (files["/a"].Length, files["/b"].Length));
        Assert.Equal(300_000, job.Stats.DownloadBytes);
    }
}
