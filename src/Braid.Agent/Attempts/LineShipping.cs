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
        var reading = ReadAsync(replica, kept, lines.Writer, ct);
        while (await lines.Reader.WaitToReadAsync(ct))
        {
            var some = new List<NodeLine>();
            var length = 0;
            while (some.Count < batch && length < characters && lines.Reader.TryRead(out var line))
            {
                length += line.Text.Length;
                some.Add(new(line.Time, line.IsError, line.Text));
            }

            await SendAsync(kept, some, ct);
            kept += some.Count;
        }

        await reading;
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
        if (sent.Error is { Kind: not ErrorKind.Conflict } error)
        {
            // The server takes them not, and never will: the run says that they are missing.
            parts.Options.Warn(
                $"lines {first} to {first + some.Count} of {attempt.Replica} were refused: {error.Message}"
            );
        }
    }
}
