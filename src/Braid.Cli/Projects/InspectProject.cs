using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Output;
using Braid.Protos.Pfs;

namespace Braid.Cli.Projects;

internal static class InspectProject
{
    public static Command Command { get; } =
        new Command("inspect project", "<project>", "Show a project.")
        {
            Flags = [.. Flags.Format],
            RunAsync = RunAsync,
        }.Taking(1);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var format = RecordFormat.Of(call);
        var request = new InspectProjectV2Request { Project = new() { Name = call.Arguments[0] } };
        var answer = await call.Pach.CallAsync(PfsMethods.InspectProjectV2, request, ct);
        if (format is not null)
        {
            format.Print(answer.Info);
            return 0;
        }

        var fields = new FieldList(call.Out);
        fields.Write("Name", answer.Info.Project.Name);
        fields.WriteGiven("Description", answer.Info.Description);
        fields.WriteGiven("Created at", answer.Info.CreatedAt is null ? "" : Style.FullTime(answer.Info.CreatedAt));
        Access.Write(fields, answer.Info.AuthInfo);
        fields.WriteGiven("Defaults", answer.DefaultsJson);
        return 0;
    }
}
