using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Braid.Cli.Specs;

/// <summary>YAML as JSON, from the parser's events: no reflection, so that it survives trimming.</summary>
internal static class YamlReader
{
    public static List<JsonNode?> Documents(string text)
    {
        var parser = new Parser(new StringReader(text));
        var documents = new List<JsonNode?>();
        parser.Consume<StreamStart>();
        while (parser.TryConsume<DocumentStart>(out _))
        {
            documents.Add(Read(parser));
            parser.Consume<DocumentEnd>();
        }

        return [.. documents.Where(document => document is not null)];
    }

    private static JsonNode? Read(IParser parser)
    {
        if (parser.TryConsume<Scalar>(out var scalar))
        {
            return ScalarValue(scalar);
        }

        if (parser.TryConsume<SequenceStart>(out _))
        {
            return ReadList(parser);
        }

        if (parser.TryConsume<MappingStart>(out _))
        {
            return ReadMap(parser);
        }

        throw new YamlException("anchors and aliases are not supported");
    }

    private static JsonArray ReadList(IParser parser)
    {
        var list = new JsonArray();
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            list.Add(Read(parser));
        }

        return list;
    }

    private static JsonObject ReadMap(IParser parser)
    {
        var map = new JsonObject();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            map[parser.Consume<Scalar>().Value] = Read(parser);
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
                var text when double.TryParse(text, CultureInfo.InvariantCulture, out var number) => number,
                var text => text,
            };
}
