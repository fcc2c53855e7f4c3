using Braid.Load.Machine;
using Braid.Load.Report;

namespace Braid.Load.Scenarios;

/// <summary>One large file: written to the server, acknowledged, and read back; beside a copy on the same disk.</summary>
internal sealed class LargeFile(LoadOptions options, WorkFolder work, bool isText)
{
    private const long fullLength = 2L << 30;

    private readonly string name = isText ? "text" : "random";

    public async Task RunAsync(Table table)
    {
        var length = options.ScaledBytes(fullLength);
        var source = work.New("large");
        await Data.WriteFileAsync(source, length, isText, seed: 1);
        var (copies, puts, gets, reads) = (new List<Usage>(), new List<Usage>(), new List<Usage>(), new List<Usage>());
        var memory = "";
        for (var round = 0; round < options.Rounds; round++)
        {
            copies.Add(await CopyAsync(source));
            await using var server = await LoadServer.StartAsync(options, work);
            await server.Client.CreateRepoAsync("r");
            puts.Add(await server.MeasureAsync(client => client.ModifyAsync("r", Changes.PutAsync("/file", source))));
            reads.Add(await Shell.RunAsync($"cat {source} | cat > /dev/null"));
            gets.Add(await server.MeasureAsync(client => ReadAsync(client, length)));
            memory = server.PeakMiB();
        }

        var (copy, put, get, read) = (Usage.Best(copies), Usage.Best(puts), Usage.Best(gets), Usage.Best(reads));
        var others = await PeersAsync(source, length);
        table.Add(
            $"put one file of {length >> 20} MiB ({name})",
            Speed(length, put),
            $"cp+sync {Speed(length, copy)}{others}",
            Table.Number(copy.Wall / put.Wall, ""),
            ">= 0.5",
            $"{Table.Number(put.Cpu, "")}, {Table.Number(copy.Cpu, "")}",
            memory
        );
        table.Add(
            "get it back",
            Speed(length, get),
            $"cat \\| cat {Speed(length, read)}",
            Table.Number(read.Wall / get.Wall, ""),
            "",
            $"{Table.Number(get.Cpu, "")}, {Table.Number(read.Cpu, "")}",
            memory
        );
        WorkFolder.Remove(source);
    }

    private async Task<Usage> CopyAsync(string source)
    {
        var copy = work.New("copy");
        var usage = await Shell.RunAsync($"cp {source} {copy} && sync {copy}");
        WorkFolder.Remove(copy);
        return usage;
    }

    private async Task<string> PeersAsync(string source, long length)
    {
        var text = "";
        foreach (var (peer, init, backup) in Peers.All.Where(peer => Shell.Has(peer.Name)))
        {
            var repository = work.New(peer);
            await Shell.RunAsync(init(repository));
            var usage = await Shell.RunAsync(backup(repository, source));
            text += $", {peer} {Speed(length, usage)}";
            WorkFolder.Remove(repository);
        }

        return text;
    }

    private static async Task ReadAsync(LoadClient client, long expected)
    {
        var got = 0L;
        await foreach (var message in client.GetAsync("r", "/file"))
        {
            got += message.Value.Length;
        }

        if (got != expected)
        {
            throw new InvalidOperationException($"{got} of {expected} bytes came back");
        }
    }

    private static string Speed(long bytes, Usage usage) => Table.Number((bytes >> 20) / usage.Wall, "MiB/s");
}
