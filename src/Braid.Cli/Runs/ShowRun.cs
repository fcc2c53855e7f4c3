using Braid.Cli.CommandLine;
using Braid.Cli.Connection;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Connection.Tracking;
using Braid.Cli.Naming;
using Braid.Cli.Output;

namespace Braid.Cli.Runs;

/// <summary>Shows a run as every protocol names it.</summary>
internal static class ShowRun
{
    private static readonly Flag data = Flags.Value("data", null, "The server's folder; BRAID_DATA when not given.");

    public static Command Command { get; } =
        new Command("inspect run", "<id>", "Show a run as Pachyderm, ClearML and MLflow name it.")
        {
            Flags = [data],
            RunAsync = RunAsync,
        }.Taking(1);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var id = call.Arguments[0];
        if (!Names.IsId(id))
        {
            throw new Failure($"\"{id}\" is no ID: expected 32 hexadecimal digits");
        }

        var folder = call.Text(data) ?? call.World.Variable("BRAID_DATA") ?? "";
        var server =
            ServerFolder.Read(folder)
            ?? throw new Failure("which server? Name its folder: braid inspect run ID --data DIR, or set BRAID_DATA");
        using var pach = new PachClient(new ServerAddress(ServerAddress.Parse(server.Pachyderm), server.Token, null));
        using var clearml = new ClearMLClient(ClearMLAddress.Of(server));
        using var mlflow = new MLflowClient(server);
        var views = await new RunViews(pach, clearml, mlflow).OfAsync(id, ct);
        if (views.Count == 0)
        {
            throw new Failure($"no protocol knows a run {id}");
        }

        Write(call, views);
        return 0;
    }

    private static void Write(Invocation call, IReadOnlyList<RunView> views)
    {
        var table = new Table(call.Out, "PROTOCOL", "CALLS IT", "ID", "NAME", "STATE");
        foreach (var view in views)
        {
            table.Add(view.Protocol, view.Word, view.Id, view.Name, view.State);
        }

        table.Finish();
    }
}
