using Braid.Client.Spooling;

namespace Braid.Cli.TrackedRuns;

/// <summary>What <c>braid run</c> could not send of a run: the file of an <see cref="EventSpool"/> that its program left, or still writes.</summary>
internal sealed record LeftEvents(string Path)
{
    /// <summary>As commands name it.</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>Of which run.</summary>
    public string Run => EventSpool.RunOf(Path);

    /// <summary>The user's own in a folder, by name.</summary>
    public static IReadOnlyList<LeftEvents> In(string folder) =>
        Directory.Exists(folder) && FolderAccess.MayHoldSpoolsOf(FolderAccess.Me, folder)
            ?
            [
                .. Directory
                    .GetFiles(folder, EventSpool.Pattern)
                    .Where(file => FolderAccess.IsOf(FolderAccess.Me, file))
                    .Order(StringComparer.Ordinal)
                    .Select(file => new LeftEvents(file)),
            ]
            : [];

    /// <summary>Null while a program holds it.</summary>
    public EventSpool? TryTake(TimeProvider clock)
    {
        try
        {
            return new(new FileStream(Path, FileMode.Open, FileAccess.ReadWrite, FileShare.None), clock);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
