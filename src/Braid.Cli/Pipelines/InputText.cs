using Braid.Protos.Pps;

namespace Braid.Cli.Pipelines;

/// <summary>A pipeline's input in short: <c>images:/*</c>, <c>(a:/ ⨯ b:/)</c>.</summary>
internal static class InputText
{
    public static string Of(Input? input, string project) =>
        input switch
        {
            { Pfs: { } pfs } => $"{Prefix(pfs, project)}{pfs.Repo}:{pfs.Glob}",
            { Cron: { } cron } => $"{cron.Name}:{cron.Spec}",
            { Cross.Count: > 0 } => Joined(input.Cross, " ⨯ ", project),
            { Join.Count: > 0 } => Joined(input.Join, " ⋈ ", project),
            { Union.Count: > 0 } => Joined(input.Union, " ∪ ", project),
            { Group.Count: > 0 } => $"(Group: {string.Join(", ", input.Group.Select(part => Of(part, project)))})",
            _ => "none",
        };

    private static string Prefix(PFSInput pfs, string project) =>
        pfs.Project.Length > 0 && pfs.Project != project ? pfs.Project + "/" : "";

    private static string Joined(IEnumerable<Input> parts, string sign, string project) =>
        $"({string.Join(sign, parts.Select(part => Of(part, project)))})";
}
