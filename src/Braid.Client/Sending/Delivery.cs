using Braid.Client.Backends;
using Braid.Client.Queueing;
using Braid.Client.Ranks;
using Braid.Client.Records;
using Braid.Client.Spooling;

namespace Braid.Client.Sending;

/// <summary>From the outbox to the backends: one writer of the spool, one lane per backend.</summary>
internal sealed class Delivery
{
    private readonly LoggingOptions options;
    private readonly Problems problems;
    private readonly HeldFolder folder;
    private readonly Spool spool;
    private readonly Outbox outbox;
    private readonly SpoolWriter writer;
    private readonly CancellationTokenSource abandon = new();
    private readonly Task running;

    private Delivery(HeldFolder folder, RunStart start, LoggingOptions options, RankIds ranks, Problems problems)
    {
        (this.folder, this.options, this.problems) = (folder, options, problems);
        spool = Spool.Create(folder.Path);
        outbox = new(options.QueueCapacity, options.QueueBytes, options.QueuePatience);
        writer = new(outbox, spool, options.SpoolLimit, problems.Report);
        Lanes =
        [
            .. options.Backends.Select(backend => new Lane(backend, start, spool, ranks, options.Clock, problems)),
        ];
        writer.Start();
        // Delivery must not run on the training's thread, not even its first synchronous piece.
        running = Task.WhenAll(Lanes.Select(lane => Task.Run(() => lane.RunAsync(abandon.Token))));
    }

    public IReadOnlyList<Lane> Lanes { get; }

    /// <summary>How many records never reach a backend, those of each added up.</summary>
    public long Undelivered => ((outbox.Refused + writer.Lost) * Lanes.Count) + Lanes.Sum(lane => lane.Refused);

    /// <summary>How many records stayed in the spool when the run was over, for the backend that lacks most.</summary>
    public long LeftForLater { get; private set; }

    /// <summary>Null when no spool can be made anywhere.</summary>
    public static Delivery? Start(RunStart start, LoggingOptions options, Problems problems)
    {
        var launch = options.Ranks.Launch;
        var backends = options.Backends.Select(backend => new SpooledBackend(backend.Name, backend.Address));
        var folder = SpoolFolders.Create(options.SpoolRoots, new(start, launch, [.. backends]), problems.Report);
        if (folder is null)
        {
            return null;
        }

        string[] roots = [folder.Root, .. options.SpoolRoots];
        var ranks = new RankIds(roots, launch, isOver: false, problems.Report, options.Clock);
        return new(folder, start with { Key = folder.Name }, options, ranks, problems);
    }

    public void Add(in LogRecord record, long size = 0) => outbox.Add(record, size);

    /// <summary>Completes when each backend has what was added so far, or gave up.</summary>
    public async Task FlushAsync()
    {
        var records = await outbox.FlushAsync();
        await Task.WhenAll(Lanes.Select(lane => lane.ReachedAsync(records)));
    }

    /// <summary>Delivers what is there, at most for the time limit; what is left stays in the spool.</summary>
    public async Task EndAsync(RunEnd end)
    {
        outbox.Close(new(RecordKind.End, "", Payload: end));
        using (var timer = new CancellationTokenSource(options.FlushTimeout, options.Clock))
        {
            await using var _ = timer.Token.Register(abandon.Cancel);
            await Task.WhenAll(running, writer.Finished);
        }

        if (Lanes.All(lane => lane.IsDone))
        {
            Dispose();
            SpoolFolders.Remove(folder);
        }
        else
        {
            Leave();
        }
    }

    private void Leave()
    {
        var behind = Lanes.Where(lane => !lane.IsDone).ToList();
        LeftForLater = behind.Max(lane => spool.Records - 1 - lane.Delivered); // the end is not something logged
        SpooledFiles.Keep(spool, behind.MinBy(lane => lane.Delivered)!.Position, problems.Report); // there is one
        Dispose();
        folder.Dispose();
        problems.Conclude(
            $"{LeftForLater} logged values stay in {folder.Path} for {string.Join(", ", behind.Select(lane => lane.Backend))}: "
                + "the next run sends them, or Experiment.ResumeAsync"
        );
    }

    private void Dispose()
    {
        foreach (var lane in Lanes)
        {
            lane.Dispose();
        }

        spool.Dispose();
        abandon.Dispose();
    }
}
