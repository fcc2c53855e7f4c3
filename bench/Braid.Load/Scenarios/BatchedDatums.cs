using Braid.Load.Machine;
using Braid.Load.Report;
using Braid.Protos.Pps;

namespace Braid.Load.Scenarios;

/// <summary>
/// Many datums of programs that stay alive and ask for one after the other, beside the same programs that find the files by
/// themselves, in the same kind of sandbox.
/// </summary>
internal sealed class BatchedDatums(LoadOptions options, WorkFolder work)
{
    private const int fullDatums = 10_000;
    private const string input = "many";

    private static readonly string program = Environment.ProcessPath ?? "";
    private static readonly string folder = AppContext.BaseDirectory;
    private static readonly string runtime = Path.GetFullPath(
        Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location) ?? "/", "../../..")
    );

    private readonly int datums = options.Scaled(fullDatums);

    public async Task RunAsync(Table table)
    {
        var tree = work.New("tree");
        Data.WriteTree(tree, datums, length: 20, inDirectory: 1000);
        var (peers, jobs) = (new List<Usage>(), new List<Usage>());
        var memory = "";
        for (var round = 0; round < options.Rounds; round++)
        {
            peers.Add(await AloneAsync(tree));
            await using var server = await LoadServer.StartAsync(options, work, "--expose", $"{folder}:{runtime}");
            jobs.Add(await JobAsync(server, tree));
            memory = server.PeakMiB();
        }

        var (peer, job) = (Usage.Best(peers), Usage.Best(jobs));
        table.Add(
            $"{Table.Count(datums)} datums of programs that stay alive, two workers",
            $"{Table.Number(job.Wall, "s")}, {Table.Number((job.Wall - peer.Wall) / datums * 1000, "ms")} of its own each",
            $"the same programs by themselves {Table.Number(peer.Wall, "s")}",
            Table.Number(peer.Wall / job.Wall, ""),
            "< 0.5 ms",
            $"{Table.Number(job.Cpu, "")}, {Table.Number(peer.Cpu, "")}",
            memory
        );
        WorkFolder.Remove(tree);
    }

    private Task<Usage> AloneAsync(string tree)
    {
        var start = $"DOTNET_ROOT={runtime} {program} {CopyProgram.Word} /pfs/in";
        return Sandbox.RunAsync(work, tree, $"{start} 0 2 & {start} 1 2; wait", folder, runtime);
    }

    private async Task<Usage> JobAsync(LoadServer server, string tree)
    {
        var transform = new Transform
        {
            Cmd = { program, CopyProgram.Word, input },
            Env = { ["DOTNET_ROOT"] = runtime },
            DatumBatching = true,
        };
        return await server.MeasureJobAsync(input, tree, "/*/*", transform, datums);
    }
}
