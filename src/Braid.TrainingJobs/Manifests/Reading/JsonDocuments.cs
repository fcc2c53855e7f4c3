using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Braid.TrainingJobs.Manifests.Reading;

/// <summary>JSON texts, one after the other. A key that an object has twice is refused.</summary>
internal static class JsonDocuments
{
    public static List<JsonNode?> Read(string text, ValueBudget budget)
    {
        var reader = new Utf8JsonReader(
            Encoding.UTF8.GetBytes(text),
            new JsonReaderOptions { AllowMultipleValues = true, AllowTrailingCommas = true }
        );
        var documents = new List<JsonNode?>();
        while (reader.Read())
        {
            documents.Add(Value(ref reader, budget, depth: 0));
        }

        return documents;
    }

    private static JsonNode? Value(ref Utf8JsonReader reader, ValueBudget budget, int depth)
    {
        budget.Take(depth);
        return reader.TokenType switch
        {
            JsonTokenType.StartObject => Map(ref reader, budget, depth + 1),
            JsonTokenType.StartArray => List(ref reader, budget, depth + 1),
            JsonTokenType.String => Text(ref reader),
            JsonTokenType.True => true,
            JsonTokenType.False => false,
            JsonTokenType.Null => null,
            _ => PlainScalar.Number(Encoding.UTF8.GetString(reader.ValueSpan))
                ?? throw new MalformedException("a number is too large"),
        };
    }

    private static JsonObject Map(ref Utf8JsonReader reader, ValueBudget budget, int depth)
    {
        var map = new JsonObject();
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndObject)
        {
            var key = Text(ref reader);
            reader.Read();
            if (!map.TryAdd(key, Value(ref reader, budget, depth)))
            {
                throw new MalformedException($"the key \"{key}\" is there twice");
            }
        }

        return map;
    }

    private static JsonArray List(ref Utf8JsonReader reader, ValueBudget budget, int depth)
    {
        var list = new JsonArray();
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            list.Add(Value(ref reader, budget, depth));
        }

        return list;
    }

    private static string Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            throw new MalformedException("a text is not Unicode");
        }
    }
}
