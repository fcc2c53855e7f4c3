namespace Braid.Cli.Plans;

/// <summary>Pipelines as they are shown: with their project when it is not the current one.</summary>
internal static class PlanNames
{
    public static string Short(string name, string project) =>
        name.StartsWith(project + "/", StringComparison.Ordinal) ? name[(project.Length + 1)..] : name;
}
