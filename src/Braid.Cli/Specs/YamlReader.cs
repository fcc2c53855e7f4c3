using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Braid.Cli.Specs;

/// <summary>YAML as JSON, from the parser's events: no reflection, so that it survives trimming.</summary>
internal static class YamlReader
{
    /// <summary>As deep as JSON is read; a stack holds that.</summary>
    private const int deepest = 64;

    public static List<JsonNode?> Documents(string text)
    {
        var parser = new YamlEvents(text);
        var documents = new List<JsonNode?>();
        parser.Consume<StreamStart>();
        while (parser.TryConsume<DocumentStart>(out _))
        {
            documents.Add(Read(parser, 0));
            parser.Consume<DocumentEnd>();
        }

        return [.. documents.Where(document => document is not null)];
    }

    private static JsonNode? Read(IParser parser, int depth)
    {
        if (depth > deepest)
        {
            throw new YamlException("nested too deeply");
        }

        if (parser.TryConsume<Scalar>(out var scalar))
        {
            return ScalarValue(scalar);
        }

        if (parser.TryConsume<SequenceStart>(out _))
        {
            return ReadList(parser, depth + 1);
        }

        if (parser.TryConsume<MappingStart>(out _))
        {
            return ReadMap(parser, depth + 1);
        }

        throw new YamlException("anchors and aliases are not supported");
    }

    private static JsonArray ReadList(IParser parser, int depth)
    {
        var list = new JsonArray();
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            list.Add(Read(parser, depth));
        }

        return list;
    }

    private static JsonObject ReadMap(IParser parser, int depth)
    {
        var map = new JsonObject();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            map[parser.Consume<Scalar>().Value] = Read(parser, depth);
        }

        return map;
    }

    /// <summary>Only plain scalars are anything but text.</summary>
    private static JsonNode? ScalarValue(Scalar scalar) =>
        scalar.Style != ScalarStyle.Plain
            ? scalar.Value
            : scalar.Value switch
            {
                "" or "~" or "null" or "Null" or "NULL" => null,
                "true" or "True" or "TRUE" => true,
                "false" or "False" or "FALSE" => false,
                var text when long.TryParse(text, CultureInfo.InvariantCulture, out var integer) => integer,
                var text
                    when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                        && double.IsFinite(number) => number,
                var text => text,
            };
}
