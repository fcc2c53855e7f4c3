using System.Text.Json;
using Braid.Load.Machine;
using Braid.Load.Report;

namespace Braid.Load.Scenarios;

/// <summary>A program that uses ClearML's SDK as it comes: one task, a thousand scalars.</summary>
internal sealed class StockSdk(LoadOptions options, WorkFolder work)
{
    private const int scalars = 1000;

    /// <summary>A server compiles what it runs often while it runs: it costs more at first.</summary>
    private const int moreRuns = 3;

    private static readonly string program = $"""
        from clearml import Task
        task = Task.init(project_name="load", task_name="sdk", auto_connect_frameworks=False, auto_resource_monitoring=False)
        log = task.get_logger()
        for step in range({scalars}):
            log.report_scalar("loss", "train", 1 / (1 + step), step)
        task.close()
        """;

    public async Task RunAsync(Table table)
    {
        if (options.Python is not { } python)
        {
            await Console.Error.WriteLineAsync("  left out: --python names none that has the SDK");
            return;
        }

        await using var server = await LoadServer.StartAsync(options, work);
        var script = work.New("sdk") + ".py";
        await File.WriteAllTextAsync(script, program);
        var command = $"{await VariablesAsync(server)} {python} {script}";
        await Shell.RunAsync(command);
        await MeasureAsync(table, server, command, "a server's second time");
        for (var i = 0; i < moreRuns; i++)
        {
            await Shell.RunAsync(command);
        }

        await MeasureAsync(table, server, command, $"after {moreRuns} more");
    }

    private static async Task MeasureAsync(Table table, LoadServer server, string command, string when)
    {
        var before = server.OfServer();
        var client = await Shell.RunAsync(command);
        var cpu = server.OfServer() - before;
        table.Add(
            $"ClearML's SDK: init, {Table.Count(scalars)} scalars, close; {when}",
            $"{Table.Number(client.Wall, "s")}, of the server {Table.Number(cpu, "s")} of processor time",
            $"{Table.Number(client.Cpu, "s")} of the client's",
            Table.Number(cpu / client.Wall, ""),
            "server < 5 % of it",
            $"{Table.Number(cpu, "")}, {Table.Number(client.Cpu, "")}",
            server.PeakMiB()
        );
    }

    /// <summary>What tells the SDK of this server.</summary>
    private async Task<string> VariablesAsync(LoadServer server)
    {
        using var keys = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(server.Folder, "admin.json")));
        var (key, secret) = (keys.RootElement.GetProperty("access_key"), keys.RootElement.GetProperty("secret_key"));
        return $"HOME={work.Path} CLEARML_API_HOST={Door("clearml")} CLEARML_FILES_HOST={Door("files")}"
            + $" CLEARML_WEB_HOST={Door("web")} CLEARML_API_ACCESS_KEY={key} CLEARML_API_SECRET_KEY={secret}";

        string Door(string name) => server.Door(name).ToString().TrimEnd('/');
    }
}
