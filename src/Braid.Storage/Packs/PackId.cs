using Braid.Primitives;

namespace Braid.Storage.Packs;

/// <summary>A pack's random identity, which is also the last part of its object's name.</summary>
internal readonly record struct PackId(Hex32 Value)
{
    /// <summary>All packs' names start so.</summary>
    public const string Prefix = "packs/";

    public string BlobName => Prefix + Value;

    /// <summary>False when the object is no pack.</summary>
    public static bool TryParse(string blobName, out PackId id)
    {
        id = default;
        if (
            !blobName.StartsWith(Prefix, StringComparison.Ordinal)
            || !Hex32.TryParse(blobName[Prefix.Length..], out var value)
        )
        {
            return false;
        }

        id = new(value);
        return true;
    }

    public override string ToString() => Value.ToString();
}
