namespace Braid.Pipelines.Workers;

/// <summary>Folders of attempts.</summary>
internal static class Scratch
{
    private const UnixFileMode all = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Removes a folder with everything in it, also where user code took the right to do so from its folders.</summary>
    public static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (UnauthorizedAccessException)
        {
            Allow(folder);
            Directory.Delete(folder, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // It was never made.
        }
    }

    private static void Allow(string folder)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder, all);
        }

        foreach (var child in new DirectoryInfo(folder).EnumerateDirectories().Where(c => c.LinkTarget is null))
        {
            Allow(child.FullName);
        }
    }
}
