namespace Braid.Compute.Files;

/// <summary>The files below a folder that user code writes to while it is read.</summary>
public static class FolderFiles
{
    /// <summary>
    /// Paths from the folder on, with '/' between the parts, in their order. Links are not followed and not named, nor are names that are no text;
    /// what goes away meanwhile is not there.
    /// </summary>
    /// <param name="isWanted">Whether a file of this name is.</param>
    public static IEnumerable<string> Find(string folder, Func<string, bool> isWanted) => Find(folder, "", isWanted);

    private static IEnumerable<string> Find(string folder, string above, Func<string, bool> isWanted)
    {
        foreach (var entry in EntriesOf(folder).OrderBy(entry => entry.Name, StringComparer.Ordinal))
        {
            if (entry.IsFolder)
            {
                foreach (var path in Find(Path.Combine(folder, entry.Name), $"{above}{entry.Name}/", isWanted))
                {
                    yield return path;
                }
            }
            else if (!entry.IsLink && isWanted(entry.Name))
            {
                yield return above + entry.Name;
            }
        }
    }

    private static IEnumerable<FolderEntry> EntriesOf(string folder)
    {
        try
        {
            return FolderEntry
                .Of(folder)
                .Where(entry => !entry.Name.Contains(FolderEntry.NoText, StringComparison.Ordinal));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
