namespace Braid.Data.Remote;

/// <summary>Which addresses the server reads from and writes to for its users, who may be others than its administrator.</summary>
public sealed record RemoteRules
{
    /// <summary>Nothing but public web servers and buckets.</summary>
    public static RemoteRules Default { get; } = new();

    /// <summary>Folders of this machine that <c>file://</c> reaches; what lies outside of them does not exist.</summary>
    public IReadOnlyList<string> Folders { get; init; } = [];

    /// <summary>
    /// Web servers on loopback, link-local and private addresses may be asked: only where whoever can call this server could
    /// ask them, too.
    /// </summary>
    public bool AllowsPrivate { get; init; }

    /// <summary>Of one file.</summary>
    public long MostBytes { get; init; } = 1L << 40;

    /// <summary>How long the other side may send nothing.</summary>
    public TimeSpan LongestSilence { get; init; } = TimeSpan.FromSeconds(60);
}
