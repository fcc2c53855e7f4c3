using System.Text.Json;
using System.Text.Json.Serialization;

namespace Braid.Cli.Mounting.Overlay;

/// <summary>Which branch an overlay's changes are for, and what they were made on.</summary>
internal sealed record OverlayTarget
{
    public required string Server { get; init; }
    public required string Project { get; init; }
    public required string Repo { get; init; }
    public required string Type { get; init; }
    public required string Branch { get; init; }

    /// <summary>The commit that the changes were made on; null when the branch had none.</summary>
    public string? Base { get; init; }

    /// <summary>The commit that was started for them; a later try goes on with it.</summary>
    public string? Started { get; init; }

    /// <summary><c>images@master</c>, with its project when that is not the default.</summary>
    [JsonIgnore]
    public string Title =>
        $"{(Project == "default" ? "" : $"{Project}/")}{Repo}{(Type == "user" ? "" : $".{Type}")}@{Branch}";
}

[JsonSerializable(typeof(OverlayTarget))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
internal sealed partial class OverlayJson : JsonSerializerContext;

/// <summary>
/// The changes to one branch, in a local folder: <c>target.json</c> says what they are for, <c>journal</c> what was changed,
/// and <c>files/N</c> hold the content of changed files.
/// </summary>
internal sealed class OverlayFolder : IDisposable
{
    private readonly OverlayJournal journal;
    private int last;

    private OverlayFolder(string path, OverlayTarget target, OverlayTree tree, OverlayJournal journal, int last)
    {
        Path = path;
        Target = target;
        Tree = tree;
        this.journal = journal;
        this.last = last;
    }

    public string Path { get; }

    public OverlayTarget Target { get; private set; }

    public OverlayTree Tree { get; }

    public static OverlayFolder Create(string path, OverlayTarget target)
    {
        Directory.CreateDirectory(System.IO.Path.Combine(path, "files"));
        WriteTarget(path, target);
        return new(path, target, new(), OverlayJournal.Append(JournalOf(path)), 0);
    }

    /// <summary>What a mount left behind; null when it changed nothing.</summary>
    public static OverlayFolder? Open(string path)
    {
        if (!File.Exists(JournalOf(path)) || new FileInfo(JournalOf(path)).Length == 0)
        {
            return null;
        }

        var target =
            JsonSerializer.Deserialize(File.ReadAllBytes(TargetOf(path)), OverlayJson.Default.OverlayTarget)
            ?? throw new InvalidDataException($"{TargetOf(path)} is empty");
        var tree = new OverlayTree();
        var last = OverlayJournal.Replay(JournalOf(path), tree);
        return new(path, target, tree, OverlayJournal.Append(JournalOf(path)), last);
    }

    public string FileAt(int number) => System.IO.Path.Combine(Path, "files", $"{number}");

    /// <summary>A new, empty file of the scratch folder, not yet at any path.</summary>
    public int NewFile()
    {
        var number = Interlocked.Increment(ref last);
        File.Create(FileAt(number)).Dispose();
        return number;
    }

    public void Put(string path, int number, bool isNew)
    {
        journal.Put(path, number, isNew);
        Tree.Put(path, number, isNew);
    }

    public void MakeDirectory(string path)
    {
        journal.MakeDirectory(path);
        Tree.MakeDirectory(path);
    }

    public void Delete(string path)
    {
        journal.Delete(path);
        Tree.Delete(path);
    }

    public void Rename(string from, string to, bool isDirectory, bool isNew)
    {
        journal.Rename(from, to, isDirectory, isNew);
        Tree.Rename(from, to, isDirectory, isNew);
    }

    public void RemoveFile(int number) => File.Delete(FileAt(number));

    public void Sync() => journal.Sync();

    /// <summary>Notes the commit that was started, before anything is written to it.</summary>
    public void NoteStarted(string? commit)
    {
        Target = Target with { Started = commit };
        WriteTarget(Path, Target);
    }

    public void Dispose() => journal.Dispose();

    private static void WriteTarget(string path, OverlayTarget target)
    {
        // Renamed into place: a crash leaves the old one or the new one.
        var temporary = TargetOf(path) + ".new";
        File.WriteAllBytes(temporary, JsonSerializer.SerializeToUtf8Bytes(target, OverlayJson.Default.OverlayTarget));
        File.Move(temporary, TargetOf(path), overwrite: true);
    }

    private static string TargetOf(string path) => System.IO.Path.Combine(path, "target.json");

    private static string JournalOf(string path) => System.IO.Path.Combine(path, "journal");
}
