using System.Text;
using System.Text.Json.Nodes;

namespace Braid.Pipelines.Tests.Hostile;

/// <summary>Makes documents that are nearly right: texts with damaged bytes, and trees with something else in some place.</summary>
internal sealed class JsonMutations(Random random)
{
    /// <summary>Stands for half of a character, which no document in memory can be written with.</summary>
    private const string half = "HALF";

    private static readonly string[] scalars =
    [
        "null",
        "true",
        "0",
        "-1",
        "1e400",
        "9223372036854775808",
        "1.5",
        "\"\"",
        "\"x\"",
        $"\"{half}\"",
        "\"\\u0000\"",
        "\"-5s\"",
        "\"99999999999h\"",
        "\"(\"",
        "\"@every -1s\"",
        "\"🦊\"",
        "[]",
        "{}",
        "[null]",
        "[[]]",
        "{\"\": null}",
    ];

    /// <summary>The bytes of a text, cut, repeated or changed.</summary>
    public byte[] Damage(byte[] valid)
    {
        switch (random.Next(4))
        {
            case 0:
                var noise = new byte[random.Next(200)];
                random.NextBytes(noise);
                return noise;
            case 1:
                return valid[..random.Next(valid.Length)];
            case 2:
                return [.. valid, .. valid[random.Next(valid.Length)..]];
            default:
                var changed = valid.ToArray();
                for (var i = random.Next(1, 4); i > 0; i--)
                {
                    changed[random.Next(changed.Length)] = (byte)random.Next(256);
                }

                return changed;
        }
    }

    /// <summary>The document with one to three places that hold something else.</summary>
    public string Mutate(string valid)
    {
        var mutated = JsonNode.Parse(valid)!;
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            MutateOne(mutated);
        }

        return mutated.ToJsonString().Replace(half, "\\ud800", StringComparison.Ordinal);
    }

    private void MutateOne(JsonNode document)
    {
        var places = Containers(document).ToList();
        switch (places[random.Next(places.Count)])
        {
            case JsonObject { Count: > 0 } fields when random.Next(6) == 0:
                fields.Remove(AnyKey(fields));
                break;
            case JsonObject { Count: > 0 } fields:
                fields[AnyKey(fields)] = Value(places);
                break;
            case JsonObject fields:
                fields["x"] = Value(places);
                break;
            case JsonArray { Count: > 0 } items when random.Next(2) == 0:
                items[random.Next(items.Count)] = Value(places);
                break;
            case JsonArray items:
                items.Add(Value(places));
                break;
        }
    }

    private string AnyKey(JsonObject fields) => fields.ElementAt(random.Next(fields.Count)).Key;

    /// <summary>Something that no field expects, or a part of the document that is right elsewhere, or a deep nest.</summary>
    private JsonNode? Value(IReadOnlyList<JsonNode> places) =>
        random.Next(8) switch
        {
            0 => places[random.Next(places.Count)].DeepClone(),
            1 => JsonNode.Parse(new StringBuilder().Insert(0, "[", 40).Append(']', 40).ToString()),
            2 => JsonValue.Create(new string('a', random.Next(2000))),
            _ => JsonNode.Parse(scalars[random.Next(scalars.Length)]),
        };

    private static IEnumerable<JsonNode> Containers(JsonNode node) =>
        node switch
        {
            JsonObject fields => fields.Select(f => f.Value).OfType<JsonNode>().SelectMany(Containers).Prepend(node),
            JsonArray items => items.OfType<JsonNode>().SelectMany(Containers).Prepend(node),
            _ => [],
        };
}
