using System.IO.Enumeration;

namespace Braid.Compute.Files;

/// <summary>What lies in a folder that user code wrote to.</summary>
/// <param name="Name">Holds <see cref="NoText"/> where it is no UTF-8.</param>
/// <param name="IsFolder">It is a folder itself, not a link to one.</param>
public readonly record struct FolderEntry(string Name, bool IsFolder, bool IsLink)
{
    /// <summary>What stands in a name for bytes that are no UTF-8.</summary>
    public const string NoText = "\uFFFD";

    private static readonly EnumerationOptions everything = new()
    {
        AttributesToSkip = FileAttributes.None,
        IgnoreInaccessible = false,
    };

    /// <exception cref="IOException">It went away, or is no folder.</exception>
    /// <exception cref="UnauthorizedAccessException">User code took the right to read it.</exception>
    public static IReadOnlyList<FolderEntry> Of(string folder) =>
        [.. new FileSystemEnumerable<FolderEntry>(folder, Read, everything)];

    private static FolderEntry Read(ref FileSystemEntry entry)
    {
        var isLink = entry.Attributes.HasFlag(FileAttributes.ReparsePoint);
        return new(entry.FileName.ToString(), entry.IsDirectory && !isLink, isLink);
    }
}
