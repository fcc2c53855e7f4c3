using System.Text;
using Braid.Gateway.S3.Objects;

namespace Braid.Gateway.S3.Versions;

/// <summary>Which versions a page holds: those of keys with the prefix, after the marker.</summary>
/// <param name="Listing">Prefix, delimiter and size of the page, as in a listing of objects.</param>
/// <param name="KeyMarker">Empty: from the beginning.</param>
/// <param name="VersionMarker">The version of that key which was shown last; empty: all of them were.</param>
internal sealed record VersionQuery(ListQuery Listing, string KeyMarker, string VersionMarker)
{
    private readonly byte[] marker = Encoding.UTF8.GetBytes(KeyMarker);

    /// <summary>The prefix that stands for the key and its like; null when the key stands for itself.</summary>
    public string? CommonPrefixOf(string key)
    {
        var slash = Listing.Delimiter.Length == 0 ? -1 : key.IndexOf('/', Math.Min(Listing.Prefix.Length, key.Length));
        return slash < 0 ? null : key[..(slash + 1)];
    }

    /// <summary>The key, or what stands for it, may be on the page; of the marker's own key the later versions may be.</summary>
    public bool Wants(string key) =>
        key.StartsWith(Listing.Prefix, StringComparison.Ordinal)
        && (KeyMarker.Length == 0 || Compare(key) > 0 || (key == KeyMarker && VersionMarker.Length > 0));

    private int Compare(string key) => Encoding.UTF8.GetBytes(key).AsSpan().SequenceCompareTo(marker);
}
