using System.Globalization;
using System.Text;
using Braid.Protos.Pps;
using Braid.Testing;
using Google.Protobuf.WellKnownTypes;
using Xunit.Abstractions;

namespace Braid.System.Tests.Kills;

/// <summary>
/// kill -9 of the server, of sandboxes and of users' programs while a job runs, and programs that hang: it ends well, each datum is
/// counted once, and the output is what an undisturbed run makes. BRAID_KILLS says how often (100 for a release); BRAID_SEED repeats
/// a run's choices.
/// </summary>
public sealed class JobKillTests(ITestOutputHelper output)
{
    private const int files = 60;
    private static readonly string[] programs = ["sh", "sleep", "sed"];

    private static readonly int rounds = int.Parse(
        Environment.GetEnvironmentVariable("BRAID_KILLS") ?? "4",
        CultureInfo.InvariantCulture
    );

    [Fact]
    public async Task A_job_whose_server_sandboxes_and_programs_are_killed_ends_as_if_nothing_had_happened()
    {
        var seed = Seed.Pick();
        output.WriteLine($"seed {seed}, {rounds} kills");
        var random = new Random(seed);
        await using var server = await ServerProcess.StartAsync();
        using (var pfs = new PfsClient(Address(server)))
        using (var pps = new PpsClient(Address(server)))
        {
            await pfs.CreateRepoAsync("in");
            await pps.CreatePipelineAsync(Copies());
        }

        for (var round = 1; round <= rounds; round++)
        {
            await PutAsync(server, round);
            await DisturbAsync(server, random);
            await VerifyAsync(server, $"seed {seed}, kill {round}", round);
        }
    }

    /// <summary>Programs that take a moment, so that a kill finds some of them; each writes what its input says, and no more.</summary>
    private static CreatePipelineRequest Copies() =>
        new()
        {
            Pipeline = new() { Name = "out" },
            Transform = new()
            {
                Cmd = { "sh" },
                Stdin = { "mkdir /pfs/out/d", "sleep 0.02", "sed s/^/copy/ \"$in\" > /pfs/out/d/${in##*/}" },
            },
            Input = new()
            {
                Pfs = new()
                {
                    Name = "in",
                    Repo = "in",
                    Glob = "/*",
                },
            },
            ParallelismSpec = new() { Constant = 2 },
            // Each kill of a program takes one.
            DatumTries = 1000,
            // Finds those that hang.
            DatumTimeout = Duration.FromTimeSpan(TimeSpan.FromSeconds(3)),
        };

    private static async Task PutAsync(ServerProcess server, int round)
    {
        using var pfs = new PfsClient(Address(server));
        await pfs.ModifyAsync(
            PfsClient.Head("in"),
            Enumerable
                .Range(0, files)
                .Select(i => KeyValuePair.Create($"/{i}", (byte[]?)Encoding.UTF8.GetBytes($"{round}-{i}\n")))
        );
    }

    private static async Task DisturbAsync(ServerProcess server, Random random)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(random.Next(0, 1500)), TimeProvider.System);
        switch (random.Next(5))
        {
            case 0:
                await server.KillAsync();
                await server.StartAgainAsync();
                break;
            case 1:
                await server.KillAloneAsync();
                await server.StartAgainAsync();
                break;
            case 2:
                ProcessTree.Signal(random, ProcessTree.Find(server.Id, "bwrap"), "KILL");
                break;
            case 3:
                ProcessTree.Signal(random, ProcessTree.Find(server.Id, programs), "KILL");
                break;
            default:
                // It hangs: nothing but its time limit ends it.
                ProcessTree.Signal(random, ProcessTree.Find(server.Id, programs), "STOP");
                break;
        }
    }

    private static async Task VerifyAsync(ServerProcess server, string what, int round)
    {
        using var pps = new PpsClient(Address(server));
        var job = await pps.NewestEndedAsync("out");
        Assert.True(job.State == JobState.JobSuccess, $"{what}: the job ended as {job.State}: {job.Reason}");
        Assert.Equal(
            ((long)files, 0L, 0L, (long)files),
            (job.DataProcessed, job.DataSkipped, job.DataFailed, job.DataTotal)
        );

        using var pfs = new PfsClient(Address(server));
        var head = PfsClient.Head("out");
        Assert.Equal(
            Enumerable.Range(0, files).Select(i => $"/d/{i}").Order(StringComparer.Ordinal),
            (await pfs.ListAsync(head)).Keys.Order(StringComparer.Ordinal)
        );
        for (var i = 0; i < files; i++)
        {
            Assert.Equal($"copy{round}-{i}\n", Encoding.UTF8.GetString(await pfs.ReadAsync(head, $"/d/{i}")));
        }

        Assert.Empty(await pfs.FsckAsync());
    }

    private static Uri Address(ServerProcess server) =>
        new(server.Endpoint("pachyderm").Replace("grpc://", "http://", StringComparison.Ordinal));
}
