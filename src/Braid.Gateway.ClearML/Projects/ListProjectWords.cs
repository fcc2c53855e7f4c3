using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Organization;
using Braid.Gateway.ClearML.Replies;
using Braid.Gateway.ClearML.Requests;
using Braid.Gateway.ClearML.Routing;
using Braid.Gateway.ClearML.Tasks;
using Braid.Primitives;
using Braid.Tracking;
using Braid.Tracking.Filters;
using Braid.Tracking.Runs;

namespace Braid.Gateway.ClearML.Projects;

/// <summary>
/// What people choose columns and filters from, of the tasks and models in projects: names of metrics, hyper-parameters and
/// metadata, their values, parents, users.
/// </summary>
internal static class ListProjectWords
{
    private const string metadata = "metadata";
    private const int usualPage = 500;

    /// <summary><c>projects.get_unique_metric_variants</c></summary>
    public static async Task<Result<JsonObject>> MetricsAsync(ApiCall call, CancellationToken ct)
    {
        var fields = call.Fields;
        var ofModels = fields.Flag("model_metrics") == true;
        var ids = fields.Names("ids");
        var scope = WordScopes.Read(fields);
        if (fields.Problem is { } problem)
        {
            return problem;
        }

        var only = ids.Count == 0 ? Filter.Everything : new Filter.OneOf(RunFields.Id, ids);
        var found = await call.Rooms.Words.SeriesAsync(call.Caller, Kind(ofModels), scope with { Where = only }, ct);
        return found.Select(names => new JsonObject
        {
            ["metrics"] = new JsonArray([
                .. names.Select(name => new JsonObject
                {
                    ["metric"] = name.Metric,
                    ["metric_hash"] = LastMetrics.Key(name.Metric),
                    ["variant"] = name.Variant,
                    ["variant_hash"] = LastMetrics.Key(name.Variant),
                }),
            ]),
        });
    }

    /// <summary><c>projects.get_hyper_parameters</c></summary>
    public static async Task<Result<JsonObject>> HyperParametersAsync(ApiCall call, CancellationToken ct)
    {
        var page = ReadPage(call.Fields);
        var scope = WordScopes.Read(call.Fields);
        if (call.Fields.Problem is { } problem)
        {
            return problem;
        }

        var found = await call.Rooms.Words.ParametersAsync(call.Caller, Labelled.Runs, scope, ct);
        return found.Select(names =>
            page.Reply("parameters", names, one => new JsonObject { ["section"] = one.Section, ["name"] = one.Name })
        );
    }

    /// <summary><c>projects.get_hyperparam_values</c></summary>
    public static Task<Result<JsonObject>> HyperParameterValuesAsync(ApiCall call, CancellationToken ct)
    {
        var fields = call.Fields;
        var (section, name) = (fields.RequiredText("section"), fields.RequiredText("name"));
        return ValuesAsync(call, Labelled.Runs, new(section, name), ct);
    }

    /// <summary><c>projects.get_model_metadata_keys</c></summary>
    public static async Task<Result<JsonObject>> MetadataKeysAsync(ApiCall call, CancellationToken ct)
    {
        var page = ReadPage(call.Fields);
        var scope = WordScopes.Read(call.Fields);
        if (call.Fields.Problem is { } problem)
        {
            return problem;
        }

        var found = await call.Rooms.Words.ParametersAsync(call.Caller, Labelled.Models, scope, ct);
        return found.Select(names =>
            page.Reply("keys", [.. names.Where(one => one.Section == metadata)], one => JsonValue.Create(one.Name))
        );
    }

    /// <summary><c>projects.get_model_metadata_values</c></summary>
    public static Task<Result<JsonObject>> MetadataValuesAsync(ApiCall call, CancellationToken ct) =>
        ValuesAsync(call, Labelled.Models, new(metadata, call.Fields.RequiredText("key")), ct);

    /// <summary><c>projects.get_task_parents</c>: by name.</summary>
    public static async Task<Result<JsonObject>> ParentsAsync(ApiCall call, CancellationToken ct)
    {
        var fields = call.Fields;
        var archived = new Filter.HasLabel(SystemTags.Archived, System: true);
        var children = WordScopes.Read(fields) with
        {
            Where = fields.Text("tasks_state") == "archived" ? archived : !archived,
        };
        var pattern = fields.Text("task_name");
        if (fields.Problem is { } problem)
        {
            return problem;
        }

        var ids = await call.Rooms.Words.ParentsAsync(call.Caller, children, ct);
        if (!ids.TryGet(out var parents, out var error))
        {
            return error;
        }

        var query = new RunQuery
        {
            Ids = parents,
            Where = pattern is null ? Filter.Everything : new Filter.Matches(RunFields.Name, pattern, IgnoreCase: true),
            OrderBy = [new(RunFields.Name)],
            Parts = RunParts.None,
        };
        var found = await call.Rooms.Runs.QueryAsync(call.Caller, query, ct);
        if (!found.TryGet(out var runs, out var refused))
        {
            return refused;
        }

        var named = await NameAsync(call, runs.Items.Select(Parent), ct);
        return named.Select(parents => new JsonObject { ["parents"] = new JsonArray([.. parents]) });
    }

    /// <summary><c>projects.get_user_names</c></summary>
    public static async Task<Result<JsonObject>> UsersAsync(ApiCall call, CancellationToken ct)
    {
        var scope = WordScopes.Read(call.Fields);
        var kind = Kind(call.Fields.Text("entity") == "model");
        if (call.Fields.Problem is { } problem)
        {
            return problem;
        }

        var found = await call.Rooms.Words.UsersAsync(call.Caller, kind, scope, ct);
        if (!found.TryGet(out var users, out var error))
        {
            return error;
        }

        var named = await NameAsync(call, users.Select(user => new JsonObject { ["user"] = user }), ct);
        return named.Select(all => new JsonObject
        {
            ["users"] = new JsonArray([.. all.Select(item => item["user"]!.DeepClone())]),
        });
    }

    private static Task<Result<IReadOnlyList<JsonObject>>> NameAsync(
        ApiCall call,
        IEnumerable<JsonObject> parts,
        CancellationToken ct
    ) => References.ExpandAsync(call, Entity.Task, [.. parts], Projection.Everything, ct);

    private static async Task<Result<JsonObject>> ValuesAsync(
        ApiCall call,
        Labelled kind,
        Field.Parameter parameter,
        CancellationToken ct
    )
    {
        var page = ReadPage(call.Fields);
        var pattern = call.Fields.Text("pattern");
        var scope = WordScopes.Read(call.Fields);
        if (call.Fields.Problem is { } problem)
        {
            return problem;
        }

        var found = await call.Rooms.Words.ParameterValuesAsync(call.Caller, kind, parameter, pattern, scope, ct);
        return found.Select(values => page.Reply("values", values, value => JsonValue.Create(value)));
    }

    private static JsonObject Parent(Run run) =>
        new()
        {
            ["id"] = run.Id.ToString(),
            ["name"] = run.Name,
            ["project"] = run.ProjectId.ToString(),
        };

    private static Labelled Kind(bool isModel) => isModel ? Labelled.Models : Labelled.Runs;

    private static WordPage ReadPage(Fields fields)
    {
        var size = (int)Math.Clamp(fields.Whole("page_size") ?? usualPage, 1, usualPage);
        return new((int)Math.Clamp(fields.Whole("page") ?? 0, 0, int.MaxValue / size) * size, size);
    }

    private readonly record struct WordPage(int Offset, int Size)
    {
        public JsonObject Reply<T>(string name, IReadOnlyList<T> all, Func<T, JsonNode?> describe) =>
            new()
            {
                [name] = new JsonArray([.. all.Skip(Offset).Take(Size).Select(describe)]),
                ["total"] = all.Count,
                ["remaining"] = Math.Max(0, all.Count - Offset - Size),
            };
    }
}
