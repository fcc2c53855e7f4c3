using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Replies;
using Braid.Gateway.ClearML.Requests;
using Braid.Tracking.Runs;

namespace Braid.Gateway.ClearML.Reports;

/// <summary>A report's text and the addresses of the files that it shows. They are kept with its run, where nobody else looks.</summary>
internal sealed class ReportText
{
    public const string Text = "report";
    private const string assets = "report_assets";

    private readonly JsonObject given = [];

    private ReportText(Fields fields)
    {
        if (fields.Text(Text) is { } text)
        {
            given.Add(Text, text);
        }

        if (fields.Has(assets))
        {
            given.Add(assets, new JsonArray([.. fields.Names(assets).Select(asset => (JsonNode)asset)]));
        }
    }

    /// <summary>What is wrong with the request is kept in <paramref name="fields"/>.</summary>
    public static ReportText Read(Fields fields) => new(fields);

    /// <summary>What is stored, with what the request gives in its place; null when it gives nothing.</summary>
    public string? Over(Run? stored)
    {
        if (given.Count == 0)
        {
            return null;
        }

        var all = Documents.ParseObject(stored?.Documents.Extra);
        foreach (var (name, value) in given)
        {
            all[name] = value!.DeepClone();
        }

        return all.ToJsonString();
    }

    /// <summary>A task that has a text shows it.</summary>
    public static void Show(JsonObject task, Run run)
    {
        if (run.Documents.Extra is { } extra)
        {
            var kept = Documents.ParseObject(extra);
            task[Text] = kept[Text]?.DeepClone();
            task[assets] = kept[assets]?.DeepClone();
        }
    }
}
