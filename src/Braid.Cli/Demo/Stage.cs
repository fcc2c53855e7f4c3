using Braid.Cli.CommandLine;
using Braid.Cli.Connection;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Connection.Tracking;
using Braid.Cli.Servers;

namespace Braid.Cli.Demo;

/// <summary>Where the story is told: its server, the connections to it, and the narrator's voice.</summary>
internal sealed class Stage(LocalServer server, Surroundings world) : IDisposable
{
    private PachClient? pach;
    private ClearMLClient? clearml;
    private MLflowClient? mlflow;

    public LocalServer Server => server;

    public TextWriter Out => world.Out;

    public TimeProvider Clock => world.Clock;

    /// <summary>Over Pachyderm's gRPC.</summary>
    public PachClient Pach =>
        pach ??= new(new ServerAddress(ServerAddress.Parse(server.Doors.Pachyderm), server.Doors.Token, null));

    public ClearMLClient ClearML => clearml ??= new(ClearMLAddress.Of(server.Doors));

    public MLflowClient MLflow => mlflow ??= new(server.Doors);

    /// <summary>After a restart the doors are elsewhere.</summary>
    public void Reconnect()
    {
        Dispose();
        (pach, clearml, mlflow) = (null, null, null);
    }

    public void Say(string text) => world.Out.WriteLine($"  {text}");

    public void Title(string text) => world.Out.WriteLine($"\n{text}");

    /// <summary>Runs a command as the reader would, and shows it with what it prints.</summary>
    /// <exception cref="Failure">It did not succeed.</exception>
    public async Task RunAsync(string[] words, CancellationToken ct)
    {
        world.Out.WriteLine($"  $ braid {string.Join(' ', words)}");
        using var output = new StringWriter();
        var inner = world with { Out = output, UsesColor = false, Variable = VariableOf };
        var code = await Dispatcher.RunAsync(words, inner, ct);
        foreach (var line in output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            world.Out.WriteLine($"    {line.TrimEnd()}");
        }

        Check(code == 0, $"braid {string.Join(' ', words)} ended with {code}");
    }

    /// <exception cref="Failure">What the story tells is not so.</exception>
    public static void Check(bool isSo, string otherwise)
    {
        if (!isSo)
        {
            throw new Failure($"the demo is not as told: {otherwise}");
        }
    }

    public void Dispose()
    {
        pach?.Dispose();
        clearml?.Dispose();
        mlflow?.Dispose();
    }

    private string? VariableOf(string name) =>
        name switch
        {
            "PACHD_ADDRESS" => server.Doors.Pachyderm,
            "BRAID_TOKEN" => server.Doors.Token,
            "BRAID_DATA" => server.Folder,
            _ => world.Variable(name),
        };
}
