using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Braid.Cli.MLflowImports.Folders;

/// <summary>
/// Reads <c>meta.yaml</c>: a map from names to texts, or to maps of texts. Values stay the text that they are: a digest of
/// <c>1234e567</c> is no number to Python, which wrote it without quotes. Lists, and what is nested deeper, are passed over.
/// </summary>
internal static class MetaYaml
{
    /// <exception cref="YamlException">It is no YAML, or no map.</exception>
    public static JsonObject Read(string text)
    {
        var parser = new Parser(new StringReader(text));
        parser.Consume<StreamStart>();
        parser.Consume<DocumentStart>();
        parser.Consume<MappingStart>();
        var meta = new JsonObject();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var name = parser.Consume<Scalar>().Value;
            meta[name] = parser.TryConsume<MappingStart>(out _) ? ReadMap(parser) : ReadText(parser);
        }

        return meta;
    }

    private static JsonObject ReadMap(Parser parser)
    {
        var map = new JsonObject();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var name = parser.Consume<Scalar>().Value;
            map[name] = ReadText(parser);
        }

        return map;
    }

    private static JsonValue? ReadText(Parser parser)
    {
        if (!parser.TryConsume<Scalar>(out var scalar))
        {
            parser.SkipThisAndNestedEvents();
            return null;
        }

        return scalar.Style == ScalarStyle.Plain && scalar.Value is ("" or "~" or "null" or "Null" or "NULL")
            ? null
            : JsonValue.Create(scalar.Value);
    }
}
