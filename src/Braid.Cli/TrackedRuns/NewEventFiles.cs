using Braid.Cli.Connection.Tracking;
using Braid.Cli.EventFiles;
using Braid.TensorBoard.Logs;

namespace Braid.Cli.TrackedRuns;

/// <summary>
/// The TensorBoard files that a program writes below its folder, sent as they grow. Files from before are not its own, unless they grow.
/// </summary>
internal sealed class NewEventFiles
{
    /// <summary>A look through a large folder takes long: it is done so much less often.</summary>
    private const int idleForLook = 20;

    private static readonly TimeSpan shortest = TimeSpan.FromSeconds(2);

    private readonly EventShipper shipper;
    private readonly string root;
    private readonly TimeProvider clock;
    private readonly Dictionary<string, long> before;
    private long looked;
    private TimeSpan wait;

    /// <param name="onRefused">Is told once of each file that the server refuses.</param>
    public NewEventFiles(TrackingClient server, string root, string run, TimeProvider clock, Action<string> onRefused)
    {
        (this.root, this.clock) = (root, clock);
        shipper = new(server, root, run) { NameOf = file => LogDirectory.NameInRun(file.Path), OnRefused = onRefused };
        before = Look().ToDictionary(file => file.Path, Length, StringComparer.Ordinal);
    }

    /// <summary>Sends what is new, if it is time to look again.</summary>
    public async Task SendAsync(CancellationToken ct)
    {
        if (clock.GetElapsedTime(looked) >= wait)
        {
            await SendAllAsync(ct);
        }
    }

    public Task SendAllAsync(CancellationToken ct) => shipper.ShipAsync(Look().Where(IsOwn), ct);

    private IReadOnlyList<EventFilePath> Look()
    {
        var started = clock.GetTimestamp();
        var found = LogDirectory.Find(root);
        looked = clock.GetTimestamp();
        var pause = clock.GetElapsedTime(started, looked) * idleForLook;
        wait = pause > shortest ? pause : shortest;
        return found;
    }

    private bool IsOwn(EventFilePath file) => !before.TryGetValue(file.Path, out var length) || Length(file) != length;

    private long Length(EventFilePath file)
    {
        var found = new FileInfo(Path.Combine(root, file.Path));
        return found.Exists ? found.Length : 0;
    }
}
