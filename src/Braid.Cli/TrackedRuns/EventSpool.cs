using System.Text;
using System.Text.Json.Nodes;
using Braid.Cli.Connection.Tracking;

namespace Braid.Cli.TrackedRuns;

/// <summary>
/// Events of a run on their way to the server: a file that grows as they come and is sent from where the last batch ended. A batch
/// that is sent twice at once changes nothing: its lines have their times.
/// </summary>
internal sealed class EventSpool : IDisposable
{
    private const int batchBytes = 1 << 20;
    private const string scalar = "training_stats_scalar";
    private const string prefix = "braid-run-";
    private const string extension = ".jsonl";

    /// <summary>How the files are called.</summary>
    public const string Pattern = $"{prefix}*{extension}";

    private readonly string run;
    private readonly TimeProvider clock;
    private readonly Lock gate = new();
    private readonly FileStream file;
    private long sent;

    /// <summary>Where the last event that is there as a whole ends.</summary>
    private long whole;
    private long lastTime;

    /// <summary>A new one.</summary>
    public EventSpool(string run, TimeProvider clock)
        : this(New(System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"{prefix}{run}{extension}")), clock) { }

    /// <summary>One that another program left, from its beginning: what is sent again changes nothing.</summary>
    public EventSpool(FileStream left, TimeProvider clock)
    {
        (file, this.clock) = (left, clock);
        (run, whole) = (RunOf(left.Name), left.Length);
    }

    public string Path => file.Name;

    /// <summary>Events that found no room on the disk: the program goes on without them.</summary>
    public long Lost { get; private set; }

    /// <summary>The run whose file it is.</summary>
    public static string RunOf(string path) => System.IO.Path.GetFileNameWithoutExtension(path)[prefix.Length..];

    /// <summary>A line of the console.</summary>
    public void AddLine(string level, string text) =>
        Add(
            new()
            {
                ["type"] = "log",
                ["task"] = run,
                ["level"] = level,
                ["msg"] = text,
                ["worker"] = Environment.MachineName,
            }
        );

    /// <summary>A measurement, so many seconds after the start.</summary>
    public void AddScalar(string title, string series, long second, double value) =>
        Add(
            new()
            {
                ["type"] = scalar,
                ["task"] = run,
                ["metric"] = title,
                ["variant"] = series,
                ["iter"] = second,
                ["value"] = value,
            }
        );

    /// <summary>Sends what was added since the last time, in order.</summary>
    public async Task SendAsync(ClearMLClient clearml, CancellationToken ct)
    {
        while (NextBatch() is { } batch)
        {
            await clearml.CallWithLinesAsync("events.add_batch", batch, ct);
            sent += batch.Length;
        }
    }

    /// <summary>How many events there are.</summary>
    public long Lines()
    {
        file.Position = 0;
        using var lines = new StreamReader(file, Encoding.UTF8, leaveOpen: true);
        var count = 0L;
        while (lines.ReadLine() is not null)
        {
            count++;
        }

        return count;
    }

    /// <summary>Everything is sent: the file goes.</summary>
    public void Forget() => File.Delete(Path);

    public void Dispose() => file.Dispose();

    private static FileStream New(string path) =>
        new(
            path,
            new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.ReadWrite,
                Share = FileShare.Read,
                UnixCreateMode = OperatingSystem.IsWindows() ? null : UnixFileMode.UserRead | UnixFileMode.UserWrite,
            }
        );

    private void Add(JsonObject item)
    {
        lock (gate)
        {
            lastTime = Math.Max(clock.GetUtcNow().ToUnixTimeMilliseconds(), lastTime); // clocks are set back at times
            item["timestamp"] = lastTime;
            try
            {
                file.Position = whole;
                file.Write(Encoding.UTF8.GetBytes($"{item.ToJsonString()}\n"));
                file.Flush();
                whole = file.Position;
            }
            catch (IOException)
            {
                Lost++;
            }
        }
    }

    /// <summary>Whole events from where the last batch ended; null when there are none.</summary>
    private byte[]? NextBatch()
    {
        lock (gate)
        {
            if (whole == sent)
            {
                return null;
            }

            var bytes = new byte[Math.Min(whole - sent, batchBytes)];
            file.Position = sent;
            file.ReadExactly(bytes);
            return bytes.AsSpan().LastIndexOf((byte)'\n') is >= 0 and var end ? bytes[..(end + 1)] : null;
        }
    }
}
