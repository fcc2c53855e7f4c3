using Braid.Protos.Pfs;

namespace Braid.Cli.Mounting.Reading;

/// <summary>The one commit whose files are shown.</summary>
/// <param name="Commit">By its id.</param>
/// <param name="Time">When it was finished: the time of all its files.</param>
/// <param name="Size">Bytes of all its files.</param>
internal sealed record CommitView(Commit Commit, DateTimeOffset Time, long Size);

/// <summary>A file or directory of a commit.</summary>
internal readonly record struct FoundPath(string Name, bool IsDirectory, long Size);
