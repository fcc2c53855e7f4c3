using System.Text.Json.Nodes;
using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Tracking;
using Braid.Cli.Transfers;
using Braid.TensorBoard.Logs;

namespace Braid.Cli.EventFiles;

/// <summary>
/// Sends a run what is new in event files: 1 ask the server how far it has taken them; 2 look which files there are and which have
/// changed; 3 send of each what is missing; and again from 2. The files are only ever read. One that the server refuses is told
/// and passed over until it changes.
/// </summary>
/// <param name="root">The log directory.</param>
/// <param name="run">The run's id.</param>
internal sealed class EventShipper(TrackingClient server, string root, string run)
{
    private readonly Dictionary<string, (long Length, DateTime Written)> seen = new(StringComparer.Ordinal);
    private readonly HashSet<string> refused = new(StringComparer.Ordinal);
    private Dictionary<string, JsonObject>? taken;

    /// <summary>What a file is called in the run: its path unless said otherwise.</summary>
    public Func<EventFilePath, string> NameOf { get; init; } = file => file.Path;

    /// <summary>Is told how many bytes were sent.</summary>
    public TransferProgress? Progress { get; init; }

    /// <summary>Is told once of each file that the server refuses.</summary>
    public Action<string> OnRefused { get; init; } = _ => { };

    /// <summary>How far the server has taken each file, in its own words.</summary>
    public IReadOnlyCollection<JsonObject> Taken => taken?.Values ?? (IReadOnlyCollection<JsonObject>)[];

    /// <summary>Sends what is new in these files.</summary>
    /// <exception cref="Failure">The server refuses to say how far it has taken the files.</exception>
    /// <exception cref="ServerAwayException">It does not answer.</exception>
    public async Task ShipAsync(IEnumerable<EventFilePath> files, CancellationToken ct)
    {
        try
        {
            // 1
            taken ??= await AskAsync(ct);
            // 2
            foreach (var path in files)
            {
                if (Open(path) is { } file)
                {
                    // 3
                    await using var closing = file;
                    await ShipAsync(path, file, ct);
                }
            }
        }
        catch (ServerAwayException)
        {
            taken = null; // it may come back with less
            throw;
        }
    }

    private async Task<Dictionary<string, JsonObject>> AskAsync(CancellationToken ct)
    {
        seen.Clear();
        var files = await server.EventFilesAsync(run, ct);
        return files.ToDictionary(file => file["path"]?.ToString() ?? "", StringComparer.Ordinal);
    }

    /// <summary>Null when it has not changed, or went away.</summary>
    private FileStream? Open(EventFilePath path)
    {
        var name = Path.Combine(root, path.Path);
        try
        {
            var now = new FileInfo(name);
            return
                now.Exists && (!seen.TryGetValue(path.Path, out var last) || last != (now.Length, now.LastWriteTimeUtc))
                ? new(name, Options)
                : null;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private async Task ShipAsync(EventFilePath path, FileStream file, CancellationToken ct)
    {
        var (length, written) = (file.Length, File.GetLastWriteTimeUtc(file.SafeFileHandle));
        try
        {
            await SendAsync(NameOf(path), file, length, ct);
        }
        catch (Failure refusal)
        {
            if (refused.Add(path.Path))
            {
                OnRefused(refusal.Message);
            }
        }

        seen[path.Path] = (length, written);
    }

    private async Task SendAsync(string name, FileStream file, long length, CancellationToken ct)
    {
        var beginning = FileMark.BeginningOf(file);
        while (OffsetOf(name, length, beginning) is var offset && offset < length)
        {
            using var bytes = new FileRange(file, offset, length - offset, Progress);
            if (await server.SendEventsAsync(run, name, offset, bytes, ct) is { } state)
            {
                taken![name] = state; // asked for before the first file
                break;
            }

            // Somebody else sends the same file: how far is it by now?
            taken = await AskAsync(ct);
        }
    }

    /// <summary>Where to go on: at the start of another file than the server has under that name.</summary>
    private long OffsetOf(string name, long length, uint beginning)
    {
        if (taken is null || !taken.TryGetValue(name, out var state))
        {
            return 0;
        }

        var next = state["next_offset"]?.GetValue<long>() ?? 0;
        var known = state["beginning"]?.GetValue<long>() ?? 0;
        var isOther = next > length || (known != 0 && beginning != 0 && known != beginning);
        return isOther ? 0
            : state["dead"]?.GetValue<bool>() == true ? length
            : next;
    }

    private static FileStreamOptions Options =>
        new()
        {
            Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = 0,
            Options = FileOptions.SequentialScan,
        };
}
