using System.Globalization;
using System.Text;
using Braid.Load.Machine;
using Braid.Load.Report;
using Braid.Protos.Pfs;

namespace Braid.Load.Scenarios;

/// <summary>
/// What a change, a difference and a listing cost in a large repo and in a small one. A change touches ten directories of a
/// thousand files, which are all that the small one has; in the large one, changes all over the repo are made as well.
/// </summary>
internal sealed class Commits(LoadOptions options, WorkFolder work)
{
    private const int large = 1_000_000;
    private const int inDirectory = 1000;
    private const int touched = 10;
    private const int small = touched * inDirectory;
    private const int changed = 100;
    private const int repeats = 21;

    /// <summary>Not counted: the programs have not been compiled to the end yet.</summary>
    private const int warmUps = 10;

    private readonly Random random = new(3);

    public async Task RunAsync(Table table)
    {
        var files = options.Scaled(large);
        var few = await MeasureAsync(small);
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
        Add($"commit {changed} changed files of {touched} directories", "< 100 ms, < 2", many.Commit, few.Commit);
        Add("diff of those two commits", "< 20 ms", many.Diff, few.Diff);
        Add("list one directory of 1,000", "< 20 ms", many.List, few.List);
        Add("glob one directory of 1,000", "< 20 ms", many.Glob, few.Glob);
        Add($"commit {changed} changed files of all directories", "< 100 ms", many.WideCommit, few.WideCommit);
        Add("diff of those two commits", "< 20 ms", many.WideDiff, few.WideDiff);

        void Add(string what, string reach, double ours, double beside) =>
            table.Add(
                $"{what} {of}",
                Table.Number(ours, "ms"),
                $"{Table.Number(beside, "ms")} in {Table.Count(small)}",
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
        var directories = files / inDirectory;
        var directory = $"/d{directories / 2:D5}";
        var times = Enumerable.Range(0, 6).Select(_ => new List<double>()).ToArray();
        for (var round = -warmUps; round < repeats; round++)
        {
            var start = random.Next(directories);
            var near = Enumerable
                .Range(0, changed)
                .Select(_ => (((start + random.Next(touched)) % directories) * inDirectory) + random.Next(inDirectory));
            var wide = Enumerable.Range(0, changed).Select(_ => random.Next(files));
            var (edits, wideEdits) = (ChangeAll(near, round), ChangeAll(wide, round));
            Func<LoadClient, Task>[] acts =
            [
                client => client.ModifyAsync("r", edits.ToAsyncEnumerable()),
                client => client.DiffAsync("r"),
                client => client.ListAsync("r", directory),
                client => client.GlobAsync("r", $"{directory}/*"),
                client => client.ModifyAsync("r", wideEdits.ToAsyncEnumerable()),
                client => client.DiffAsync("r"),
            ];
            for (var i = 0; i < acts.Length; i++)
            {
                var took = await server.MeasureAsync(acts[i]);
                if (round >= 0)
                {
                    times[i].Add(took.Wall * 1000);
                }
            }
        }

        var medians = times.Select(Median).ToArray();
        return new(fill.Wall, medians[0], medians[1], medians[2], medians[3], medians[4], medians[5], server.PeakMiB());
    }

    private static async IAsyncEnumerable<ModifyFileRequest> FillAsync(int files)
    {
        await Task.CompletedTask;
        for (var i = 0; i < files; i++)
        {
            yield return Changes.Append(PathOf(i), Text($"{i}"));
        }
    }

    private static ModifyFileRequest[] ChangeAll(IEnumerable<int> files, int round) =>
        [.. files.SelectMany(file => Change(file, round))];

    private static IEnumerable<ModifyFileRequest> Change(int file, int round) =>
        [Changes.Delete(PathOf(file)), Changes.Append(PathOf(file), Text($"{file} changed in round {round}"))];

    private static string PathOf(int file) =>
        string.Create(CultureInfo.InvariantCulture, $"/d{file / inDirectory:D5}/f{file:D7}.txt");

    private static byte[] Text(string text) => Encoding.ASCII.GetBytes(text);

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);

    /// <summary>Seconds to fill; medians in milliseconds; the server's memory.</summary>
    private sealed record Figures(
        double Fill,
        double Commit,
        double Diff,
        double List,
        double Glob,
        double WideCommit,
        double WideDiff,
        string Memory
    );
}
