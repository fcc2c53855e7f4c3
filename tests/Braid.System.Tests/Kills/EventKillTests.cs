using System.Globalization;
using Braid.Testing;
using Xunit.Abstractions;

namespace Braid.System.Tests.Kills;

/// <summary>
/// kill -9 of a server that takes scalars and lines of logs from several clients: whatever batch was acknowledged is there
/// afterwards, whole, and what a client then sends again is there once. BRAID_SEED repeats a run's choices.
/// </summary>
public sealed class EventKillTests(ITestOutputHelper output)
{
    private const int clients = 4;
    private const int inBatch = 50;
    private const int rounds = 3;

    /// <param name="series">How many series the scalars of a batch are of: of few each, they wait to be folded into them.</param>
    /// <param name="most">Batches between two kills: a second's worth, so that some come in the middle of a fold.</param>
    [Theory]
    [InlineData(1, 40)]
    [InlineData(25, 600)]
    public async Task No_acknowledged_batch_of_events_is_lost(int series, int most)
    {
        var seed = Seed.Pick();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await using var server = await ServerProcess.StartAsync();
        var writers = new List<Writer>();
        for (var i = 0; i < clients; i++)
        {
            writers.Add(await Writer.StartAsync(server, series));
        }

        for (var round = 0; round < rounds; round++)
        {
            await WriteUntilKilledAsync(server, writers, atLeast: random.Next(5, most));
            await server.StartAgainAsync();
            foreach (var writer in writers)
            {
                await writer.VerifyAsync(server);
            }
        }

        output.WriteLine($"{writers.Sum(writer => writer.Acknowledged)} batches were acknowledged");
    }

    private static async Task WriteUntilKilledAsync(ServerProcess server, List<Writer> writers, int atLeast)
    {
        var end = writers.Sum(writer => writer.Acknowledged) + atLeast;
        var isKilled = false;
        var work = writers.Select(WriteAsync).ToList();
        var reached = Eventually.IsTrueAsync(
            () => Task.FromResult(writers.Sum(writer => writer.Acknowledged) >= end),
            "batches are acknowledged",
            TimeSpan.FromSeconds(60)
        );
        // Whatever fails before the kill fails the test at once.
        await await Task.WhenAny([reached, .. work]);
        Volatile.Write(ref isKilled, value: true);
        await server.KillAsync();
        await Task.WhenAll(work);

        async Task WriteAsync(Writer writer)
        {
            try
            {
                while (!Volatile.Read(ref isKilled))
                {
                    await writer.WriteAsync(server);
                }
            }
            catch (Exception error) when (Volatile.Read(ref isKilled) && error is HttpRequestException or IOException)
            {
                // The batch was under way.
            }
        }
    }

    /// <summary>A client with a task of its own, which sends a batch again until it is acknowledged.</summary>
    private sealed class Writer(string task, int series)
    {
        private int batches;

        public int Acknowledged => Volatile.Read(ref batches);

        public static async Task<Writer> StartAsync(ServerProcess server, int series)
        {
            var made = await ClearMLCalls.CallAsync(server, "tasks.create", """{"name":"killed","type":"training"}""");
            return new(made.GetProperty("id").GetString() ?? "", series);
        }

        public async Task WriteAsync(ServerProcess server)
        {
            var first = batches * inBatch;
            var lines = Enumerable.Range(first, inBatch).SelectMany(step => (string[])[Scalar(step), Line(step)]);
            await ClearMLCalls.CallAsync(server, "events.add_batch", string.Join('\n', lines));
            Interlocked.Increment(ref batches);
        }

        /// <summary>All that was acknowledged is there; the batch that was under way is, whole, or is not; sent again, it is once.</summary>
        public async Task VerifyAsync(ServerProcess server)
        {
            var (scalars, lines) = await CountAsync(server);
            Assert.Contains(scalars, (int[])[batches * inBatch, (batches + 1) * inBatch]);
            Assert.Contains(lines, (int[])[batches * inBatch, (batches + 1) * inBatch]);
            await WriteAsync(server);
            Assert.Equal((batches * inBatch, batches * inBatch), await CountAsync(server));
        }

        private async Task<(int Scalars, int Lines)> CountAsync(ServerProcess server) =>
            (await TotalAsync(server, "training_stats_scalar"), await TotalAsync(server, "log"));

        private async Task<int> TotalAsync(ServerProcess server, string type)
        {
            var asked = $$"""{"task":"{{task}}","event_type":"{{type}}"}""";
            return (await ClearMLCalls.CallAsync(server, "events.get_task_events", asked))
                .GetProperty("total")
                .GetInt32();
        }

        private string Scalar(int step) =>
            string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"type":"training_stats_scalar","task":"{{task}}","metric":"loss","variant":"train{{step % series}}","iter":{{step}},"value":{{step}}.5,"timestamp":{{step}}}"""
            );

        private string Line(int step) =>
            string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"type":"log","task":"{{task}}","msg":"line {{step}}","level":"INFO","worker":"w","timestamp":{{step}}}"""
            );
    }
}
