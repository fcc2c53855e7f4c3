using System.Text.RegularExpressions;
using Braid.Cli.Archives;
using Braid.Cli.Connection.Tracking;
using Braid.Cli.Transfers;

namespace Braid.Cli.OfflineSessions;

/// <summary>Brings files of a session to the file server: those that something refers to, each once.</summary>
/// <param name="task">The task that is made.</param>
internal sealed partial class OfflineFiles(
    ClearMLClient clearml,
    OfflineSession session,
    string task,
    TransferProgress progress
)
{
    private const string folder = "data/";

    private readonly Dictionary<string, string> addresses = [];

    /// <summary>
    /// The address of a file that a path of the machine where the session ran means, once it is on the file server; null when the session
    /// holds no such file.
    /// </summary>
    public async Task<string?> AddressOfAsync(string reference, CancellationToken ct) =>
        Named(reference) is { } member ? await AddressOfAsync(member, PathOf(member), ct) : null;

    /// <summary>The same for a file of the session that is to be stored under a path.</summary>
    public async Task<string> AddressOfAsync(ZipMember member, string path, CancellationToken ct)
    {
        if (!addresses.TryGetValue(member.Path, out var address))
        {
            address = await clearml.UploadAsync(
                path,
                () => new MemberContent(member, session.ReadAsync(member, ct), progress),
                ct
            );
            addresses[member.Path] = address;
            progress.Add(1, 0);
        }

        return address;
    }

    /// <summary>The path below the file server of a file below <c>data/</c>: that of the task instead of the session's.</summary>
    private string PathOf(ZipMember member) => Owner().Replace(member.Path[folder.Length..], $".{task}/", 1);

    /// <summary>The file below <c>data/</c> whose path is the longest end of the reference.</summary>
    private ZipMember? Named(string reference)
    {
        var path = reference.Replace('\\', '/');
        if (!Owner().IsMatch(path))
        {
            return null;
        }

        for (var start = 0; start >= 0; start = NextSegment(path, start))
        {
            var end = path[start..];
            if ((session.Find(folder + end) ?? session.Find(folder + Uri.UnescapeDataString(end))) is { } member)
            {
                return member;
            }
        }

        return null;
    }

    private static int NextSegment(string path, int start) =>
        path.IndexOf('/', start) + 1 is > 0 and var next ? next : -1;

    /// <summary>The end of the folder's name of a task or model that was made offline.</summary>
    [GeneratedRegex(@"\.offline-[0-9a-f]{32}/", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Owner();
}
