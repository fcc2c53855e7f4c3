using System.IO.Compression;
using Braid.Client.Backends.Http;
using Braid.Client.Records;

namespace Braid.Client.Backends.ClearML;

/// <summary>One file to upload: the one that was logged, or a zip archive of the folder, which goes when this is disposed.</summary>
internal sealed class FileOrArchive : IDisposable
{
    private readonly string? archive;

    private FileOrArchive(FileContent file, string? archive) => (File, this.archive) = (file, archive);

    /// <summary>Its path is the file's name.</summary>
    public FileContent File { get; }

    public static FileOrArchive Of(ArtifactFile artifact) =>
        artifact.Content is { } content
            ? new(FileContent.Of(ContentFiles.SafePart(artifact.Path), content), archive: null)
            : Of(artifact.Path);

    /// <exception cref="IOException">There is no such file.</exception>
    public static FileOrArchive Of(string path)
    {
        if (!Directory.Exists(path))
        {
            return new(ContentFiles.OfPath(path, "").Single(), archive: null);
        }

        var archive = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".zip");
        ZipFile.CreateFromDirectory(path, archive, CompressionLevel.Fastest, includeBaseDirectory: false);
        return new(FileContent.OfFile(Path.GetFileName(path) + ".zip", archive), archive);
    }

    public void Dispose()
    {
        if (archive is not null)
        {
            System.IO.File.Delete(archive);
        }
    }
}
