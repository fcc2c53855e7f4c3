using Braid.Testing;

namespace Braid.System.Tests;

/// <summary>Files come from a bucket and go to one: the S3 door of one server is the S3 server of another.</summary>
public sealed class BucketTests : IAsyncLifetime
{
    private readonly TempFolder folder = new();
    private ServerProcess there = null!; // set before each test
    private ServerProcess here = null!; // set before each test

    public async Task InitializeAsync()
    {
        there = await ServerProcess.StartAsync();
        here = await ServerProcess.StartInAsync(
            new()
            {
                ["AWS_ENDPOINT_URL_S3"] = there.Endpoint("s3"),
                ["AWS_ACCESS_KEY_ID"] = "braid",
                ["AWS_SECRET_ACCESS_KEY"] = "braid",
            }
        );
        Directory.CreateDirectory(folder.File("tree/deep"));
        await File.WriteAllTextAsync(folder.File("tree/a"), "one");
        await File.WriteAllBytesAsync(folder.File("tree/deep/b"), new byte[3_000_000]);
    }

    public async Task DisposeAsync()
    {
        await here.DisposeAsync();
        await there.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task A_prefix_of_a_bucket_is_put_below_a_directory_in_one_commit()
    {
        await FillBucketAsync("Data");
        await RunAsync(here, "create repo copy");

        await RunAsync(here, "put file copy@master:/dir -f s3://master.Data/set -r");

        Assert.Equal("one", await RunAsync(here, "get file copy@master:/dir/a"));
        Assert.Contains("/dir/deep/b", await RunAsync(here, "glob file copy@master:/dir/deep/*"));
        Assert.Equal(2, LinesOf(await RunAsync(here, "list commit copy")));
        await RunAsync(here, "put file copy@master:/other -f s3://master.Data/set/a");
        Assert.Equal("one", await RunAsync(here, "get file copy@master:/other"));
    }

    [Fact]
    public async Task Files_go_to_a_bucket_under_their_paths()
    {
        await RunAsync(there, "create repo target");
        await RunAsync(here, "create repo source");
        await RunAsync(here, $"put file -r source@master:/set -f {folder.File("tree")}");

        Assert.Equal("", await RunAsync(here, "get file -r source@master:/set -o s3://master.target/from"));

        Assert.Equal("one", await RunAsync(there, "get file target@master:/from/set/a"));
        await RunAsync(there, $"get file target@master:/from/set/deep/b -o {folder.File("back")}");
        Assert.Equal(
            await File.ReadAllBytesAsync(folder.File("tree/deep/b")),
            await File.ReadAllBytesAsync(folder.File("back"))
        );
    }

    [Fact]
    public async Task A_bucket_or_object_that_is_not_there_changes_nothing()
    {
        await FillBucketAsync("Data");
        await RunAsync(here, "create repo copy");

        foreach (var address in new[] { "s3://master.Data/nothing", "s3://master.nowhere/set", "gs://bucket/set" })
        {
            var refused = await here.BraidAsync("put", "file", "copy@master:/x", "-f", address);
            Assert.Equal(1, refused.Code);
            Assert.Contains(address, refused.Error);
        }

        Assert.Equal(1, LinesOf(await RunAsync(here, "list commit copy")));
    }

    [Fact]
    public async Task Output_of_a_job_goes_to_a_bucket_once_that_can_be_reached()
    {
        await using var late = await ServerProcess.StartAsync();
        await RunAsync(late, "create repo target");
        await late.TerminateAsync();
        var port = FreePort.Next();
        await using var early = await ServerProcess.StartInAsync(
            new()
            {
                ["AWS_ENDPOINT_URL_S3"] = $"http://127.0.0.1:{port}",
                ["AWS_ACCESS_KEY_ID"] = "braid",
                ["AWS_SECRET_ACCESS_KEY"] = "braid",
            }
        );
        await RunAsync(early, "create repo source");
        await RunAsync(early, $"put file -r source@master:/ -f {folder.File("tree")}");
        await File.WriteAllTextAsync(
            folder.File("copy.yaml"),
            """
            pipeline: { name: copy }
            transform: { cmd: [cp, -r, /pfs/source/., /pfs/out/] }
            input: { pfs: { repo: source, glob: / } }
            egress: { URL: "s3://master.target/sent" }
            """
        );

        await RunAsync(early, $"create pipeline -f {folder.File("copy.yaml")}");
        await Eventually.IsTrueAsync(
            async () => (await RunAsync(early, "list job -p copy --raw")).Contains("it is sent again at"),
            "the job waits for the bucket"
        );
        await late.StartAgainAsync("--s3-port", $"{port}");
        var head = await RunAsync(early, "list commit copy@master");
        var job = head.Split('\n')[1].Split(' ', StringSplitOptions.RemoveEmptyEntries)[2];
        var ended = await RunAsync(early, $"wait job copy@{job}");
        Assert.True(ended.Contains("success"), ended + await RunAsync(early, "logs -p copy --master"));

        Assert.Equal("one", await RunAsync(late, "get file target@master:/sent/a"));
        Assert.Contains("it is sent again at", await RunAsync(early, "logs -p copy --master"));
    }

    private async Task FillBucketAsync(string repo)
    {
        await RunAsync(there, $"create repo {repo}");
        await RunAsync(there, $"put file -r {repo}@master:/set -f {folder.File("tree")}");
    }

    private static int LinesOf(string table) => table.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;

    /// <summary>What it prints; it must succeed.</summary>
    private static async Task<string> RunAsync(ServerProcess server, string words)
    {
        var outcome = await server.BraidAsync(words.Split(' '));
        Assert.True(outcome.Code == 0, $"braid {words}: {outcome.Error}");
        return outcome.Out;
    }
}
