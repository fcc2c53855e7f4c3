namespace Braid.Client.Backends.Http;

/// <summary>A file or bytes as they go to a server or into a folder.</summary>
/// <param name="Path">Where they belong, below the run's folder of its kind; '/' between folders.</param>
/// <param name="Open">Opens them; for each attempt anew.</param>
/// <param name="Length">How many bytes.</param>
internal readonly record struct FileContent(string Path, Func<Stream> Open, long Length)
{
    public static FileContent Of(string path, ReadOnlyMemory<byte> bytes) =>
        new(path, () => new MemoryStream(bytes.ToArray(), writable: false), bytes.Length);

    public static FileContent OfFile(string path, string file) =>
        new(path, () => File.OpenRead(file), new FileInfo(file).Length);
}
