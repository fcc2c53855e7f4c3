namespace Braid.Pipelines.Workers.Outputs;

/// <summary>
/// Where a path that user code named lies on this machine. Links are followed one component at a time and only inside
/// <c>/pfs</c>, as the program saw it: a link must never make the server read a file that the program could not.
/// </summary>
internal sealed class SandboxPaths(string inputFolder, string outputFolder)
{
    public const string Out = "/pfs/out";
    private const string pfs = "/pfs/";
    private const int mostLinks = 40;

    /// <summary>Where <c>/pfs/out</c> lies.</summary>
    public string Output => outputFolder;

    /// <summary>The final place, inside the sandbox and outside; null when it is not below <c>/pfs</c> or is not there.</summary>
    public (string Inside, string Outside)? Resolve(string inside)
    {
        var path = Path.GetFullPath(inside);
        for (var links = 0; links < mostLinks; links++)
        {
            if (FirstLink(path) is not var (link, target, below))
            {
                return Outside(path) is { } outside && Path.Exists(outside) ? (path, outside) : null;
            }

            path = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(link) ?? "/", target, below));
        }

        return null;
    }

    /// <summary>Only output holds links, since inputs are laid out by the server.</summary>
    private (string Link, string Target, string Below)? FirstLink(string path)
    {
        if (!path.StartsWith(Out + "/", StringComparison.Ordinal))
        {
            return null;
        }

        for (var end = path.IndexOf('/', Out.Length + 1); ; end = path.IndexOf('/', end + 1))
        {
            var part = end < 0 ? path : path[..end];
            if (new FileInfo(Outside(part) ?? "").LinkTarget is { } target)
            {
                return (part, target, end < 0 ? "" : path[(end + 1)..]);
            }

            if (end < 0)
            {
                return null;
            }
        }
    }

    private string? Outside(string path) =>
        path == Out || path.StartsWith(Out + "/", StringComparison.Ordinal) ? outputFolder + path[Out.Length..]
        : path.StartsWith(pfs, StringComparison.Ordinal) ? $"{inputFolder}/{path[pfs.Length..]}"
        : null;
}
