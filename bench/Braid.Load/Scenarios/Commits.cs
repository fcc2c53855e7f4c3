using System.Globalization;
using System.Text;
using Braid.Load.Machine;
using Braid.Load.Report;
using Braid.Protos.Pfs;

namespace Braid.Load.Scenarios;

/// <summary>What a change, a difference and a listing cost in a large repo and in a small one.</summary>
internal sealed class Commits(LoadOptions options, WorkFolder work)
{
    private const int large = 1_000_000;
    private const int small = 10_000;
    private const int inDirectory = 1000;
    private const int changed = 100;
    private const int repeats = 21;

    public async Task RunAsync(Table table)
    {
        var files = options.Scaled(large);
        var few = await MeasureAsync(Math.Min(small, files));
        var many = await MeasureAsync(files);
        var of = $"in {Table.Count(files)}";
        table.Add(
            $"fill a repo with {Table.Count(files)} files",
            $"{Table.Count(files / many.Fill)} files/s",
            "",
            "",
            "",
            "",
            many.Memory
        );
        Add("commit 100 changed files", "< 100 ms", many.Commit, few.Commit);
        Add("diff of those two commits", "< 20 ms", many.Diff, few.Diff);
        Add("list one directory of 1,000", "< 20 ms", many.List, few.List);
        Add("glob one directory of 1,000", "< 20 ms", many.Glob, few.Glob);

        void Add(string what, string reach, double ours, double beside) =>
            table.Add(
                $"{what} {of}",
                Table.Number(ours, "ms"),
                $"{Table.Number(beside, "ms")} in 10,000",
                Table.Number(ours / beside, ""),
                reach,
                "",
                many.Memory
            );
    }

    private async Task<Figures> MeasureAsync(int files)
    {
        await using var server = await LoadServer.StartAsync(options, work);
        await server.Client.CreateRepoAsync("r");
        var fill = await server.MeasureAsync(client => client.ModifyAsync("r", FillAsync(files)));
        var random = new Random(3);
        var directory = $"/d{files / inDirectory / 2:D5}";
        var (commit, diff, list, glob) = (
            new List<double>(),
            new List<double>(),
            new List<double>(),
            new List<double>()
        );
        for (var i = 0; i < repeats; i++)
        {
            var edits = Enumerable.Range(0, changed).SelectMany(_ => Change(random.Next(files), i)).ToArray();
            commit.Add(await TimeAsync(server, client => client.ModifyAsync("r", edits.ToAsyncEnumerable())));
            diff.Add(await TimeAsync(server, client => client.DiffAsync("r")));
            list.Add(await TimeAsync(server, client => client.ListAsync("r", directory)));
            glob.Add(await TimeAsync(server, client => client.GlobAsync("r", $"{directory}/*")));
        }

        return new(fill.Wall, Median(commit), Median(diff), Median(list), Median(glob), server.PeakMiB());
    }

    private static async IAsyncEnumerable<ModifyFileRequest> FillAsync(int files)
    {
        await Task.CompletedTask;
        for (var i = 0; i < files; i++)
        {
            yield return Changes.Append(PathOf(i), Text($"{i}"));
        }
    }

    private static IEnumerable<ModifyFileRequest> Change(int file, int round) =>
        [Changes.Delete(PathOf(file)), Changes.Append(PathOf(file), Text($"{file} changed in round {round}"))];

    private static string PathOf(int file) =>
        string.Create(CultureInfo.InvariantCulture, $"/d{file / inDirectory:D5}/f{file:D7}.txt");

    private static byte[] Text(string text) => Encoding.ASCII.GetBytes(text);

    private static async Task<double> TimeAsync(LoadServer server, Func<LoadClient, Task> act) =>
        (await server.MeasureAsync(act)).Wall * 1000;

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);

    /// <summary>Seconds to fill; medians in milliseconds; the server's memory.</summary>
    private sealed record Figures(double Fill, double Commit, double Diff, double List, double Glob, string Memory);
}
