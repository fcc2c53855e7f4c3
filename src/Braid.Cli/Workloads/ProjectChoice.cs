using Braid.Cli.CommandLine;

namespace Braid.Cli.Workloads;

/// <summary>The project that work belongs to; other than the project of repos, it is a part of the machines.</summary>
internal static class ProjectChoice
{
    private const string usual = "default";

    /// <summary>What <c>-p</c> says, else what <c>config project</c> said.</summary>
    public static string Of(Invocation call) => call.Text(WorkloadFlags.Project) ?? Usual(call);

    public static string Usual(Invocation call) => call.Server.Context?.Context?.WorkProject ?? usual;

    public static Task KeepAsync(Invocation call, string name)
    {
        var context = call.Server.Context ?? throw new Failure("there is no context that could keep it");
        context.Change(call.World, call.Server.Uri, kept => kept.WorkProject = name);
        return Task.CompletedTask;
    }
}
