namespace Braid.Cli.Mounting.Overlay;

/// <summary>
/// How a tree differs from its commit: a directory records only the names that differ, so that a moved directory of any size is
/// one entry. Paths start with a slash; the caller has made sure that what it names is there. Safe for several threads.
/// </summary>
internal sealed class OverlayTree
{
    private readonly Lock gate = new();
    private readonly OverlayEntry.Directory root = new("/");

    public OverlayEntry.Directory Root => root;

    public bool IsEmpty => root.Children.Count == 0;

    public OverlayPlace Locate(string path)
    {
        lock (gate)
        {
            return Find(path) switch
            {
                (OverlayEntry.Directory directory, _) => new OverlayPlace.Directory(
                    directory.Origin,
                    new Dictionary<string, OverlayEntry>(directory.Children, StringComparer.Ordinal)
                ),
                (OverlayEntry.Local local, _) => new OverlayPlace.InScratch(local.Number),
                (OverlayEntry.Moved moved, _) => new OverlayPlace.InCommit(moved.Origin),
                (null, { } origin) => new OverlayPlace.InCommit(origin),
                _ => OverlayPlace.Missing.Instance,
            };
        }
    }

    /// <summary>A file at the path has its content in the scratch folder; what was there is replaced.</summary>
    /// <param name="isNew">Nothing was there.</param>
    public void Put(string path, int number, bool isNew) => Set(path, new OverlayEntry.Local(number), isNew);

    /// <summary>Nothing was there.</summary>
    public void MakeDirectory(string path) => Set(path, new OverlayEntry.Directory(null), isNew: true);

    public void Delete(string path) => Set(path, OverlayEntry.Gone.Instance, isNew: false);

    /// <param name="isDirectory">What is at the old path is a directory.</param>
    /// <param name="isNew">Nothing was at the new path.</param>
    public void Rename(string from, string to, bool isDirectory, bool isNew)
    {
        lock (gate)
        {
            var entry = Find(from) switch
            {
                ({ } known, _) => known,
                (null, { } origin) when isDirectory => new OverlayEntry.Directory(origin),
                (null, { } origin) => new OverlayEntry.Moved(origin),
                _ => throw new InvalidOperationException($"nothing at {from}"),
            };
            Delete(from);
            Set(to, entry, isNew);
        }
    }

    private void Set(string path, OverlayEntry entry, bool isNew)
    {
        lock (gate)
        {
            var slash = path.LastIndexOf('/');
            var (directory, name) = (Open(path[..slash]), path[(slash + 1)..]);
            // What the commit has at the name does not change by what is put over it.
            var there = directory.Children.GetValueOrDefault(name);
            var hidesNothing = directory.Origin is null || (there?.IsNew ?? isNew);
            if (entry is OverlayEntry.Gone && hidesNothing)
            {
                directory.Children.Remove(name);
            }
            else
            {
                directory.Children[name] = entry with { IsNew = hidesNothing };
            }
        }
    }

    /// <summary>The record of a directory that is there; made when it had no difference yet.</summary>
    private OverlayEntry.Directory Open(string path)
    {
        var at = root;
        foreach (var name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!at.Children.TryGetValue(name, out var child))
            {
                at.Children[name] = child = new OverlayEntry.Directory(Join(at.Origin, name));
            }

            at = child as OverlayEntry.Directory ?? throw new InvalidOperationException($"{path} is no directory");
        }

        return at;
    }

    /// <summary>The entry, or else the path in the commit that shines through, or neither.</summary>
    private (OverlayEntry? Entry, string? Origin) Find(string path)
    {
        OverlayEntry? at = root;
        string? origin = "/";
        foreach (var name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            switch (at)
            {
                case OverlayEntry.Directory directory:
                    origin = Join(directory.Origin, name);
                    at = directory.Children.GetValueOrDefault(name);
                    break;
                case null:
                    origin = Join(origin, name);
                    break;
                default:
                    return (OverlayEntry.Gone.Instance, null);
            }
        }

        return (at, origin);
    }

    private static string? Join(string? directory, string name) =>
        directory is null ? null
        : directory == "/" ? $"/{name}"
        : $"{directory}/{name}";
}
