using System.Text.Json.Nodes;

namespace Braid.Workloads.Shares;

/// <summary>What became other in a share's terms, in words: <c>gpu.quota 4 to 8, train_time_limit none to 08:00:00</c>.</summary>
internal static class TermChanges
{
    private const string none = "none";

    public static string Words(ShareTerms before, ShareTerms after)
    {
        var (old, now) = (Flat(before), Flat(after));
        return string.Join(
            ", ",
            old.Keys.Union(now.Keys)
                .Select(name => (name, old: old.GetValueOrDefault(name, none), now: now.GetValueOrDefault(name, none)))
                .Where(term => term.old != term.now)
                .Select(term => $"{term.name} {term.old} to {term.now}")
        );
    }

    private static Dictionary<string, string> Flat(ShareTerms terms) =>
        JsonNode
            .Parse(ShareRow.Pack(terms))!
            .AsObject()
            .SelectMany(term =>
                term.Value is JsonObject parts
                    ? parts.Select(part => KeyValuePair.Create($"{term.Key}.{part.Key}", Text(part.Value)))
                    : [KeyValuePair.Create(term.Key, Text(term.Value))]
            )
            .ToDictionary();

    private static string Text(JsonNode? value) =>
        value is JsonArray list ? $"[{string.Join(' ', list)}]"
        : value is JsonValue number && number.TryGetValue(out double amount) && amount == ResourceTerms.Unlimited
            ? "unlimited"
        : $"{value}";
}
