using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Mounting.Overlay;
using Braid.Grpc.Statuses;

namespace Braid.Cli.Mounting.Processes;

/// <summary>Commits every overlay of a mount: one commit for each branch that was changed.</summary>
internal static class CommitAll
{
    private const string failed = "failed: ";

    /// <summary>A line says that something was not committed.</summary>
    public static bool IsFailure(string line) => line.StartsWith(failed, StringComparison.Ordinal);

    /// <summary>A line for each branch. What was committed is gone from the folder; what was not is still there.</summary>
    public static async Task<IReadOnlyList<string>> RunAsync(
        PachClient pach,
        MountFolder folder,
        IEnumerable<OverlayFolder> overlays,
        string directory,
        CancellationToken ct
    )
    {
        var lines = new List<string>();
        foreach (var overlay in overlays)
        {
            using (overlay)
            {
                lines.AddRange(await OneAsync(pach, folder, overlay, directory, ct));
            }
        }

        return lines;
    }

    private static async Task<IReadOnlyList<string>> OneAsync(
        PachClient pach,
        MountFolder folder,
        OverlayFolder overlay,
        string directory,
        CancellationToken ct
    )
    {
        var title = overlay.Target.Title;
        try
        {
            var made = await new OverlayCommit(pach, overlay).RunAsync($"braid mount {directory}", ct);
            Directory.Delete(overlay.Path, recursive: true);
            return made is null
                ? []
                :
                [
                    $"committed {title}={made.Commit}: {made.Changes} {(made.Changes == 1 ? "change" : "changes")}"
                        + (made.Moved ? ", on top of commits that came while it was mounted" : ""),
                ];
        }
        catch (Exception error) when (error is GrpcException or IOException)
        {
            var reason = error is GrpcException refused ? refused.Status.Message : error.Message;
            return
            [
                $"{failed}{title} was not committed: {reason}. The changes are kept in {overlay.Path}; "
                    + $"braid unmount {directory} --commit tries again, --discard gives them up",
            ];
        }
    }
}
