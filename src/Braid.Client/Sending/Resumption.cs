using System.Text.Json;
using Braid.Client.Backends;
using Braid.Client.Ranks;
using Braid.Client.Spooling;

namespace Braid.Client.Sending;

/// <summary>
/// Sends what earlier processes left in the spool folder: those whose backends are configured now, at the same addresses. First those of
/// the first ranks of distributed trainings, which make the runs that the others log into.
/// </summary>
internal sealed class Resumption(LoggingOptions options, Problems problems)
{
    private readonly HashSet<string> seen = [];

    /// <summary>Which of the folders are to be sent.</summary>
    public Func<HeldFolder, bool> Takes { get; init; } = _ => true;

    /// <summary>The backend that is meant by one that a spool names; null when it is not configured.</summary>
    public Func<SpooledBackend, IBackend?> BackendOf { get; init; } =
        spooled =>
            options.Backends.FirstOrDefault(each => each.Name == spooled.Name && each.Address == spooled.Address);

    public async Task<ResumeReport> RunAsync(CancellationToken ct)
    {
        var (sent, left) = (0, 0);
        foreach (var isOfFirstRanks in new[] { true, false })
        {
            foreach (var folder in options.SpoolRoots.Distinct().SelectMany(Left))
            {
                using (folder)
                {
                    if (!Takes(folder) || (isOfFirstRanks && IsOfAnotherRank(folder)) || !seen.Add(folder.Path))
                    {
                        continue;
                    }

                    var isSent = await TrySendAsync(folder, ct);
                    (sent, left) = isSent ? (sent + 1, left) : (sent, left + 1);
                }
            }
        }

        return new(sent, left);
    }

    private static IEnumerable<HeldFolder> Left(string root) => SpoolFolders.Left(root, FolderAccess.Me);

    private static bool IsOfAnotherRank(HeldFolder folder)
    {
        try
        {
            return SpoolFolders.Read(folder.Path).Start.Rank > 0;
        }
        catch (Exception error) when (IsUnreadable(error))
        {
            return false; // told when it is to be sent
        }
    }

    private static bool IsUnreadable(Exception error) =>
        error
            is IOException
                or UnauthorizedAccessException
                or InvalidDataException
                or JsonException
                or KeyNotFoundException;

    /// <summary>One that cannot be read keeps no other from being sent.</summary>
    private async Task<bool> TrySendAsync(HeldFolder folder, CancellationToken ct)
    {
        try
        {
            return await SendAsync(folder, ct);
        }
        catch (Exception error) when (IsUnreadable(error))
        {
            problems.Report($"{folder.Path} cannot be sent: {error.Message}");
            return false;
        }
    }

    /// <summary>Whether all of it is sent, and the folder gone.</summary>
    private async Task<bool> SendAsync(HeldFolder folder, CancellationToken ct)
    {
        var content = SpoolFolders.Read(folder.Path);
        var start = content.Start with { Key = folder.Name, IsRepeated = true };
        using var spool = Spool.Open(folder.Path);
        string[] roots = [folder.Root, .. options.SpoolRoots];
        var ranks = new RankIds(roots, content.Launch, isOver: true, problems.Report, options.Clock);
        var lanes = content
            .Backends.Where(backend => !SpoolFolders.IsDone(folder.Path, backend.Name))
            .Select(backend => (backend.Name, Backend: BackendOf(backend)))
            .ToList();
        var sending = lanes
            .Where(lane => lane.Backend is not null)
            .Select(lane => new Lane(lane.Backend!, start, spool, ranks, options.Clock, problems)) // not null: just asked
            .ToList();
        await Task.WhenAll(sending.Select(lane => lane.RunAsync(ct)));
        foreach (var lane in sending)
        {
            lane.Dispose();
        }

        var isSent = sending.Count == lanes.Count && sending.All(lane => lane.IsDone);
        if (isSent)
        {
            SpoolFolders.Remove(folder);
        }

        return isSent;
    }
}
