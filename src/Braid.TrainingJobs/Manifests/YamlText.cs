using System.Text.Json;
using System.Text.Json.Nodes;
using Braid.TrainingJobs.Manifests.Reading;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Braid.TrainingJobs.Manifests;

/// <summary>JSON as YAML, in the style of Kubernetes' tools.</summary>
internal static class YamlText
{
    public static string Of(JsonNode node)
    {
        using var text = new StringWriter { NewLine = "\n" };
        var emitter = new Emitter(text, new EmitterSettings().WithMaxSimpleKeyLength(1024));
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart(version: null, tags: [], isImplicit: true));
        Emit(emitter, node);
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
        return text.ToString();
    }

    private static void Emit(Emitter emitter, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject map:
                EmitMap(emitter, map);
                break;
            case JsonArray list:
                emitter.Emit(new SequenceStart(AnchorName.Empty, TagName.Empty, isImplicit: true, Style(list.Count)));
                foreach (var item in list)
                {
                    Emit(emitter, item);
                }

                emitter.Emit(new SequenceEnd());
                break;
            case JsonValue value when value.GetValueKind() is JsonValueKind.String:
                EmitText(emitter, value.GetValue<string>());
                break;
            default:
                EmitPlain(emitter, node?.ToJsonString() ?? "null");
                break;
        }
    }

    private static void EmitMap(Emitter emitter, JsonObject map)
    {
        var style = map.Count == 0 ? MappingStyle.Flow : MappingStyle.Block;
        emitter.Emit(new MappingStart(AnchorName.Empty, TagName.Empty, isImplicit: true, style));
        foreach (var (key, value) in map.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            EmitText(emitter, key);
            Emit(emitter, value);
        }

        emitter.Emit(new MappingEnd());
    }

    private static SequenceStyle Style(int items) => items == 0 ? SequenceStyle.Flow : SequenceStyle.Block;

    private static void EmitPlain(Emitter emitter, string text) =>
        emitter.Emit(new Scalar(AnchorName.Empty, TagName.Empty, text, ScalarStyle.Plain, true, true));

    /// <summary>Text that would be read as something else is quoted.</summary>
    private static void EmitText(Emitter emitter, string text)
    {
        var style =
            PlainScalar.Read(text) is not JsonValue value || value.GetValueKind() is not JsonValueKind.String
                ? ScalarStyle.DoubleQuoted
            : text.Contains('\n', StringComparison.Ordinal) && IsPrintable(text) ? ScalarStyle.Literal
            : text == "<<" || IsDate(text) || !IsPrintable(text) ? ScalarStyle.DoubleQuoted
            : ScalarStyle.Any;
        emitter.Emit(new Scalar(AnchorName.Empty, TagName.Empty, text, style, true, true));
    }

    /// <summary>YAML 1.1 has days and times of its own, which Kubernetes' tools keep apart from text by quotes.</summary>
    private static bool IsDate(string text) =>
        text.Length >= 8 && text.AsSpan(0, 4).IndexOfAnyExceptInRange('0', '9') < 0 && text[4] == '-';

    private static bool IsPrintable(string text) =>
        text.All(letter =>
            letter == '\n' || (!char.IsControl(letter) && letter is not ('\uFEFF' or '\u2028' or '\u2029'))
        );
}
