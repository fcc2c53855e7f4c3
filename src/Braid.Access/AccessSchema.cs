using Braid.Metadata.Migrations;

namespace Braid.Access;

/// <summary>The tables of this module.</summary>
public static class AccessSchema
{
    public static IReadOnlyList<Migration> Migrations => Migration.EmbeddedIn(typeof(AccessSchema).Assembly, "access");
}
