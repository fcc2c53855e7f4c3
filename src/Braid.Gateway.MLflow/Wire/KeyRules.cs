using System.Buffers;
using Braid.Primitives;

namespace Braid.Gateway.MLflow.Wire;

/// <summary>What the keys of metrics, parameters and tags may be: names that would also do as relative file paths.</summary>
internal static class KeyRules
{
    /// <summary>Characters of a key.</summary>
    public const int LongestKey = 250;

    /// <summary>Of these, a key may be made in any way, but for a dot in front.</summary>
    private static readonly SearchValues<char> plain = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.: "
    );

    private const string badCharacters =
        "Names may only contain alphanumerics, underscores (_), dashes (-), periods (.), spaces ( ), colon(:) and slashes (/).";

    /// <summary>The refusal of <paramref name="key"/>, or null.</summary>
    /// <param name="path">Where the key is, as the message names it: <c>metrics[0].name</c>.</param>
    /// <param name="what">What a key that is too long is called: <c>Metric name</c>.</param>
    public static Error? Problem(string key, string path, string what) =>
        !HasLegalLetters(key) ? Errors.InvalidValue(path, key, badCharacters)
        : IsAmbiguous(key, out var normal) ? Errors.InvalidValue(path, key, Ambiguous(normal))
        : key.Length > LongestKey ? Errors.TooLong(what, LongestKey)
        : null;

    /// <summary>Reads a required key and records what is wrong with it.</summary>
    /// <param name="called">The word of the message where it is not the field's own name.</param>
    public static string RequiredKey(this Fields fields, string what, string? called = null)
    {
        var key = fields.Required("key");
        // Most keys are plain, and there are a thousand in a batch: where one is, is worked out for those that are not.
        if (!IsPlain(key) && key.Length > 0 && Problem(key, fields.PathOf(called ?? "key"), what) is { } problem)
        {
            fields.Refuse(problem);
        }

        return key;
    }

    /// <summary>A value cut to its limit, as MLflow servers do unless told otherwise.</summary>
    public static string Truncated(string value, int limit) => value.Length <= limit ? value : value[..limit];

    private static string Ambiguous(string normal) =>
        "Names may be treated as files in certain cases, and must not resolve to other names when treated as such."
        + $" This name would resolve to '{normal}'";

    private static bool IsAmbiguous(string key, out string normal)
    {
        normal = Normalised(key);
        return normal != key
            || normal == "."
            || normal.StartsWith("..", StringComparison.Ordinal)
            || normal.StartsWith('/');
    }

    /// <summary>POSIX's normal form of a path: no empty, <c>.</c> or inner <c>..</c> segments; <c>.</c> when nothing is left.</summary>
    private static string Normalised(string path)
    {
        var root = path.StartsWith('/') ? "/" : "";
        var kept = new List<string>();
        foreach (var segment in path.Split('/').Where(segment => segment is not ("" or ".")))
        {
            if (segment == ".." && kept.Count > 0 && kept[^1] != "..")
            {
                kept.RemoveAt(kept.Count - 1);
            }
            else if (segment != ".." || root.Length == 0)
            {
                kept.Add(segment);
            }
        }

        var normal = root + string.Join('/', kept);
        return normal.Length == 0 ? "." : normal;
    }

    private static bool IsPlain(string key) =>
        key.Length is > 0 and <= LongestKey && key.AsSpan().IndexOfAnyExcept(plain) < 0 && key[0] != '.';

    private static bool HasLegalLetters(string key)
    {
        foreach (var letter in key)
        {
            if (!IsLegal(letter))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsLegal(char c) => char.IsLetterOrDigit(c) || c is '_' or '/' or '.' or '-' or ' ' or ':';
}
