using System.Diagnostics;
using Braid.Compute.Files;

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
            AllowAll(folder);
            Force(folder);
        }
        catch (DirectoryNotFoundException)
        {
            // It was never made.
        }
        catch (IOException)
        {
            // Names that are no text are no names to the base library.
            Force(folder);
        }
    }

    /// <summary>Removes what is in a folder, whose names are text.</summary>
    public static void Empty(string folder)
    {
        foreach (var entry in FolderEntry.Of(folder))
        {
            var path = Path.Combine(folder, entry.Name);
            if (entry.IsFolder)
            {
                Remove(path);
            }
            else
            {
                File.Delete(path);
            }
        }
    }

    /// <summary>Gives the server all rights to a folder of its own.</summary>
    public static void Allow(string folder)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder, all);
        }
    }

    private static void Force(string folder)
    {
        using var remove = Process.Start("rm", ["-rf", "--", folder]);
        remove.WaitForExit();
        if (remove.ExitCode != 0)
        {
            throw new IOException($"cannot remove {folder}");
        }
    }

    private static void AllowAll(string folder)
    {
        Allow(folder);
        foreach (var child in new DirectoryInfo(folder).EnumerateDirectories().Where(c => c.LinkTarget is null))
        {
            AllowAll(child.FullName);
        }
    }
}
