using Braid.Gateway.MLflow.Tests.Hosting;

namespace Braid.Gateway.MLflow.Tests.Replay;

/// <summary>
/// Sends again what stock clients sent on their normal day (experiments, runs, metrics, artifacts, a model, the registry,
/// searches) and holds every status and answer against what satisfied them; and, one by one, the requests whose answers were
/// compared with those of MLflow's own server: every limit, every comparator, every refusal.
/// </summary>
public sealed class ReplayTests
{
    public static TheoryData<string> Recordings =>
        [.. Directory.GetFiles(Folder, "*.jsonl").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Recorded");

    [Theory, MemberData(nameof(Recordings))]
    public async Task A_recorded_day_goes_the_same_way_again(string recording)
    {
        await using var server = await MLflowServer.StartAsync();
        await RecordedDay.ReplayAsync(server.Client, Path.Combine(Folder, recording), new Names());
    }
}
