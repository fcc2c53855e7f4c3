namespace Braid.Pipelines.Workers.Inputs;

/// <summary>
/// A folder in which the inputs of one datum after the other are laid out. What it holds is known, since nobody else may write to
/// it: so it is cleared without being read, and folders that the next datum has too stay where they are.
/// </summary>
internal sealed class InputFolder(string path)
{
    /// <summary>Above so many files of a datum they are not remembered one by one.</summary>
    private const int mostKnown = 4096;

    private readonly HashSet<string> files = new(StringComparer.Ordinal);
    private readonly HashSet<string> folders = new(StringComparer.Ordinal);
    private readonly HashSet<string> used = new(StringComparer.Ordinal);
    private bool hasMore;

    public string Path => path;

    /// <summary>Makes a folder, below which nothing needs to be.</summary>
    /// <param name="name">Relative; what is above it is made too.</param>
    public void AddFolder(string name)
    {
        if (used.Contains(name))
        {
            return;
        }

        if (name.LastIndexOf('/') is var slash and > 0)
        {
            AddFolder(name[..slash]);
        }

        used.Add(name);
        if (folders.Add(name))
        {
            Directory.CreateDirectory(PathOf(name));
        }
    }

    /// <summary>Where a file is to be made, whose folder is there; null when it is there too, as of a match within another one.</summary>
    /// <param name="name">Relative, within a folder.</param>
    public string? AddFile(string name)
    {
        AddFolder(name[..name.LastIndexOf('/')]);
        var place = PathOf(name);
        if (files.Count < mostKnown)
        {
            return files.Add(place) ? place : null;
        }

        hasMore = true;
        return files.Contains(place) || File.Exists(place) ? null : place;
    }

    /// <summary>All of the datum's files are there: folders that only datums before had go.</summary>
    public void Settle()
    {
        foreach (var name in folders.Except(used).OrderByDescending(name => name.Length).ToList())
        {
            Directory.Delete(PathOf(name));
            folders.Remove(name);
        }
    }

    /// <summary>Moves the datum's inputs into another folder of the same file system.</summary>
    public void MoveTo(string other)
    {
        foreach (var name in Inputs())
        {
            NativeFiles.Move(PathOf(name), System.IO.Path.Combine(other, name));
        }
    }

    /// <summary>Moves them back.</summary>
    public void MoveFrom(string other)
    {
        foreach (var name in Inputs())
        {
            NativeFiles.Move(System.IO.Path.Combine(other, name), PathOf(name));
        }
    }

    /// <summary>Removes the datum's files; its folders stay for the next datum.</summary>
    public void Clear()
    {
        if (hasMore)
        {
            Scratch.Empty(path);
            folders.Clear();
        }
        else
        {
            foreach (var file in files)
            {
                File.Delete(file);
            }
        }

        files.Clear();
        used.Clear();
        hasMore = false;
    }

    private IEnumerable<string> Inputs() => used.Where(name => !name.Contains('/'));

    private string PathOf(string name) => System.IO.Path.Combine(path, name);
}
