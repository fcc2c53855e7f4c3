using Braid.Metadata.Migrations;

namespace Braid.Workloads;

/// <summary>The tables of this module.</summary>
public static class WorkloadsSchema
{
    public static IReadOnlyList<Migration> Migrations =>
        Migration.EmbeddedIn(typeof(WorkloadsSchema).Assembly, "workloads");
}
