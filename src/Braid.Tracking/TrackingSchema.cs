using Braid.Metadata.Migrations;

namespace Braid.Tracking;

/// <summary>The tables of this module.</summary>
public static class TrackingSchema
{
    public static IReadOnlyList<Migration> Migrations =>
        Migration.EmbeddedIn(typeof(TrackingSchema).Assembly, "tracking");
}
