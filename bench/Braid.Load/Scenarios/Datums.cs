using System.Globalization;
using System.Text;
using Braid.Load.Machine;
using Braid.Load.Report;
using Braid.Protos.Pps;

namespace Braid.Load.Scenarios;

/// <summary>Many datums that do next to nothing, beside the same programs started by xargs in the same kind of sandbox.</summary>
internal sealed class Datums(LoadOptions options, WorkFolder work)
{
    private const int fullDatums = 2000;
    private const int firsts = 10;

    private readonly int datums = options.Scaled(fullDatums);

    public async Task RunAsync(Table table)
    {
        var tree = work.New("tree");
        Data.WriteTree(tree, datums, length: 20, inDirectory: datums);
        var (peers, jobs) = (new List<Usage>(), new List<Usage>());
        var first = TimeSpan.MaxValue;
        var memory = "";
        for (var round = 0; round < options.Rounds; round++)
        {
            peers.Add(await XargsAsync(tree));
            await using var server = await LoadServer.StartAsync(options, work);
            jobs.Add(await JobAsync(server, tree));
            first = await FirstAsync(server) is var begun && begun < first ? begun : first;
            memory = server.PeakMiB();
        }

        var (peer, job) = (Usage.Best(peers), Usage.Best(jobs));
        table.Add(
            $"{Table.Count(datums)} datums of cp, two workers",
            $"{Table.Number(job.Wall, "s")}, {Table.Number((job.Wall - peer.Wall) / datums * 1000, "ms")} of its own each",
            $"xargs -P2 cp in the same sandbox {Table.Number(peer.Wall, "s")}",
            Table.Number(peer.Wall / job.Wall, ""),
            ">= 0.5, < 3 ms",
            $"{Table.Number(job.Cpu, "")}, {Table.Number(peer.Cpu, "")}",
            memory
        );
        table.Add(
            "commit to first user process",
            Table.Number(first.TotalMilliseconds, "ms"),
            "",
            "",
            "< 100 ms",
            "",
            ""
        );
        WorkFolder.Remove(tree);
    }

    private Task<Usage> XargsAsync(string tree) =>
        Sandbox.RunAsync(work, tree, "find /pfs/in -type f | xargs -P2 -I{} cp {} /pfs/out/");

    private Task<Usage> JobAsync(LoadServer server, string tree) =>
        server.MeasureJobAsync("many", tree, "/*/*", new() { Cmd = { "cp", "-rT", "/pfs/many", "/pfs/out" } }, datums);

    /// <summary>The shortest time from the moment at which a commit is acknowledged to the start of a program.</summary>
    private static async Task<TimeSpan> FirstAsync(LoadServer server)
    {
        await server.Client.CreateRepoAsync("few");
        await server.Jobs.CreateAsync("starts", "few", "/*", InShell("date +%s%N > /pfs/out/${few##*/}"));
        await server.Jobs.NewestEndedAsync("starts");
        var best = TimeSpan.MaxValue;
        for (var i = 0; i < firsts; i++)
        {
            await server.Client.ModifyAsync("few", Changes.PutBytesAsync($"/{i}", [1]));
            var committed = TimeProvider.System.GetUtcNow();
            await server.Jobs.NewestEndedAsync("starts");
            var begun = await TimeOfAsync(server, i) - committed;
            best = begun < best ? begun : best;
        }

        return best;
    }

    private static async Task<DateTimeOffset> TimeOfAsync(LoadServer server, int file)
    {
        var text = new StringBuilder();
        await foreach (var part in server.Client.GetAsync("starts", $"/{file}"))
        {
            text.Append(part.Value.ToStringUtf8());
        }

        var nanoseconds = long.Parse(text.ToString().Trim(), CultureInfo.InvariantCulture);
        return DateTimeOffset.UnixEpoch + TimeSpan.FromTicks(nanoseconds / TimeSpan.NanosecondsPerTick);
    }

    private static Transform InShell(string line) => new() { Cmd = { "sh", "-c", line } };
}
