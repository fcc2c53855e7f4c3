using System.Text;
using Braid.Pipelines.Datums;
using Braid.Pipelines.Workers;
using Braid.Storage;
using Braid.Storage.Trees;
using static Braid.Pipelines.Tests.PipelineWorld;

namespace Braid.Pipelines.Tests;

/// <summary>How a datum that was not really run ends: its state, and the files that it writes.</summary>
internal sealed record FakeOutcome(DatumState State, IReadOnlyDictionary<string, string> Files)
{
    public static FakeOutcome Nothing(DatumState state) => new(state, new Dictionary<string, string>());

    public static FakeOutcome Wrote(params (string Path, string Content)[] files) =>
        new(DatumState.Success, files.ToDictionary(file => file.Path, file => file.Content, StringComparer.Ordinal));
}

/// <summary>Ends datums without running programs, so that tests of planning and merging take as long as those.</summary>
internal static class FakeWorker
{
    /// <summary>Steps jobs and ends datums until neither goes on, or so many datums have ended.</summary>
    public static async Task<int> RunAsync(
        PipelineWorld world,
        Func<DatumLease, FakeOutcome> run,
        int most = int.MaxValue
    )
    {
        await world.Host.Leases.TakeOverAsync(default);
        await world.StepJobsAsync();
        var ended = 0;
        while (ended < most && await world.Host.Leases.TakeAsync("fake", 1, default) is [var lease])
        {
            using var hold = world.Content.Hold();
            var outcome = run(lease);
            var output = await WriteAsync(hold, outcome);
            Assert.Single(await world.Host.Leases.CompleteAsync([(lease, new(outcome.State, output, new()))], default));
            await world.StepJobsAsync();
            ended++;
        }

        return ended;
    }

    private static async Task<TreeRoot> WriteAsync(ContentHold hold, FakeOutcome outcome)
    {
        var edits = new List<TreeEdit>();
        foreach (var (path, text) in outcome.Files)
        {
            edits.Add(new TreeEdit.Put(path, await hold.WriteAsync(Encoding.UTF8.GetBytes(text), default)));
        }

        return Ok(await hold.SealAsync(Ok(await hold.ApplyAsync(TreeRoot.Empty, edits, default)), default));
    }
}
