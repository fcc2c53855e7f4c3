using System.Runtime.CompilerServices;
using Braid.Compute.Containers.Engine;
using Braid.Compute.Executors;
using Braid.Compute.Processes;
using Braid.Primitives;

namespace Braid.Compute.Containers;

/// <summary>
/// The lines of a container, numbered. The engine keeps them in their order but gives them no numbers, and its times repeat and may
/// go back: so a log is counted from its start whenever it is opened, and what was read before is left out.
/// </summary>
internal sealed class ContainerLog(EngineClient engine, string id)
{
    /// <summary>One read of the log from its start.</summary>
    /// <param name="after">Lines up to this number are left out.</param>
    /// <param name="hasEnded">The container writes no more: a last line without newline is one.</param>
    /// <param name="ended">Told the error that ended the read too early; null: it was read to its end.</param>
    public async IAsyncEnumerable<ReplicaLine> ReadAsync(
        long after,
        bool follow,
        bool hasEnded,
        Action<Error?> ended,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var path = $"/containers/{id}/logs?stdout=1&stderr=1&timestamps=1&follow={(follow ? 1 : 0)}";
        var opened = await engine.OpenAsync(HttpMethod.Get, path, null, null, ct);
        if (!opened.TryGet(out var response, out var error))
        {
            ended(error);
            yield break;
        }

        using (response)
        {
            await using var body = await response.Content.ReadAsStreamAsync(ct);
            await using var entries = LogFrames.ReadAsync(body, ct).GetAsyncEnumerator(ct);
            var lines = new LineCount();
            while (true)
            {
                var next = await engine.GuardAsync(async () => await entries.MoveNextAsync());
                if (!next.TryGet(out var isThere, out error))
                {
                    ended(error);
                    yield break;
                }

                var read =
                    isThere ? lines.Add(entries.Current)
                    : hasEnded ? lines.End()
                    : [];
                foreach (var line in read.Where(line => line.Number > after))
                {
                    yield return line;
                }

                if (!isThere)
                {
                    ended(null);
                    yield break;
                }
            }
        }
    }

    /// <summary>Makes numbered lines of entries.</summary>
    private sealed class LineCount
    {
        private readonly LineSplitter output = new(LineSplitter.DefaultLongest);
        private readonly LineSplitter error = new(LineSplitter.DefaultLongest);
        private DateTimeOffset lastTime;
        private long number;

        public IEnumerable<ReplicaLine> Add(LogEntry entry)
        {
            lastTime = entry.Time;
            return Number((entry.IsError ? error : output).Add(entry.Text.Span), entry.IsError);
        }

        public IEnumerable<ReplicaLine> End() => [.. Number(output.End(), false), .. Number(error.End(), true)];

        private List<ReplicaLine> Number(IReadOnlyList<string> texts, bool isError) =>
            [.. texts.Select(text => new ReplicaLine(++number, lastTime, isError, text))];
    }
}
