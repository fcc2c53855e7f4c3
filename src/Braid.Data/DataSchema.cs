using Braid.Metadata.Migrations;

namespace Braid.Data;

/// <summary>The tables of this module.</summary>
public static class DataSchema
{
    public static IReadOnlyList<Migration> Migrations => Migration.EmbeddedIn(typeof(DataSchema).Assembly, "data");
}
