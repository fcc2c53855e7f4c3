using Braid.Cli.CommandLine;

namespace Braid.Cli.Workloads;

/// <summary>Says which project work belongs to from now on.</summary>
internal static class ConfigProject
{
    public static Command Command { get; } =
        new Command("config project", "<name>", "Make a project the one that work belongs to when none is named.")
        {
            RunAsync = RunAsync,
        }.Taking(1);

    /// <exception cref="Failure">There is no such project.</exception>
    public static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var name = call.Arguments[0];
        var shares = (await WorkloadCalls.SharesAsync(call, ct)).Shares;
        if (shares.FirstOrDefault(share => share.Name == name) is not { } found)
        {
            throw new Failure($"there is no project '{name}': {string.Join(", ", shares.Select(share => share.Name))}");
        }

        if (found.IsDepartment)
        {
            throw new Failure($"'{name}' is a department: work belongs to one of its projects");
        }

        await ProjectChoice.KeepAsync(call, name);
        call.Out.Write($"Project {name} has been set as default project\n");
        return 0;
    }
}
