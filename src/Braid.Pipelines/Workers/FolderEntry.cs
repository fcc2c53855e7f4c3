using System.IO.Enumeration;

namespace Braid.Pipelines.Workers;

/// <summary>What lies in a folder that user code wrote to.</summary>
/// <param name="Name">Holds <see cref="NativeFiles.NoText"/> where it is no UTF-8.</param>
/// <param name="IsFolder">It is a folder itself, not a link to one.</param>
internal readonly record struct FolderEntry(string Name, bool IsFolder, bool IsLink)
{
    private static readonly EnumerationOptions everything = new()
    {
        AttributesToSkip = FileAttributes.None,
        IgnoreInaccessible = false,
    };

    public static IReadOnlyList<FolderEntry> Of(string folder) =>
        [.. new FileSystemEnumerable<FolderEntry>(folder, Read, everything)];

    private static FolderEntry Read(ref FileSystemEntry entry)
    {
        var isLink = entry.Attributes.HasFlag(FileAttributes.ReparsePoint);
        return new(entry.FileName.ToString(), entry.IsDirectory && !isLink, isLink);
    }
}
