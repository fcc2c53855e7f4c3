using System.Text.Json;
using Braid.Client.Backends;
using Braid.Client.Ranks;
using Braid.Client.Spooling;

namespace Braid.Client.Sending;

/// <summary>Sends what earlier processes left in the spool folder: those whose backends are configured now, at the same addresses.</summary>
internal sealed class Resumption(LoggingOptions options, Problems problems)
{
    public async Task<ResumeReport> RunAsync(CancellationToken ct)
    {
        var report = new ResumeReport(0, 0);
        foreach (var folder in options.SpoolRoots.Distinct().SelectMany(SpoolFolders.Left))
        {
            using (folder)
            {
                report = await TrySendAsync(folder, ct)
                    ? report with
                    {
                        Sent = report.Sent + 1,
                    }
                    : report with
                    {
                        Left = report.Left + 1,
                    };
            }
        }

        return report;
    }

    /// <summary>One that cannot be read keeps no other from being sent.</summary>
    private async Task<bool> TrySendAsync(HeldFolder folder, CancellationToken ct)
    {
        try
        {
            return await SendAsync(folder, ct);
        }
        catch (Exception error)
            when (error is IOException or InvalidDataException or JsonException or KeyNotFoundException)
        {
            problems.Report($"{folder.Path} cannot be sent: {error.Message}");
            return false;
        }
    }

    /// <summary>Whether all of it is sent, and the folder gone.</summary>
    private async Task<bool> SendAsync(HeldFolder folder, CancellationToken ct)
    {
        var (start, spooled) = SpoolFolders.Read(folder.Path);
        using var spool = Spool.Open(folder.Path);
        var ranks = RankIds.Nobody(options.Clock);
        var lanes = spooled
            .Where(backend => !SpoolFolders.IsDone(folder.Path, backend.Name))
            .Select(backend => (backend.Name, Backend: Configured(backend)))
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

    private IBackend? Configured(SpooledBackend spooled) =>
        options.Backends.FirstOrDefault(backend => backend.Name == spooled.Name && backend.Address == spooled.Address);
}
