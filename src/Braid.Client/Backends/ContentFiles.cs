using Braid.Client.Backends.Http;
using Braid.Client.Records;

namespace Braid.Client.Backends;

/// <summary>Records with content as files of a run: <c>images/samples/00000010.png</c>, <c>artifacts/...</c>.</summary>
internal static class ContentFiles
{
    /// <summary>The file of an image, histogram, figure, text, table or sound.</summary>
    public static FileContent OfMedia(in LogRecord record) =>
        FileContent.Of(
            $"{FolderOf(record.Kind)}/{Safe(record.Name)}/{Number(record.Step)}.{record.Media.Extension}",
            record.Media.Content
        );

    /// <summary>The files of an artifact, or of a model, below <paramref name="folder"/>.</summary>
    /// <exception cref="IOException">There is no such file.</exception>
    public static IEnumerable<FileContent> OfPath(string path, string folder)
    {
        if (Directory.Exists(path))
        {
            return Directory
                .EnumerateFiles(path, "*", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .Select(file => FileContent.OfFile(Joined(folder, Path.GetRelativePath(path, file)), file));
        }

        return File.Exists(path)
            ? [FileContent.OfFile(Joined(folder, Path.GetFileName(path)), path)]
            : throw new FileNotFoundException($"{path} was logged, but is not there any more");
    }

    /// <summary>The files of an artifact below the run's artifacts.</summary>
    public static IEnumerable<FileContent> OfArtifact(ArtifactFile artifact) =>
        artifact.Content is { } content
            ? [FileContent.Of(Joined(artifact.Folder, artifact.Path), content)]
            : OfPath(artifact.Path, artifact.Folder);

    /// <summary>A name as a path that leads nowhere else, with a character that no protocol minds for those that some do.</summary>
    public static string Safe(string name) =>
        string.Join('/', name.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(SafePart))
            is { Length: > 0 } safe
            ? safe
            : "_";

    /// <summary>The same as one part of a path.</summary>
    public static string SafePart(string part) =>
        part is "." or ".." or ""
            ? "_"
            : string.Concat(
                part.Select(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' or ' ' or '@' ? c : '_')
            );

    private static string Number(long step) => step < 0 ? $"-{-step:D8}" : $"{step:D8}";

    private static string Joined(string folder, string name) =>
        string.Join('/', new[] { folder, name }.Where(part => part.Length > 0));

    private static string FolderOf(RecordKind kind) =>
        kind switch
        {
            RecordKind.Image => "images",
            RecordKind.Histogram => "histograms",
            RecordKind.Figure => "figures",
            RecordKind.Text => "texts",
            RecordKind.Table => "tables",
            _ => "audio",
        };
}
