using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Braid.Cli.CommandLine;

namespace Braid.Cli.Uploads;

/// <summary>
/// What one server keeps of interrupted uploads: a line <c>TIME KEY ID</c> for each segment (and the file set that it became)
/// and for each commit that an upload opened. A lost line costs sending again, nothing else; so several programs may write at
/// a time, and nothing is synced.
/// </summary>
internal sealed class UploadJournal
{
    private const long secondsOfDay = 24 * 60 * 60;

    private readonly string path;
    private readonly TimeProvider clock;
    private readonly ConcurrentDictionary<string, string> ids = new(StringComparer.Ordinal);
    private readonly Lock writing = new();

    private UploadJournal(string path, TimeProvider clock) => (this.path, this.clock) = (path, clock);

    /// <summary>The journal for a server, below <c>XDG_STATE_HOME</c>, else <c>~/.local/state</c>.</summary>
    public static UploadJournal Open(Surroundings world, Uri server)
    {
        var state = world.Variable("XDG_STATE_HOME") is { Length: > 0 } given
            ? given
            : Path.Combine(world.Variable("HOME") ?? Path.GetTempPath(), ".local", "state");
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(server.ToString())).AsSpan(0, 8));
        var folder = Directory.CreateDirectory(
            Path.Combine(state, "braid", "uploads"),
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        );
        var journal = new UploadJournal(Path.Combine(folder.FullName, name), world.Clock);
        journal.Load();
        return journal;
    }

    public string? Find(string key) => ids.GetValueOrDefault(key);

    public void Note(string key, string id)
    {
        ids[key] = id;
        lock (writing)
        {
            File.AppendAllText(path, $"{clock.GetUtcNow().ToUnixTimeSeconds()} {key} {id}\n");
        }
    }

    /// <summary>Lines of a day ago are of no use any more.</summary>
    private void Load()
    {
        if (!File.Exists(path))
        {
            return;
        }

        var oldest = clock.GetUtcNow().ToUnixTimeSeconds() - secondsOfDay;
        var hasOld = false;
        var fresh = new StringBuilder();
        foreach (var line in File.ReadLines(path))
        {
            // A line that was cut by a crash has not these parts.
            if (line.Split(' ') is [var time, var key, { Length: 32 } id] && Seconds(time) >= oldest)
            {
                ids[key] = id;
                fresh.Append(line).Append('\n');
            }
            else
            {
                hasOld = true;
            }
        }

        if (hasOld)
        {
            File.WriteAllText(path, fresh.ToString());
        }
    }

    private static long Seconds(string text) =>
        long.TryParse(text, CultureInfo.InvariantCulture, out var time) ? time : 0;
}
