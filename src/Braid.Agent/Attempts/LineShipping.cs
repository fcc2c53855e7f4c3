using System.Threading.Channels;
using Braid.Agent.Protocol;
using Braid.Compute.Executors;
using Braid.Primitives;

namespace Braid.Agent.Attempts;

/// <summary>
/// Sends the lines of an attempt in their order: as many at once as there are, up to a batch. While one batch is on its way,
/// the next one gathers.
/// </summary>
internal sealed class LineShipping(AttemptParts parts, AttemptName attempt)
{
    private const int batch = 1000;

    /// <summary>Characters after which a batch is sent; a server takes requests of a mebibyte.</summary>
    private const int characters = 100_000;

    /// <summary>Returns when the replica has ended and all its lines are sent.</summary>
    /// <param name="kept">How many lines the server has.</param>
    public async Task ShipAsync(ReplicaId replica, long kept, CancellationToken ct)
    {
        var lines = Channel.CreateBounded<ReplicaLine>(batch);
        using var until = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var reading = ReadAsync(replica, kept, lines.Writer, until.Token);
        try
        {
            await SendAllAsync(lines.Reader, kept, ct);
        }
        finally
        {
            await until.CancelAsync();
            await reading.ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    private async Task SendAllAsync(ChannelReader<ReplicaLine> lines, long kept, CancellationToken ct)
    {
        while (await lines.WaitToReadAsync(ct))
        {
            var some = new List<NodeLine>();
            var length = 0;
            while (some.Count < batch && length < characters && lines.TryRead(out var line))
            {
                length += line.Text.Length;
                some.Add(new(line.Time, line.IsError, line.Text));
            }

            await SendAsync(kept, some, ct);
            kept += some.Count;
        }
    }

    private async Task ReadAsync(ReplicaId replica, long after, ChannelWriter<ReplicaLine> lines, CancellationToken ct)
    {
        try
        {
            await foreach (var line in parts.Executor.LogsAsync(replica, after, follow: true, ct))
            {
                await lines.WriteAsync(line, ct);
            }

            lines.Complete();
        }
        catch (Exception error)
        {
            lines.Complete(error);
            throw;
        }
    }

    private async Task SendAsync(long first, IReadOnlyList<NodeLine> some, CancellationToken ct)
    {
        var sent = await parts.Persistence.AskAsync(
            token => parts.Server.AppendAsync(new(parts.Options.Node, parts.Epoch, attempt, first, some), token),
            ct
        );
        if (!sent.TryGet(out var answer, out var refused))
        {
            throw new InvalidOperationException($"its lines from {first} on were refused: {refused.Message}");
        }

        if (answer.Kept != first + some.Count)
        {
            throw new InvalidOperationException($"the server has {answer.Kept} lines, not {first + some.Count}");
        }
    }
}
