using Braid.Scoring.Models;
using Braid.Scoring.Serving;
using Braid.Testing;

namespace Braid.Scoring.Tests.Hosting;

/// <summary>One of the models in <c>Models/</c>, served on a port of its own.</summary>
internal sealed class ServedModel : IAsyncDisposable
{
    private readonly StringWriter log;
    private readonly ScoringHost host;

    private ServedModel(ScoringHost host, StringWriter log)
    {
        this.host = host;
        this.log = log;
        Http = new() { BaseAddress = host.Address };
    }

    public HttpClient Http { get; }

    /// <summary>What workers and the program said.</summary>
    public string Log => log.ToString();

    public static string FolderOf(string name) => Repository.PathOf("tests", "Braid.Scoring.Tests", "Models", name);

    public static Task<ServedModel> StartAsync(string name, string python, ScoringOptions? options = null) =>
        StartAsync(ModelFolder.Read(FolderOf(name)), python, options);

    public static async Task<ServedModel> StartAsync(ModelFolder model, string python, ScoringOptions? options = null)
    {
        var log = new StringWriter();
        var own = options ?? new ScoringOptions { Model = model.Folder };
        var shared = TextWriter.Synchronized(log);
        return new(
            await ScoringHost.StartAsync(own with { Port = 0, Python = python }, model, shared, CancellationToken.None),
            log
        );
    }

    /// <summary>Asks for predictions with a JSON body.</summary>
    public Task<HttpResponseMessage> AskAsync(string json) =>
        Http.PostAsync(new Uri("/invocations", UriKind.Relative), new StringContent(json, null, "application/json"));

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await host.DisposeAsync();
    }
}
