using Braid.Gateway.MLflow.Wire;
using Braid.Primitives;
using Braid.Tracking;
using Braid.Tracking.Inputs;
using Braid.Tracking.Models;

namespace Braid.Gateway.MLflow.Runs;

/// <summary>Records the datasets and models that a program says it reads.</summary>
internal static class InputLogging
{
    private const int longestName = 500;
    private const int longestDigest = 36;
    private const int longestSource = 65_535;
    private const int longestSchema = 1_048_575;
    private const int longestProfile = 16_777_215;
    private const int longestTagKey = 255;
    private const int longestTagValue = 500;

    public static async Task<Result<Answer>> LogAsync(Call call, CancellationToken ct)
    {
        var id = call.Fields.RequiredRun();
        IReadOnlyList<DatasetInput> datasets = [.. call.Fields.Objects("datasets").Select(ReadOne)];
        var models = ModelLinks.Read(call.Fields, RunModelKind.Input);
        if (call.Fields.Problem is { } problem)
        {
            return problem;
        }

        var added = await call.Rooms.Inputs.AddDatasetsAsync(call.Caller, id, datasets, ct);
        return !added.IsOk ? added.OnRun(id).Done()
            : models.Count == 0 ? Answers.Empty
            : (await call.ChangeRunAsync(id, new() { SetModels = models }, ct)).Done();
    }

    /// <summary>Reads <c>dataset</c> and its <c>tags</c>.</summary>
    public static DatasetInput ReadOne(Fields fields)
    {
        var tags = fields.Objects("tags").Select(ReadTag).ToList();
        if (fields.Object("dataset") is { } dataset)
        {
            return new(ReadDataset(dataset), tags);
        }

        fields.Refuse(Errors.Missing(fields.PathOf("dataset")));
        return new(new("", "", "", ""), tags);
    }

    private static Dataset ReadDataset(Fields fields) =>
        new(
            Limited(fields, "name", longestName) ?? "",
            Limited(fields, "digest", longestDigest) ?? "",
            fields.Required("source_type"),
            Limited(fields, "source", longestSource) ?? ""
        )
        {
            Schema = Optional(fields, "schema", longestSchema),
            Profile = Optional(fields, "profile", longestProfile),
        };

    private static Tag ReadTag(Fields fields) =>
        new(Limited(fields, "key", longestTagKey) ?? "", Optional(fields, "value", longestTagValue) ?? "");

    private static string? Limited(Fields fields, string name, int limit)
    {
        fields.Required(name);
        return Optional(fields, name, limit);
    }

    private static string? Optional(Fields fields, string name, int limit)
    {
        var text = fields.Text(name);
        if (text?.Length > limit)
        {
            fields.Refuse(Errors.TooLong(name, limit));
        }

        return text;
    }
}
