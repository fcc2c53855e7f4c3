using Braid.Client.Backends.Http;

namespace Braid.Client.Backends.ClearML;

/// <summary>Any ClearML server: REST with a key pair, and its file server.</summary>
public sealed class ClearMLBackend(ClearMLOptions options) : IBackend
{
    /// <inheritdoc/>
    public string Name => "clearml";

    /// <inheritdoc/>
    public string Address => ServerAddress.Of(options.ApiHost);

    /// <inheritdoc/>
    public bool CanShareRuns => true;

    /// <inheritdoc/>
    public async Task<IRunSink> OpenAsync(RunStart start, SinkContext context, CancellationToken ct)
    {
        var server = new ClearMLServer(options, context);
        try
        {
            var task = await new ClearMLRunStart(server, start).StartAsync(ct);
            return new ClearMLSink(task, server, context);
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }
}
