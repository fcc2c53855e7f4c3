using System.Text.Json.Nodes;
using Braid.Cli.CommandLine;
using Google.Protobuf;

namespace Braid.Cli.Output;

/// <summary>Prints records as they came: <c>--raw</c>, in JSON or YAML, documents one after the other.</summary>
internal sealed class RecordFormat
{
    private static readonly JsonFormatter json = new(
        JsonFormatter.Settings.Default.WithPreserveProtoFieldNames(true).WithIndentation("  ")
    );

    private readonly TextWriter output;
    private readonly bool yaml;
    private bool hasPrinted;

    private RecordFormat(TextWriter output, bool yaml) => (this.output, this.yaml) = (output, yaml);

    /// <summary>Null when the command prints words and tables.</summary>
    /// <exception cref="Failure">--output without --raw, or of a kind there is not.</exception>
    public static RecordFormat? Of(Invocation call)
    {
        var kind = call.Text(Flags.Output);
        if (!call.Has(Flags.Raw))
        {
            return kind is null ? null : throw new Failure("cannot set --output (-o) without --raw");
        }

        return kind is null or "json" or "yaml"
            ? new(call.Out, kind == "yaml")
            : throw new Failure($"unrecognized encoding: \"{kind}\" (--output takes \"json\" or \"yaml\")");
    }

    public void Print(IMessage record)
    {
        if (!yaml)
        {
            output.Write(json.Format(record));
            return;
        }

        output.Write(hasPrinted ? "---\n" : "");
        output.Write(YamlText.Of(JsonNode.Parse(json.Format(record))));
        hasPrinted = true;
    }

    /// <summary>A record of the web door's.</summary>
    public void Print(JsonObject record)
    {
        output.Write(
            !yaml ? IndentedJson.Of(record) + "\n"
            : hasPrinted ? "---\n" + YamlText.Of(record)
            : YamlText.Of(record)
        );
        hasPrinted = true;
    }

    /// <summary>The same JSON on one line.</summary>
    public static string Line(IMessage record) =>
        new JsonFormatter(JsonFormatter.Settings.Default.WithPreserveProtoFieldNames(true)).Format(record);

    /// <summary>Indented JSON of part of a record.</summary>
    public static string Indented(IMessage record) => json.Format(record);
}
