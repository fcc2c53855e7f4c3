using System.Diagnostics;
using System.Globalization;
using System.Text;
using Braid.Pipelines.Jobs;

namespace Braid.Pipelines.Load;

/// <summary>What jobs cost, each figure beside what it is to reach.</summary>
internal static class Scenarios
{
    private const int rounds = 7;

    /// <summary>Factor on numbers of files and datums.</summary>
    public static double Scale { get; set; } = 1;

    /// <summary>From the commit of one file to the first line of the user's program.</summary>
    public static async Task StartAsync()
    {
        var few = await StartAsync(1_000);
        var many = await StartAsync(Scaled(200_000));
        Report.Add("commit to first process, 1,000 files", $"{few:0} ms", "");
        Report.Add($"commit to first process, {Named(Scaled(200_000))} files", $"{many:0} ms", "< 100 ms");
        Report.Add("ratio of the two", $"{many / few:0.00}", "< 2");
    }

    /// <summary>A whole job of 10,000 datums of which one changed.</summary>
    public static async Task ChangedAsync()
    {
        var count = Scaled(10_000);
        await using var world = await FilledAsync(count, "cp $files /pfs/out/$PACH_DATUM_ID");
        await world.StartAsync();
        var times = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            var clock = Stopwatch.StartNew();
            await world.EndedAsync("p", await world.PutAsync("files", [Changed(round, round)]));
            times.Add(clock.Elapsed.TotalSeconds);
        }

        Report.Add($"{Named(count)} datums, one changed: whole job", $"{Median(times):0.00} s", "< 1 s");
    }

    /// <summary>A million datums: planning the first job, and the whole job when a hundred changed.</summary>
    public static async Task MillionAsync()
    {
        var count = Scaled(1_000_000);
        await using var world = await World.OpenAsync();
        await world.CreateRepoAsync("files");
        await world.PutAsync("files", Files(count));
        await world.CreatePipelineAsync("p", "files", "/*/*", "cp $files /pfs/out/$PACH_DATUM_ID");
        Memory.Reset();
        var clock = Stopwatch.StartNew();
        var loop = world.Host.NewJobLoop();
        while (await loop.StepAsync(default)) { }

        Report.Add($"{Named(count)} datums: planning the first job", $"{clock.Elapsed.TotalSeconds:0.0} s", "");
        Report.Add("memory meanwhile", $"{Memory.PeakMiB()} MiB", "< 500 MB");
        Memory.Reset();
        clock.Restart();
        await FakeRun.RunAsync(world, "p");
        Report.Add($"{Named(count)} datums: ending them, output", $"{clock.Elapsed.TotalSeconds:0.0} s", "");
        Report.Add("memory meanwhile", $"{Memory.PeakMiB()} MiB", "");
        await world.StartAsync();
        Memory.Reset();
        clock.Restart();
        var set = await world.PutAsync("files", Enumerable.Range(0, 100).Select(n => Changed(n * 9_973 % count, n)));
        var job = await world.EndedAsync("p", set);
        Report.Add($"{Named(count)} datums, 100 changed: whole job", $"{clock.Elapsed.TotalSeconds:0.00} s", "< 5 s");
        Report.Add("of which before the first datum", $"{(job.Started - job.Created)?.TotalSeconds:0.00} s", "");
        Report.Add("memory meanwhile", $"{Memory.PeakMiB()} MiB", "");
        Check(job is { Progress: { Processed: 100 } } && job.Progress.Skipped == count - 100, $"{job.Progress}");
    }

    /// <summary>A hundred pipelines, each reading the one before.</summary>
    public static async Task ChainAsync()
    {
        const int length = 100;
        await using var world = await World.OpenAsync();
        await world.CreateRepoAsync("p0");
        for (var n = 1; n <= length; n++)
        {
            await world.CreatePipelineAsync($"p{n}", $"p{n - 1}", "/*", $"cp $p{n - 1} /pfs/out/");
        }

        await world.StartAsync();
        await world.EndedAsync($"p{length}", (await world.NewestAsync($"p{length}")).Set);
        var clock = Stopwatch.StartNew();
        var set = await world.PutAsync("p0", [("/a", Encoding.ASCII.GetBytes("x"))]);
        Report.Add("one commit into the chain, acknowledged", $"{clock.ElapsedMilliseconds} ms", "");
        await world.EndedAsync($"p{length}", set);
        Report.Add("100 pipelines in a chain", $"{clock.Elapsed.TotalSeconds:0.0} s", "< 30 s");
    }

    private static async Task<double> StartAsync(int files)
    {
        await using var world = await FilledAsync(files, "date +%s%N > /pfs/out/$PACH_DATUM_ID.time");
        await world.StartAsync();
        var times = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            var before = TimeProvider.System.GetUtcNow();
            var set = await world.PutAsync("files", [Changed(round * 97, round)]);
            var job = await world.EndedAsync("p", set);
            var datums = await world.Host.Datums.ListAsync(
                World.Admin,
                job.Pipeline,
                $"{set}",
                new() { States = [Datums.DatumState.Success] },
                default
            );
            var ran = await datums.Value.SingleAsync();
            var text = await world.ReadAsync("p", $"/{ran.Id}.time");
            var begun = long.Parse(text.Trim(), CultureInfo.InvariantCulture) / 1e6;
            times.Add(begun - (before - DateTimeOffset.UnixEpoch).TotalMilliseconds);
        }

        Console.Error.WriteLine($"{files} files: {string.Join(", ", times.Select(time => $"{time:0}"))} ms");
        return Median(times);
    }

    private static async Task<World> FilledAsync(int files, string shell)
    {
        var world = await World.OpenAsync();
        await world.CreateRepoAsync("files");
        await world.PutAsync("files", Files(files));
        await world.CreatePipelineAsync("p", "files", "/*/*", shell);
        await FakeRun.RunAsync(world, "p");
        Check((await world.NewestAsync("p")).State == JobState.Success, "the first job failed");
        return world;
    }

    private static IEnumerable<(string, byte[])> Files(int count) =>
        Enumerable.Range(0, count).Select(n => (PathOf(n), Encoding.ASCII.GetBytes($"{n}")));

    private static (string, byte[]) Changed(int file, int round) =>
        (PathOf(file), Encoding.ASCII.GetBytes($"{file} changed in round {round}"));

    private static string PathOf(int file) => $"/d{file / 1000:D4}/f{file:D7}";

    private static int Scaled(int count) => (int)(count * Scale);

    private static string Named(int count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);

    private static void Check(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidOperationException(what);
        }
    }
}
