namespace Braid.Cli.Uploads;

/// <summary>Something to put.</summary>
/// <param name="Path">Where it goes in the repo.</param>
internal abstract record UploadPart(string Path);

/// <summary>A file on disk, or a range of a large one; the ranges of one file follow each other.</summary>
/// <param name="From">Where it is.</param>
/// <param name="Offset">Where the range begins; a file begins at 0.</param>
/// <param name="Length">Bytes of the range, as of when the file was found.</param>
/// <param name="Modified">When the file was changed last, in nanoseconds since 1970.</param>
internal sealed record FilePart(string Path, string From, long Offset, long Length, long Modified) : UploadPart(Path)
{
    /// <summary>The range in ranges of at most so many bytes.</summary>
    public IEnumerable<FilePart> Cut(long most)
    {
        for (long at = 0; at < Length; at += most)
        {
            yield return this with
            {
                Offset = Offset + at,
                Length = Math.Min(most, Length - at),
            };
        }
    }
}

/// <summary>What can only be read once and in order: standard input, a pipe.</summary>
internal sealed record StreamPart(string Path, Func<Stream> Open) : UploadPart(Path);

/// <summary>What the server fetches itself.</summary>
internal sealed record AddressPart(string Path, string Address, bool IsRecursive) : UploadPart(Path);

/// <summary>An archive, whose files go below the path.</summary>
internal sealed record ArchivePart(string Path, string Name, Func<Stream> Open) : UploadPart(Path);
