using System.Diagnostics.CodeAnalysis;
using Braid.Primitives;

namespace Braid.Storage.Trees;

/// <summary>A whole directory tree, by hash: equal trees have equal roots, however they came to be.</summary>
public readonly record struct TreeRoot(Sha256Hash Hash)
{
    /// <summary>The tree without files; its hash is 32 zero bytes, and nothing is stored for it.</summary>
    public static TreeRoot Empty => default;

    public bool IsEmpty => this == Empty;

    public static bool TryParse([NotNullWhen(true)] string? hex, out TreeRoot root)
    {
        var ok = Sha256Hash.TryParse(hex, out var hash);
        root = new(hash);
        return ok;
    }

    /// <exception cref="FormatException">The text is not 64 hex digits.</exception>
    public static TreeRoot Parse(string hex) => new(Sha256Hash.Parse(hex));

    public override string ToString() => Hash.ToString();
}
