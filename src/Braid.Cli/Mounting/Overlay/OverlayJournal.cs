namespace Braid.Cli.Mounting.Overlay;

/// <summary>
/// The record of every change of an overlay, a line each, appended before the change is answered: replayed, it makes the same
/// tree again. A process that is killed loses nothing of it. Names hold no control characters, so a tab separates.
/// </summary>
internal sealed class OverlayJournal : IDisposable
{
    private const string yes = "new";
    private const string no = "old";
    private const string directory = "dir";
    private const string file = "file";

    private readonly FileStream stream;
    private readonly StreamWriter writer;

    private OverlayJournal(FileStream stream)
    {
        this.stream = stream;
        writer = new(stream) { AutoFlush = true, NewLine = "\n" };
    }

    public static OverlayJournal Append(string path) =>
        new(new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read));

    /// <summary>Applies the lines of a journal. A last line without its end was never answered, and is left out.</summary>
    /// <returns>The highest number of a scratch file.</returns>
    public static int Replay(string path, OverlayTree tree)
    {
        var highest = 0;
        var text = File.ReadAllText(path);
        foreach (var line in text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            switch (line.Split('\t'))
            {
                case ["put", var to, var number, var isNew]:
                    var parsed = int.Parse(number);
                    highest = Math.Max(highest, parsed);
                    tree.Put(to, parsed, isNew == yes);
                    break;
                case ["dir", var to]:
                    tree.MakeDirectory(to);
                    break;
                case ["del", var gone]:
                    tree.Delete(gone);
                    break;
                case ["mv", var from, var to, var kind, var isNew]:
                    tree.Rename(from, to, kind == directory, isNew == yes);
                    break;
                default:
                    throw new InvalidDataException($"{path} has a line that is not understood: {line}");
            }
        }

        return highest;
    }

    public void Put(string path, int number, bool isNew) =>
        writer.WriteLine($"put\t{path}\t{number}\t{(isNew ? yes : no)}");

    public void MakeDirectory(string path) => writer.WriteLine($"dir\t{path}");

    public void Delete(string path) => writer.WriteLine($"del\t{path}");

    public void Rename(string from, string to, bool isDirectory, bool isNew) =>
        writer.WriteLine($"mv\t{from}\t{to}\t{(isDirectory ? directory : file)}\t{(isNew ? yes : no)}");

    /// <summary>Makes it durable, too.</summary>
    public void Sync() => stream.Flush(flushToDisk: true);

    public void Dispose() => writer.Dispose();
}
