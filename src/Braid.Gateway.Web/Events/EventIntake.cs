using System.Buffers;
using System.IO.Pipelines;
using Braid.Access.Callers;
using Braid.Primitives;
using Braid.TensorBoard.Events;
using Braid.TensorBoard.Hot;
using Braid.TensorBoard.Logs;
using Braid.TensorBoard.Reading;
using Braid.Tracking.EventFiles;

namespace Braid.Gateway.Web.Events;

/// <summary>
/// Takes a part of an event file into a run: 1 find out from where on the file is wanted; 2 leave out what was taken before;
/// 3 read events until a batch is full; 4 store the batch together with the place where it ends; and again from 3. What is in
/// memory is one batch, however long the file is.
/// </summary>
internal sealed class EventIntake(EventFiles files, Caller caller, RunId run, string path, string fileServer)
{
    private const int mostScalars = 1 << 17;
    private readonly string directory = EventFilePath.RunOf(path);
    private readonly TagTable tags = new();

    /// <param name="body">The file's bytes from <paramref name="offset"/> on.</param>
    /// <param name="offset">When it is beyond what is wanted, nothing is taken.</param>
    /// <returns>How far the file is taken; <c>tracking.event-file-moved</c> when somebody else sent it at the same time.</returns>
    public async Task<Result<EventFile>> TakeAsync(PipeReader body, long offset, CancellationToken ct)
    {
        // 1
        var found = await files.FindAsync(caller, run, path, directory, ct);
        if (!found.TryGet(out var state, out var refused))
        {
            return refused;
        }

        foreach (var tag in state.Tags)
        {
            tags.Describe(tags.Intern(tag.Tag), new(tag.Plugin));
        }

        var file = offset == 0 ? await ReplaceAsync(state.File, body, ct) : state.File;
        // 2
        return file.IsDead || offset > file.NextOffset || !await SkipAsync(body, file.NextOffset - offset, ct)
            ? file
            : await TakeRestAsync(body, file, ct);
    }

    /// <summary>The file as it was taken; as a new one when the bytes at its start are others.</summary>
    private static async Task<EventFile> ReplaceAsync(EventFile file, PipeReader body, CancellationToken ct)
    {
        var start = await body.ReadAtLeastAsync(FileMark.BeginningLength, ct);
        var beginning = BeginningOf(start);
        body.AdvanceTo(start.Buffer.Start);
        return beginning == 0 || beginning == file.Beginning ? file
            : file.Beginning == 0 ? file with { Beginning = beginning }
            : new EventFile(file.Path, beginning, 0);
    }

    private static uint BeginningOf(ReadResult start)
    {
        Span<byte> bytes = stackalloc byte[FileMark.BeginningLength];
        var buffer = start.Buffer.Slice(0, Math.Min(start.Buffer.Length, bytes.Length));
        buffer.CopyTo(bytes);
        return FileMark.BeginningOf(bytes[..(int)buffer.Length]);
    }

    /// <summary>False when the body ends before.</summary>
    private static async Task<bool> SkipAsync(PipeReader body, long count, CancellationToken ct)
    {
        while (count > 0)
        {
            var read = await body.ReadAsync(ct);
            var skipped = Math.Min(count, read.Buffer.Length);
            body.AdvanceTo(read.Buffer.GetPosition(skipped));
            count -= skipped;
            if (read.IsCompleted && count > 0)
            {
                return false;
            }
        }

        return true;
    }

    private async Task<Result<EventFile>> TakeRestAsync(PipeReader body, EventFile file, CancellationToken ct)
    {
        using var reader = new EventReader(body.AsStream(), file.NextOffset, tags);
        var batch = new EventBatch(mostScalars);
        var known = tags.DescribedCount;
        var before = default(EventCounts);
        // 3
        while (await reader.ReadAsync(batch, ct) || reader.NextOffset > file.NextOffset || IsNewlyDead(reader, file))
        {
            // 4
            var counts = CountsOf(reader);
            var advance = new EventFileAdvance
            {
                Path = path,
                Directory = directory,
                Beginning = file.Beginning,
                From = file.NextOffset,
                To = reader.NextOffset,
                IsDead = reader.End == EndState.Dead,
                Tags = [.. tags.Described.Skip(known).Select(ToRow)],
                Counts = Difference(counts, before),
            };
            advance = new EventTranslation(tags, directory, run, fileServer).Translate(batch, advance);
            var taken = await files.AppendAsync(caller, run, advance, ct);
            if (!taken.TryGet(out file!, out var refused))
            {
                return refused;
            }

            (known, before) = (tags.DescribedCount, counts);
            batch.Clear();
        }

        return file;
    }

    private static EventTag ToRow((string Tag, TagMetadata Metadata) described) =>
        new(Names.Storable(described.Tag), described.Metadata.Plugin);

    private static bool IsNewlyDead(EventReader reader, EventFile file) => reader.End == EndState.Dead && !file.IsDead;

    private static EventCounts CountsOf(EventReader reader) =>
        new()
        {
            Records = reader.Records,
            Damaged = reader.Damaged,
            TooLong = reader.TooLong,
        };

    private static EventCounts Difference(EventCounts now, EventCounts before) =>
        new()
        {
            Records = now.Records - before.Records,
            Damaged = now.Damaged - before.Damaged,
            TooLong = now.TooLong - before.TooLong,
        };
}
