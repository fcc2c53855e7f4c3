using Braid.Cli.CommandLine;

namespace Braid.Cli.Imports;

/// <summary>One commit of a git repository, on this machine or fetched from another into a folder of its own.</summary>
internal sealed class GitCheckout : IDisposable
{
    /// <summary>What an address begins with that is a git repository's.</summary>
    public const string Prefix = "git+";

    private readonly string? fetched;

    private GitCheckout(string folder, string commit, string subject, string? fetched) =>
        (Folder, Commit, Subject, this.fetched) = (folder, commit, subject, fetched);

    public string Folder { get; }

    /// <summary>Its full id.</summary>
    public string Commit { get; }

    /// <summary>The first line of its message.</summary>
    public string Subject { get; }

    /// <param name="source">A folder, or what <c>git fetch</c> takes.</param>
    /// <param name="reference">A branch, tag or commit; null for what is checked out.</param>
    /// <exception cref="Failure">There is no such repository or commit.</exception>
    public static async Task<GitCheckout> OpenAsync(string source, string? reference, CancellationToken ct)
    {
        if (Directory.Exists(source))
        {
            return await FindAsync(source, reference ?? "HEAD", null, ct);
        }

        var folder = Directory.CreateTempSubdirectory("braid-git-").FullName;
        try
        {
            await GitProcess.ReadAsync(folder, ct, "init", "--quiet", "--bare");
            await GitProcess.ReadAsync(
                folder,
                ct,
                ["fetch", "--quiet", "--no-tags", "--depth", "1", "--", source, reference ?? "HEAD"]
            );
            return await FindAsync(folder, "FETCH_HEAD", folder, ct);
        }
        catch
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    /// <summary>Opens what <c>git+URL#REF</c> names.</summary>
    public static Task<GitCheckout> OpenAsync(string address, CancellationToken ct)
    {
        var (url, reference) = address[Prefix.Length..].Split('#', 2) is [var u, var r]
            ? (u, r)
            : (address[Prefix.Length..], null);
        var isLocal = url.StartsWith("file://", StringComparison.Ordinal);
        return OpenAsync(isLocal ? new Uri(url).LocalPath : url, reference, ct);
    }

    public void Dispose()
    {
        if (fetched is not null)
        {
            Directory.Delete(fetched, recursive: true);
        }
    }

    private static async Task<GitCheckout> FindAsync(
        string folder,
        string reference,
        string? fetched,
        CancellationToken ct
    )
    {
        var commit = await GitProcess.ReadAsync(
            folder,
            ct,
            ["rev-parse", "--verify", "--end-of-options", $"{reference}^{{commit}}"]
        );
        var subject = await GitProcess.ReadAsync(folder, ct, "log", "-1", "--format=%s", commit);
        return new(folder, commit, subject, fetched);
    }
}
