using Braid.Client.Backends.ClearML;
using Braid.Client.Backends.Http;
using Braid.Client.Backends.MLflow;

namespace Braid.Client.Backends.BraidServer;

/// <summary>
/// A Braid server by two of its doors and one ID: ClearML's, which takes the most (plots, debug samples, artifacts, the console, values that
/// are not finite), and MLflow's for what ClearML has no word for: numbered versions of registered models, tags with values.
/// </summary>
/// <param name="clearML">ClearML's door.</param>
/// <param name="mlflow">MLflow's door; without it ClearML's takes everything.</param>
public sealed class BraidBackend(ClearMLOptions clearML, MLflowOptions? mlflow) : IBackend
{
    private readonly ClearMLBackend clearMLDoor = new(clearML);
    private readonly MLflowBackend? mlflowDoor = mlflow is null ? null : new(mlflow);

    /// <inheritdoc/>
    public string Name => "braid";

    /// <inheritdoc/>
    public string Address => ServerAddress.Of(clearML.ApiHost);

    /// <inheritdoc/>
    public bool CanShareRuns => true;

    /// <inheritdoc/>
    public async Task<IRunSink> OpenAsync(RunStart start, SinkContext context, CancellationToken ct)
    {
        if (mlflowDoor is null)
        {
            return await clearMLDoor.OpenAsync(start, context, ct);
        }

        var run = await clearMLDoor.OpenAsync(start, context, ct);
        try
        {
            var joined = start with { RunId = run.RunId, Continuation = Continuation.New };
            return new BraidSink(run, await mlflowDoor.OpenAsync(joined, context, ct));
        }
        catch
        {
            await run.DisposeAsync();
            throw;
        }
    }
}
