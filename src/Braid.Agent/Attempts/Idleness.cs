using Braid.Agent.Protocol;
using Braid.Compute.Gpus;

namespace Braid.Agent.Attempts;

/// <summary>
/// How long the attempts that run here have done nothing. One that has GPUs works when any of them does, as far as its driver tells; any
/// other when it uses a processor.
/// </summary>
internal sealed class Idleness(AttemptParts parts)
{
    /// <summary>Of a processor: less is a program that looks now and then whether there is something to do.</summary>
    private const double least = 0.05;

    private static readonly TimeSpan period = TimeSpan.FromSeconds(15);

    /// <summary>A pause of this length is none that anybody has to know of.</summary>
    private static readonly TimeSpan shortest = TimeSpan.FromSeconds(30);

    /// <summary>A driver that hangs must not keep the agent from its server.</summary>
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(3);

    private readonly Dictionary<AttemptName, Sample> samples = [];
    private long? looked;

    /// <summary>Those that have done nothing for a while.</summary>
    public IReadOnlyList<IdleAttempt> Idle() =>
        [
            .. samples
                .Select(pair => new IdleAttempt(pair.Key, parts.Clock.GetElapsedTime(pair.Value.Busy).TotalSeconds))
                .Where(idle => idle.Seconds >= shortest.TotalSeconds),
        ];

    /// <summary>Looks at them, if it is time to.</summary>
    public async Task LookAsync(IReadOnlyCollection<AttemptWatch> watches, CancellationToken ct)
    {
        if (looked is { } last && parts.Clock.GetElapsedTime(last) < period)
        {
            return;
        }

        looked = parts.Clock.GetTimestamp();
        var running = watches.Where(watch => watch.Running is not null).ToList();
        foreach (var gone in samples.Keys.Except(running.Select(watch => watch.Attempt)).ToList())
        {
            samples.Remove(gone);
        }

        var gpus = running.Any(watch => watch.Gpus.Count > 0) ? await LookAtGpusAsync(ct) : [];
        var used = await Task.WhenAll(running.Select(watch => UsedAsync(watch, ct)));
        foreach (var (watch, use) in running.Zip(used))
        {
            Look(watch, gpus, use);
        }
    }

    private void Look(AttemptWatch watch, Dictionary<string, int> gpus, TimeSpan? used)
    {
        var now = parts.Clock.GetTimestamp();
        var isKnown = samples.TryGetValue(watch.Attempt, out var before);
        var isBusy =
            !isKnown
            || (
                watch.Gpus.Count > 0 && watch.Gpus.All(gpus.ContainsKey)
                    ? watch.Gpus.Any(gpu => gpus[gpu] > 0)
                    : UsesProcessor(before, used, now)
            );
        samples[watch.Attempt] = new(used, now, isBusy ? now : before.Busy);
    }

    /// <summary>What nobody knows counts as use.</summary>
    private bool UsesProcessor(Sample before, TimeSpan? used, long now) =>
        used is null || before.Used is null || used - before.Used > parts.Clock.GetElapsedTime(before.At, now) * least;

    /// <summary>Null when nobody knows: an engine that does not answer must not keep the agent from asking its server.</summary>
    private async Task<TimeSpan?> UsedAsync(AttemptWatch watch, CancellationToken ct)
    {
        if (watch.Running is not { } replica)
        {
            return null;
        }

        using var limit = new CancellationTokenSource(patience, parts.Clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        try
        {
            return (await parts.Executor.MeasureAsync(replica, both.Token)).TryGet(out var use, out _) ? use.Cpu : null;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>How busy the GPUs are, of which it is known.</summary>
    private async Task<Dictionary<string, int>> LookAtGpusAsync(CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(patience, parts.Clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        try
        {
            var asked = await parts.Options.ReadGpus(both.Token);
            return asked
                .Value.Uses.Where(use => use.UtilizationPercent is not null)
                .ToDictionary(use => use.Id, use => use.UtilizationPercent ?? 0, StringComparer.Ordinal);
        }
        catch (Exception error) when (!ct.IsCancellationRequested)
        {
            parts.Options.Warn($"nobody knows how busy the GPUs are: {error.Message}");
            return [];
        }
    }

    /// <param name="Busy">When it did something last.</param>
    private readonly record struct Sample(TimeSpan? Used, long At, long Busy);
}
