using Braid.Storage.Packs;

namespace Braid.Storage.Integrity;

/// <summary>
/// Damaged packs, under names that nobody reads: for people who want to look for more in them, or delete them. Braid never does.
/// </summary>
internal static class Quarantine
{
    private const string prefix = "quarantine/";

    /// <summary>Where the pack goes.</summary>
    public static string NameOf(PackId pack) => $"{prefix}{pack}";
}
