using System.Collections.Concurrent;
using Braid.Client.Backends;
using Braid.Testing;

namespace Braid.Client.Tests;

/// <summary>Starts experiments whose spool is a folder of the test's own.</summary>
internal sealed class Runs : IDisposable
{
    private readonly TempFolder spool = new();
    private readonly ConcurrentQueue<string> problems = new();

    public string Spool => spool.Path;

    public IReadOnlyList<string> Problems => [.. problems];

    public LoggingOptions To(params IBackend[] backends) =>
        new()
        {
            Backends = backends,
            SpoolRoots = [spool.Path],
            OnProblem = problems.Enqueue,
        };

    public Experiment Start(params IBackend[] backends) => Experiment.StartLogging("run", "project", To(backends));

    public void Dispose() => spool.Dispose();
}
