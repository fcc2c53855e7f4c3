using System.Security.Cryptography;
using System.Text;
using Braid.Client.Records;

namespace Braid.Client.Spooling;

/// <summary>
/// Files that records only name. Those that are still to be sent when the program ends are copied beside the spool, so that a
/// later process finds them as they were.
/// </summary>
internal static class SpooledFiles
{
    /// <summary>Copies what the records from a place on name.</summary>
    public static void Keep(Spool spool, SpoolPosition from, Action<string> report)
    {
        using var reader = new SpoolReader(spool, from);
        var records = new List<LogRecord>();
        do
        {
            records.Clear();
            reader.Read(records, 1000, 8 << 20);
            foreach (var path in records.Select(PathOf).OfType<string>())
            {
                TryCopy(path, CopyOf(spool.Folder, path), report);
            }
        } while (records.Count > 0);
    }

    /// <summary>The record with the copy instead of the file, when there is one.</summary>
    public static LogRecord Resolve(string folder, LogRecord record)
    {
        if (PathOf(record) is not { } path || CopyOf(folder, path) is not { } copy || !Path.Exists(copy))
        {
            return record;
        }

        return record.Kind == RecordKind.Model
            ? record with
            {
                Payload = record.Model with { Path = copy },
            }
            : record with
            {
                Payload = record.Artifact with { Path = copy },
            };
    }

    private static string? PathOf(LogRecord record) =>
        record.Kind switch
        {
            RecordKind.Model => record.Model.Path,
            RecordKind.Artifact when record.Artifact.Content is null => record.Artifact.Path,
            _ => null,
        };

    private static string CopyOf(string folder, string path)
    {
        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)))[..16];
        return Path.Combine(folder, "files", key, Path.GetFileName(path));
    }

    private static void TryCopy(string path, string copy, Action<string> report)
    {
        try
        {
            if (!Directory.Exists(path))
            {
                Copy(path, copy);
                return;
            }

            foreach (var file in Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories))
            {
                Copy(file, Path.Combine(copy, Path.GetRelativePath(path, file)));
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            report($"{path} is not kept for later: {error.Message}");
        }
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(to) ?? "");
        File.Copy(from, to, overwrite: true);
    }
}
