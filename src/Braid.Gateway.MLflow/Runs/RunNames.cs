using System.Globalization;
using Braid.Primitives;

namespace Braid.Gateway.MLflow.Runs;

/// <summary>Invents names such as <c>quiet-heron-417</c> for what its maker did not name.</summary>
internal static class RunNames
{
    private static readonly string[] adjectives =
    [
        "able",
        "brave",
        "calm",
        "clean",
        "deep",
        "early",
        "fair",
        "fine",
        "gentle",
        "grand",
        "happy",
        "keen",
        "kind",
        "light",
        "lucky",
        "merry",
        "neat",
        "noble",
        "open",
        "plain",
        "proud",
        "quick",
        "quiet",
        "rare",
        "rich",
        "sharp",
        "silent",
        "smooth",
        "steady",
        "swift",
        "warm",
        "wise",
    ];

    private static readonly string[] nouns =
    [
        "ant",
        "bear",
        "bee",
        "crane",
        "crow",
        "deer",
        "dove",
        "eagle",
        "elk",
        "finch",
        "fox",
        "frog",
        "goose",
        "hare",
        "hawk",
        "heron",
        "jay",
        "lark",
        "lynx",
        "mole",
        "moth",
        "otter",
        "owl",
        "perch",
        "rook",
        "seal",
        "shrew",
        "stoat",
        "swan",
        "trout",
        "whale",
        "wren",
    ];

    public static string Invent(IdSource ids)
    {
        var random = ids.Next().Value;
        var adjective = adjectives[(int)(random % (uint)adjectives.Length)];
        var noun = nouns[(int)((random >> 16) % (uint)nouns.Length)];
        var number = ((uint)(random >> 32) % 1000).ToString(CultureInfo.InvariantCulture);
        return $"{adjective}-{noun}-{number}";
    }
}
