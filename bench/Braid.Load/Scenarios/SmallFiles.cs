using Braid.Load.Machine;
using Braid.Load.Report;

namespace Braid.Load.Scenarios;

/// <summary>
/// Many small files from a folder in one commit, and back into a folder. Nothing is removed before all is measured: for
/// minutes, ext4 passes over the inodes of removed files one by one, which makes whoever makes files next look slow.
/// </summary>
internal sealed class SmallFiles(LoadOptions options, WorkFolder work)
{
    private const int fullFiles = 200_000;
    private const int length = 3 * 1024;

    private readonly int files = options.Scaled(fullFiles);
    private readonly List<string> measured = [];

    public async Task RunAsync(Table table)
    {
        var tree = work.New("tree");
        Data.WriteTree(tree, files, length, inDirectory: 1000);
        var archive = work.New("archive");
        await Shell.RunAsync($"tar cf {archive} -C {tree} .");
        var (gits, puts, tars, gets) = (new List<Usage>(), new List<Usage>(), new List<Usage>(), new List<Usage>());
        var (putMemory, getMemory) = ("", "");
        for (var round = 0; round < options.Rounds; round++)
        {
            gits.Add(await GitAsync(tree));
            await using var server = await LoadServer.StartAsync(options, work);
            await server.Client.CreateRepoAsync("r");
            puts.Add(await server.MeasureAsync(client => client.ModifyAsync("r", Changes.PutAllAsync(tree))));
            putMemory = server.PeakMiB();
            if (options.Cli is { } cli)
            {
                tars.Add(await UntarAsync(archive));
                gets.Add(await GetAsync(server, cli));
                getMemory = server.PeakMiB();
            }
        }

        var (git, put) = (Usage.Best(gits), Usage.Best(puts));
        table.Add(
            $"put {Table.Count(files)} files of 3 KB, one commit",
            Rate(put),
            $"git add, commit {Rate(git)}{await PeersAsync(tree)}",
            Table.Number(git.Wall / put.Wall, ""),
            ">= 20,000 files/s",
            $"{Table.Number(put.Cpu, "")}, {Table.Number(git.Cpu, "")}",
            putMemory
        );
        if (gets.Count > 0)
        {
            var (tar, get) = (Usage.Best(tars), Usage.Best(gets));
            table.Add(
                "get them back into a folder by braid get file -r",
                Rate(get),
                $"tar x {Rate(tar)}",
                Table.Number(tar.Wall / get.Wall, ""),
                ">= 1",
                $"{Table.Number(get.Cpu, "")}, {Table.Number(tar.Cpu, "")}",
                getMemory
            );
        }

        WorkFolder.Remove(tree);
        WorkFolder.Remove(archive);
        measured.ForEach(WorkFolder.Remove);
    }

    private async Task<Usage> GitAsync(string tree)
    {
        var repository = work.New("git");
        await Shell.RunAsync($"git init -q {repository}");
        var git = $"git --git-dir={repository}/.git --work-tree={tree} -c user.name=l -c user.email=l@l -c gc.auto=0";
        var usage = await Shell.RunAsync($"{git} add . && {git} commit -qm x");
        measured.Add(repository);
        return usage;
    }

    private async Task<string> PeersAsync(string tree)
    {
        var text = "";
        foreach (var (peer, init, backup) in Peers.All.Where(peer => Shell.Has(peer.Name)))
        {
            var repository = work.New(peer);
            await Shell.RunAsync(init(repository));
            text += $", {peer} {Rate(await Shell.RunAsync(backup(repository, tree)))}";
            measured.Add(repository);
        }

        return text;
    }

    private async Task<Usage> UntarAsync(string archive)
    {
        var folder = Directory.CreateDirectory(work.New("untarred")).FullName;
        var usage = await Shell.RunAsync($"tar xf {archive} -C {folder}");
        measured.Add(folder);
        return usage;
    }

    private async Task<Usage> GetAsync(LoadServer server, string cli)
    {
        var folder = work.New("got");
        var command = $"PACHD_ADDRESS={server.Address} {cli} get file -r r@master:/ -o {folder}";
        var getting = default(Usage);
        var usage = await server.MeasureAsync(async _ => getting = await Shell.RunAsync(command));
        var got = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Count();
        measured.Add(folder);
        return got == files
            ? usage with
            {
                Cpu = usage.Cpu + getting.Cpu,
            }
            : throw new InvalidOperationException($"{got} of {files} files came back");
    }

    private string Rate(Usage usage) => $"{Table.Count(files / usage.Wall)} files/s";
}
