using Braid.Metadata.Migrations;

namespace Braid.Pipelines;

/// <summary>The tables of this module.</summary>
public static class PipelinesSchema
{
    public static IReadOnlyList<Migration> Migrations =>
        Migration.EmbeddedIn(typeof(PipelinesSchema).Assembly, "pipelines");
}
