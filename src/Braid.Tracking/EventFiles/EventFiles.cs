using Braid.Access.Callers;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Storage;
using Braid.Storage.Files;
using Braid.Tracking.Artifacts;
using Braid.Tracking.Logs;
using Braid.Tracking.Plots;
using Braid.Tracking.Runs;
using Braid.Tracking.Series;

namespace Braid.Tracking.EventFiles;

/// <summary>
/// Feeds runs from event files. What is read of a file and how far it is read are stored in one transaction, and only from
/// where the last one ended: whatever is sent twice, by whomever, and whenever the server stops, nothing is lost or doubled.
/// What the bytes mean is the door's knowledge.
/// </summary>
public sealed class EventFiles(Database database, ContentStore store, TimeProvider clock)
{
    /// <summary>Where to go on in a file: at its start when none of it was taken.</summary>
    public Task<Result<EventFileState>> FindAsync(
        Caller caller,
        RunId run,
        string path,
        string directory,
        CancellationToken ct
    ) =>
        database.ReadAsync<Result<EventFileState>>(
            async db =>
            {
                var head = await RunHead.FindForChangeAsync(db, caller, run);
                if (!head.IsOk)
                {
                    return head.Error;
                }

                var file = await EventFileRows.FindAsync(db, run, caller.Writer ?? "", path);
                return new EventFileState(file ?? new(path, 0, 0), await EventFileRows.TagsAsync(db, run, directory));
            },
            ct
        );

    /// <summary>The files that this caller (a job: this attempt) fed the run from, by path.</summary>
    public Task<Result<IReadOnlyList<EventFile>>> ListAsync(Caller caller, RunId run, CancellationToken ct) =>
        database.ReadAsync<Result<IReadOnlyList<EventFile>>>(
            async db =>
            {
                var head = await RunHead.FindAsync(db, caller, run);
                return head.IsOk ? Result.Ok(await EventFileRows.ListAsync(db, run, caller.Writer ?? "")) : head.Error;
            },
            ct
        );

    /// <summary>
    /// Stores what was read: 1 the bytes of images and sounds, durable before anything names them; then in one transaction
    /// 2 that nobody else has gone on from here; 3 points, 4 plots and files, 5 lines and parameters; 6 how far the file was read.
    /// </summary>
    /// <returns>The file as it stands now; <c>tracking.event-file-moved</c> when it was not read to the advance's start.</returns>
    public async Task<Result<EventFile>> AppendAsync(
        Caller caller,
        RunId run,
        EventFileAdvance advance,
        CancellationToken ct
    )
    {
        // 1
        using var hold = store.Hold();
        var contents = new List<FileContent>(advance.Media.Count);
        foreach (var media in advance.Media)
        {
            contents.Add(await hold.WriteAsync(media.Bytes, ct));
        }

        if ((await hold.SealAsync(contents, ct)).Error is { } gone)
        {
            return gone;
        }

        return await database.WriteAsync(db => AppendAsync(db, caller, run, advance, contents), ct);
    }

    private async Task<Result<EventFile>> AppendAsync(
        DbWrite db,
        Caller caller,
        RunId run,
        EventFileAdvance advance,
        IReadOnlyList<FileContent> contents
    )
    {
        // 2
        var begun = await BeginAsync(db, caller, run, advance);
        if (!begun.TryGet(out var before, out var refused))
        {
            return refused;
        }

        // 3
        if (
            advance.Points.Count > 0
            && (await SeriesWriter.AppendAsync(db, caller, run, advance.Points, clock.GetUtcNow())).Error is { } full
        )
        {
            return full;
        }

        // 4
        var writer = caller.Writer ?? "";
        if (await WriteMediaAsync(db, run, advance.Media, contents, writer) is { } inUse)
        {
            return inUse;
        }

        await WritePlotsAsync(db, run, advance.Plots, writer);
        // 5
        if (advance.Lines.Count > 0)
        {
            await LogWriter.AppendAsync(db, run, [(writer, advance.Lines)]);
        }

        await Parameters.SetAsync(db, run.ToString(), advance.Parameters, writer);
        // 6
        var after = After(before, advance);
        await EventFileRows.WriteTagsAsync(db, run, advance.Directory, advance.Tags);
        await EventFileRows.WriteAsync(db, run, writer, after);
        await RunRows.TouchAsync(db, run, clock.GetUtcNow());
        db.Announce(Topics.Run(run));
        return after;
    }

    private static async Task<Result<EventFile>> BeginAsync(
        DbRead db,
        Caller caller,
        RunId run,
        EventFileAdvance advance
    )
    {
        var head = await RunHead.FindForChangeAsync(db, caller, run);
        if (!head.IsOk)
        {
            return head.Error;
        }

        var fresh = new EventFile(advance.Path, advance.Beginning, 0);
        var file = await EventFileRows.FindAsync(db, run, caller.Writer ?? "", advance.Path) ?? fresh;
        if (advance.From == 0 && file.Beginning != 0 && file.Beginning != advance.Beginning)
        {
            return fresh;
        }

        return file.NextOffset == advance.From ? file : Errors.EventFileMoved(advance.Path, file.NextOffset);
    }

    private async Task<Error?> WriteMediaAsync(
        DbWrite db,
        RunId run,
        IReadOnlyList<EventMedia> media,
        IReadOnlyList<FileContent> contents,
        string writer
    )
    {
        foreach (var (file, content) in media.Zip(contents))
        {
            var row = new ArtifactRow
            {
                Space = ArtifactSpaces.Files,
                Path = file.Path,
                Size = content.Size,
                Content = content.ToBytes(),
                Modified = clock.GetUtcNow(),
                RunId = run,
            };
            if (await ArtifactRows.WriteAsync(db, row, writer) is { } inUse)
            {
                return inUse;
            }
        }

        return null;
    }

    private async Task WritePlotsAsync(DbWrite db, RunId run, IReadOnlyList<PlotEvent> plots, string writer)
    {
        foreach (var plot in plots)
        {
            await PlotRow.WriteAsync(db, run.ToString(), plot, writer);
        }

        if (plots.Count > 0)
        {
            await RunRows.TouchAsync(db, run, clock.GetUtcNow(), plots.Max(plot => plot.Iteration));
            db.Announce(Topics.RunSeries(run));
        }
    }

    private static EventFile After(EventFile before, EventFileAdvance advance) =>
        before with
        {
            Beginning = advance.Beginning,
            NextOffset = advance.To,
            IsDead = advance.IsDead,
            Times = (before.Times, advance.Times) switch
            {
                ({ } was, { } now) => (Math.Min(was.First, now.First), Math.Max(was.Last, now.Last)),
                var (was, now) => was ?? now,
            },
            Counts = before.Counts + advance.Counts,
        };
}
