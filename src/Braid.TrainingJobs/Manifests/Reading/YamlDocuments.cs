using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Braid.TrainingJobs.Manifests.Reading;

/// <summary>
/// YAML as JSON, from the parser's events. Aliases repeat what was read (and count again against the budget); merge keys take over what a
/// map does not say itself.
/// </summary>
internal sealed class YamlDocuments
{
    private readonly IParser parser;
    private readonly ValueBudget budget;
    private readonly Dictionary<AnchorName, JsonNode?> anchors = [];

    private YamlDocuments(string text, ValueBudget budget)
    {
        parser = new YamlEvents(text);
        this.budget = budget;
    }

    /// <exception cref="YamlException">It is no YAML.</exception>
    public static List<JsonNode?> Read(string text, ValueBudget budget) => new YamlDocuments(text, budget).Documents();

    private List<JsonNode?> Documents()
    {
        var documents = new List<JsonNode?>();
        parser.Consume<StreamStart>();
        while (parser.TryConsume<DocumentStart>(out _))
        {
            anchors.Clear();
            documents.Add(Value(0));
            parser.Consume<DocumentEnd>();
        }

        return documents;
    }

    private JsonNode? Value(int depth)
    {
        budget.Take(depth);
        if (parser.TryConsume<AnchorAlias>(out var alias))
        {
            return Repeat(alias.Value, depth);
        }

        var anchor = (parser.Current as NodeEvent)?.Anchor ?? AnchorName.Empty;
        var value = ValueItself(depth);
        if (!anchor.IsEmpty)
        {
            anchors[anchor] = value;
        }

        return value;
    }

    private JsonNode? ValueItself(int depth)
    {
        if (parser.TryConsume<Scalar>(out var scalar))
        {
            return ScalarValue(scalar);
        }

        if (parser.TryConsume<SequenceStart>(out _))
        {
            return List(depth + 1);
        }

        parser.Consume<MappingStart>();
        return Map(depth + 1);
    }

    private JsonNode? Repeat(AnchorName name, int depth)
    {
        if (!anchors.TryGetValue(name, out var value))
        {
            throw new MalformedException($"the alias *{name} stands for nothing before it");
        }

        Count(value, depth);
        return value?.DeepClone();
    }

    private void Count(JsonNode? value, int depth)
    {
        budget.Take(depth);
        IEnumerable<JsonNode?> within = value switch
        {
            JsonObject map => map.Select(pair => pair.Value),
            JsonArray list => list,
            _ => [],
        };
        foreach (var item in within)
        {
            Count(item, depth + 1);
        }
    }

    private JsonArray List(int depth)
    {
        var list = new JsonArray();
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            list.Add(Value(depth));
        }

        return list;
    }

    private JsonObject Map(int depth)
    {
        var map = new JsonObject();
        var merged = new List<JsonNode?>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = parser.Consume<Scalar>();
            var value = Value(depth);
            if (key is { Value: "<<", Style: ScalarStyle.Plain })
            {
                merged.Add(value);
            }
            else if (!map.TryAdd(Text(key.Value), value))
            {
                throw new MalformedException($"line {key.Start.Line}: the key \"{key.Value}\" is there twice");
            }
        }

        merged.ForEach(value => Merge(map, value));
        return map;
    }

    private static void Merge(JsonObject map, JsonNode? merged)
    {
        switch (merged)
        {
            case JsonArray list:
                foreach (var item in list)
                {
                    Merge(map, item);
                }

                break;
            case JsonObject other:
                foreach (var (key, value) in other)
                {
                    map.TryAdd(key, value?.DeepClone());
                }

                break;
            default:
                throw new MalformedException("a merge key (<<) merges maps only");
        }
    }

    /// <summary>Only plain scalars are anything but text.</summary>
    private static JsonNode? ScalarValue(Scalar scalar) =>
        scalar.Style is ScalarStyle.Plain && scalar.Tag.IsEmpty
            ? PlainScalar.Read(Text(scalar.Value))
            : JsonValue.Create(Text(scalar.Value));

    private static string Text(string text) =>
        WellFormed.Is(text) ? text : throw new MalformedException("a text is not Unicode");
}
