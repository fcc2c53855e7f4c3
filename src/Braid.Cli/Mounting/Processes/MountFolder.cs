using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Braid.Cli.CommandLine;
using Braid.Cli.Mounting.Overlay;
using Braid.Fuse.Device;

namespace Braid.Cli.Mounting.Processes;

/// <summary>Which mount a folder belongs to, and which process serves it.</summary>
/// <param name="Started">When the process was started, as the kernel counts: a number is given again, a start is not.</param>
internal sealed record MountRecord(string Directory, string Server, int Process, string Started);

[JsonSerializable(typeof(MountRecord))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
internal sealed partial class MountJson : JsonSerializerContext;

/// <summary>
/// What a mount keeps on disk, so that others find it and nothing is lost with its process: <c>mount.json</c> says whose it is,
/// <c>log</c> what it had to say, <c>overlays/</c> hold changes that are not committed yet, <c>result</c> what became of them.
/// The mount table names the folder as the file system's source.
/// </summary>
internal sealed class MountFolder(string path)
{
    private const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public string Path => path;

    public string Log => System.IO.Path.Combine(path, "log");

    private string Overlays => System.IO.Path.Combine(path, OverlayStore.FolderName);

    private string Result => System.IO.Path.Combine(path, "result");

    private string RecordFile => System.IO.Path.Combine(path, "mount.json");

    /// <summary>Where this user's mounts keep their folders.</summary>
    public static string Root(Surroundings world)
    {
        var state =
            world.Variable("XDG_STATE_HOME") is { Length: > 0 } given ? given
            : world.Variable("HOME") is { Length: > 0 } home ? System.IO.Path.Combine(home, ".local", "state")
            : System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"braid-{MountTable.CurrentUser}");
        return System.IO.Path.Combine(state, "braid", "mounts");
    }

    /// <summary>The folders of all mounts of this user.</summary>
    public static IReadOnlyList<MountFolder> All(Surroundings world) =>
        Directory.Exists(Root(world))
            ?
            [
                .. Directory
                    .EnumerateDirectories(Root(world))
                    .Order(StringComparer.Ordinal)
                    .Select(folder => new MountFolder(folder)),
            ]
            : [];

    /// <summary>A new folder for this process's mount.</summary>
    public static MountFolder Create(Surroundings world, string directory, string server)
    {
        var process = Environment.ProcessId;
        var name = System.IO.Path.GetFileName(directory);
        var folder = System.IO.Path.Combine(Root(world), $"{name}-{process}");
        for (var again = 2; Directory.Exists(folder); again++)
        {
            folder = System.IO.Path.Combine(Root(world), $"{name}-{process}-{again}");
        }

        Directory.CreateDirectory(folder, owner);
        var created = new MountFolder(folder);
        File.WriteAllBytes(
            created.RecordFile,
            JsonSerializer.SerializeToUtf8Bytes(
                new(directory, server, process, StartOf(process) ?? ""),
                MountJson.Default.MountRecord
            )
        );
        return created;
    }

    /// <summary>Null when the folder is not a mount's, or not to be read by this user.</summary>
    public MountRecord? Read()
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(RecordFile), MountJson.Default.MountRecord);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>The mount's process is still there.</summary>
    public bool IsServed() => Read() is { } record && StartOf(record.Process) == record.Started;

    /// <summary>Changes that were not committed.</summary>
    public IReadOnlyList<OverlayFolder> OpenOverlays() =>
        Directory.Exists(Overlays)
            ?
            [
                .. Directory
                    .EnumerateDirectories(Overlays)
                    .Order(StringComparer.Ordinal)
                    .Select(OverlayFolder.Open)
                    .OfType<OverlayFolder>(),
            ]
            : [];

    /// <summary>Takes over what another mount left, so that it is found here if this one ends badly, too.</summary>
    public IReadOnlyList<OverlayFolder> TakeOver(IEnumerable<MountFolder> left)
    {
        Directory.CreateDirectory(Overlays);
        var next = 1;
        foreach (var overlay in left.Where(folder => Directory.Exists(folder.Overlays)))
        {
            foreach (var from in Directory.EnumerateDirectories(overlay.Overlays).Order(StringComparer.Ordinal))
            {
                Directory.Move(from, System.IO.Path.Combine(Overlays, $"{next++}"));
            }

            overlay.Remove();
        }

        return OpenOverlays();
    }

    public void WriteResult(IEnumerable<string> lines) => File.WriteAllLines(Result, lines);

    public IReadOnlyList<string> ReadResult() => File.Exists(Result) ? File.ReadAllLines(Result) : [];

    public void Remove() => Directory.Delete(path, recursive: true);

    /// <summary>The process's start time; null when there is no such process, or it has ended.</summary>
    private static string? StartOf(int process)
    {
        const int state = 0;
        const int start = 19;
        try
        {
            var line = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/stat"));
            // The program's name, in brackets, may hold blanks; what follows does not.
            var fields = line[(line.LastIndexOf(')') + 2)..].Split(' ');
            return fields[state] is "Z" or "X" ? null : fields[start];
        }
        catch (IOException)
        {
            return null;
        }
    }
}
