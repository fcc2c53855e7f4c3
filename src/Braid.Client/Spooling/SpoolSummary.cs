using System.Text.Json;
using Braid.Client.Records;

namespace Braid.Client.Spooling;

/// <summary>A run's spool as people look at it.</summary>
/// <param name="Path">Its folder.</param>
internal sealed record SpoolSummary(string Path)
{
    /// <summary>Its own name.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>A program writes or sends it.</summary>
    public bool IsInUse { get; private init; }

    /// <summary>Why it cannot be read; then the rest is not known.</summary>
    public string? Damage { get; private init; }

    /// <summary>What it is of.</summary>
    public SpoolContent Content { get; private init; } = new(new() { Name = "" }, "", []);

    /// <summary>Those of its backends that lack something.</summary>
    public IReadOnlyList<SpooledBackend> Waiting { get; private init; } = [];

    /// <summary>How much it takes on the disk, files included.</summary>
    public long Bytes { get; private init; }

    /// <summary>How many records of each kind the backend that lacks most is to get.</summary>
    public IReadOnlyDictionary<RecordKind, long> Records { get; private init; } = new Dictionary<RecordKind, long>();

    public static SpoolSummary Of(string path)
    {
        using var held = SpoolFolders.TryHold(path);
        var summary = new SpoolSummary(path)
        {
            IsInUse = held is null,
            Bytes = new DirectoryInfo(path).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length),
        };
        try
        {
            var content = SpoolFolders.Read(path);
            return summary with
            {
                Content = content,
                Waiting = [.. content.Backends.Where(backend => !SpoolFolders.IsDone(path, backend.Name))],
                Records = held is null ? summary.Records : Count(path, content),
            };
        }
        catch (Exception error)
            when (error
                    is IOException
                        or UnauthorizedAccessException
                        or InvalidDataException
                        or JsonException
                        or KeyNotFoundException
            )
        {
            return summary with { Damage = error.Message };
        }
    }

    /// <summary>From where the backend is that lacks most.</summary>
    private static Dictionary<RecordKind, long> Count(string path, SpoolContent content)
    {
        using var spool = Spool.Open(path);
        using var reader = new SpoolReader(
            spool,
            content.Backends.Select(backend => PositionOf(path, backend)).MinBy(at => at.Records)
        );
        var counts = new Dictionary<RecordKind, long>();
        var records = new List<LogRecord>();
        do
        {
            records.Clear();
            reader.Read(records, 1000, 8 << 20);
            foreach (var kind in records.CountBy(record => record.Kind).Where(kind => kind.Key != RecordKind.End))
            {
                counts[kind.Key] = counts.GetValueOrDefault(kind.Key) + kind.Value;
            }
        } while (records.Count > 0);

        return counts;
    }

    private static SpoolPosition PositionOf(string path, SpooledBackend backend)
    {
        using var cursor = Cursor.Open(path, backend.Name);
        return cursor.Position ?? new(1, 0, 0);
    }
}
