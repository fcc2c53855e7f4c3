using System.Text;
using Braid.Protos.Pps;

namespace Braid.Server.Tests.Workers;

/// <summary>What programs of jobs reach of their worker, with the stock clients: its port, and its S3 endpoint.</summary>
public sealed class WorkerDoorTests
{
    private const string batching = """
        import os, subprocess, grpc
        channel = grpc.insecure_channel("localhost:" + os.environ["PPS_WORKER_GRPC_PORT"])
        def call(name, request=b""):
            return channel.unary_unary("/pachyderm.worker.Worker/" + name)(request)
        print("started", flush=True)
        count = 0
        while True:
            answer = call("NextDatum")
            env = dict(line.split("=", 1) for line in subprocess.check_output(
                ["sh", "-c", "set -a; . /pfs/.env; env"], env={}).decode().splitlines())
            assert b"images=" + env["images"].encode() in answer
            assert env["PACH_JOB_ID"].encode() in call("Status")
            count += 1
            with open("/pfs/out/" + os.path.basename(env["images"]), "w") as out:
                out.write(open(env["images"]).read() + str(count))
        """;

    [Fact]
    public async Task A_program_asks_its_worker_for_the_next_datum()
    {
        await using var server = await RunningServer.StartAsync(auth: false);
        using var client = new PipelineClient(server);
        await client.CreateRepoAsync("images");
        await client.PutAsync("images", [.. Enumerable.Range(0, 10).Select(i => ($"/{i}", Bytes("x")))]);

        await client.CreatePipelineAsync(
            Pipeline(
                "edges",
                new() { Glob = "/*" },
                new() { Cmd = { "/usr/bin/python3", "-c", batching }, DatumBatching = true }
            )
        );
        var job = await client.NewestEndedAsync("edges");

        Assert.True(job.State == JobState.JobSuccess, await client.LogsAsync("edges"));
        Assert.Equal(10, job.DataProcessed);
        var counts = new List<string>();
        for (var i = 0; i < 10; i++)
        {
            counts.Add(Encoding.UTF8.GetString(await client.ReadAsync("edges", $"/{i}")));
        }

        Assert.Equal(Enumerable.Range(1, 10).Select(i => $"x{i}").Order(), counts.Order());
    }

    /// <summary>Reads its token once, as a client that is made before the first datum does.</summary>
    private const string keeping = """
        import os, grpc
        channel = grpc.insecure_channel("localhost:" + os.environ["PPS_WORKER_GRPC_PORT"])
        server = grpc.insecure_channel(os.environ["PACHD_PEER_SERVICE_HOST"] + ":" + os.environ["PEER_PORT"])
        metadata = (("authn-token", os.environ["PACH_TOKEN"]),)
        # InspectFile of images@master:/0: file{commit{branch{repo{name, type}, name}}, path}
        text = lambda field, value: bytes([field << 3 | 2, len(value)]) + value
        branch = text(1, text(1, b"images") + text(2, b"user")) + text(2, b"master")
        request = text(1, text(1, text(1, branch)) + text(2, b"/0"))
        while True:
            channel.unary_unary("/pachyderm.worker.Worker/NextDatum")(b"")
            server.unary_unary("/pfs_v2.API/InspectFile")(request, metadata=metadata)
        """;

    [Fact]
    public async Task A_program_that_stays_alive_keeps_its_credentials_from_datum_to_datum()
    {
        await using var server = await RunningServer.StartAsync(auth: false);
        using var client = new PipelineClient(server);
        await client.CreateRepoAsync("images");
        await client.PutAsync("images", [.. Enumerable.Range(0, 5).Select(i => ($"/{i}", Bytes("x")))]);

        await client.CreatePipelineAsync(
            Pipeline(
                "edges",
                new() { Glob = "/*" },
                new() { Cmd = { "/usr/bin/python3", "-c", keeping }, DatumBatching = true }
            )
        );
        var job = await client.NewestEndedAsync("edges");

        Assert.True(job.DataProcessed == 5, await client.LogsAsync("edges"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_program_reads_inputs_and_writes_output_by_s3_with_debians_aws_cli(bool writes)
    {
        await using var server = await RunningServer.StartAsync(auth: false);
        using var client = new PipelineClient(server);
        await client.CreateRepoAsync("images");
        var large = new byte[20 << 20];
        new Random(1).NextBytes(large);
        await client.PutAsync("images", ("/d/a", Bytes("hello")), ("/large", large[..(18 << 20)]));
        string[] reading =
        [
            "set -e",
            "aws() { /usr/bin/aws --endpoint-url $S3_ENDPOINT s3 \"$@\"; }",
            "test ! -e /pfs/images",
            "aws ls | grep images",
            "aws ls --recursive s3://images | grep d/a",
            "aws cp --no-progress s3://images/large /tmp/large",
            "aws cp --no-progress s3://images/d/a /tmp/a",
            "! aws cp --no-progress /tmp/a s3://images/b 2> /tmp/refused",
            "grep 'read-only view' /tmp/refused",
        ];
        string[] writing = writes
            ?
            [
                "test ! -e /pfs/out",
                "aws cp --no-progress /tmp/large s3://out/copy/large",
                "aws cp --no-progress /tmp/a s3://out/a",
                "! aws ls s3://out",
            ]
            :
            [
                "! aws cp --no-progress /tmp/a s3://out/a",
                "mkdir /pfs/out/copy",
                "cp /tmp/large /pfs/out/copy",
                "cp /tmp/a /pfs/out",
            ];
        var request = Pipeline(
            "edges",
            new() { Glob = "/", S3 = true },
            new() { Cmd = { "bash" }, Stdin = { reading, writing } }
        );
        request.S3Out = writes;
        await client.CreatePipelineAsync(request);
        var job = await client.NewestEndedAsync("edges");

        Assert.True(job.State == JobState.JobSuccess, await client.LogsAsync("edges"));
        Assert.Equal("hello", Encoding.UTF8.GetString(await client.ReadAsync("edges", "/a")));
        Assert.Equal(large[..(18 << 20)], await client.ReadAsync("edges", "/copy/large"));
    }

    private static CreatePipelineRequest Pipeline(string name, PFSInput input, Transform transform)
    {
        input.Name = input.Repo = "images";
        transform.Image = "debian";
        return new()
        {
            Pipeline = new() { Name = name },
            Transform = transform,
            Input = new() { Pfs = input },
            DatumTries = 1,
        };
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
