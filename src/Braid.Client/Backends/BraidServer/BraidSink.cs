using Braid.Client.Records;

namespace Braid.Client.Backends.BraidServer;

/// <summary>One run behind two doors: each record goes through the one that keeps more of it.</summary>
internal sealed class BraidSink(IRunSink clearML, IRunSink mlflow) : IRunSink
{
    public string RunId => clearML.RunId;

    public async Task LogAsync(IReadOnlyList<LogRecord> records, CancellationToken ct)
    {
        var registered = records.Where(IsForRegistry).ToList();
        if (registered.Count < records.Count)
        {
            await clearML.LogAsync([.. records.Where(record => !IsForRegistry(record))], ct);
        }

        if (registered.Count > 0)
        {
            await mlflow.LogAsync(registered, ct);
        }
    }

    public Task EndAsync(RunEnd end, CancellationToken ct) => clearML.EndAsync(end, ct);

    public async ValueTask DisposeAsync()
    {
        await clearML.DisposeAsync();
        await mlflow.DisposeAsync();
    }

    private static bool IsForRegistry(LogRecord record) => record.Kind is RecordKind.Model or RecordKind.Tag;
}
