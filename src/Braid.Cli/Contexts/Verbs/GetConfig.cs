using Braid.Cli.CommandLine;
using Braid.Cli.Output;

namespace Braid.Cli.Contexts.Verbs;

/// <summary>The commands that show the config file.</summary>
internal static class GetConfig
{
    public static Command ActiveContext { get; } =
        Showing("config get active-context", "Show which context is the active one.", ActiveOf);

    public static Command ActiveEnterpriseContext { get; } =
        Showing(
            "config get active-enterprise-context",
            "Show which context pachctl takes for the enterprise server.",
            call => ConfigFile.Open(call.World).ActiveEnterpriseName is { Length: > 0 } name ? name : ActiveOf(call)
        );

    public static Command Metrics { get; } =
        Showing(
            "config get metrics",
            "Show whether pachctl tells its makers how it is used; braid never does.",
            call => ConfigFile.Open(call.World).SendsMetrics ? "true" : "false"
        );

    public static Command Context { get; } =
        new Command("config get context", "<context>", "Show a context as JSON.")
        {
            RunAsync = (call, _) =>
            {
                call.Out.WriteLine(IndentedJson.Of(ConfigFile.Open(call.World).Get(call.Arguments[0]).Fields));
                return Task.FromResult(0);
            },
        }.Taking(1);

    public static Command List { get; } =
        new Command("config list context", "", "List the contexts.") { RunAsync = ListAsync }.Taking(0);

    private static Task<int> ListAsync(Invocation call, CancellationToken ct)
    {
        var file = ConfigFile.Open(call.World);
        var active = ContextChoice.Active(file, call.World)?.Name;
        call.Out.Write("ACTIVE\tNAME\n");
        foreach (var name in file.Names)
        {
            var marks = (name == file.ActiveEnterpriseName ? "E" : "") + (name == active ? "*" : "");
            call.Out.Write($"{marks}\t{name}\n");
        }

        return Task.FromResult(0);
    }

    private static string ActiveOf(Invocation call) =>
        ContextChoice.Active(ConfigFile.Open(call.World), call.World)?.Name ?? "NONE";

    private static Command Showing(string name, string summary, Func<Invocation, string> value) =>
        new Command(name, "", summary)
        {
            RunAsync = (call, _) =>
            {
                call.Out.WriteLine(value(call));
                return Task.FromResult(0);
            },
        }.Taking(0);
}
