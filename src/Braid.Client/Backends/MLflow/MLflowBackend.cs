using Braid.Client.Backends.Http;

namespace Braid.Client.Backends.MLflow;

/// <summary>
/// Any server that speaks MLflow's REST protocol. What MLflow has no place for becomes files of the run: images, figures,
/// histograms, texts, tables and sounds by name and step. Lines of the console are not sent.
/// </summary>
public sealed class MLflowBackend(MLflowOptions options) : IBackend
{
    /// <inheritdoc/>
    public string Name => "mlflow";

    /// <inheritdoc/>
    public string Address => ServerAddress.Of(options.TrackingUri);

    /// <inheritdoc/>
    public bool CanShareRuns => true;

    /// <inheritdoc/>
    public async Task<IRunSink> OpenAsync(RunStart start, SinkContext context, CancellationToken ct)
    {
        var server = new MLflowServer(options, context);
        try
        {
            return new MLflowSink(
                await MLflowRunStart.StartAsync(server, start, options, context, ct),
                server,
                context
            );
        }
        catch (MLflowRefusal refusal)
        {
            server.Dispose();
            throw refusal.ToBackend();
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }
}
