namespace Braid.Cli.MLflowImports.Sources;

/// <summary>Links among the files of a source, which may be anybody's: one could lead to any file of this machine.</summary>
internal static class SymbolicLinks
{
    /// <summary>Refuses a folder that is a link itself.</summary>
    /// <exception cref="Unreadable">It is one.</exception>
    public static void Refuse(string folder)
    {
        if (new DirectoryInfo(folder).LinkTarget is not null)
        {
            throw new Unreadable($"{folder} is a link: it is not followed");
        }
    }

    /// <summary>Refuses a folder that is not below a root, or is reached from there through a link.</summary>
    /// <param name="root">The user named it, and may have named a link.</param>
    /// <exception cref="Unreadable">It is such a folder.</exception>
    public static void RefuseBelow(string root, string folder)
    {
        var way = Path.GetRelativePath(root, folder).Split('/');
        if (way[0] is "" or "." or "..")
        {
            throw new Unreadable($"{folder} is not below {root}: it is not read");
        }

        var place = root;
        foreach (var part in way)
        {
            place = Path.Combine(place, part);
            Refuse(place);
        }
    }
}
