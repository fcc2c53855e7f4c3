using Braid.Gateway.MLflow.Wire;
using Braid.Primitives;
using Braid.Tracking;
using Braid.Tracking.Filters;
using Braid.Tracking.Models;
using Braid.Tracking.Search;

namespace Braid.Gateway.MLflow.Registry;

/// <summary>Lists registered models and their versions.</summary>
internal static class RegistrySearch
{
    private static readonly PageSize modelPage = new(Default: 100, Most: 1000);
    private static readonly PageSize versionPage = new(Default: 10_000, Most: 200_000);

    private static readonly Order[] newestFirst = [new(ModelFields.LastUpdate, Descending: true)];

    private static readonly Order[] byNameAndVersion =
    [
        new(ModelFields.RegisteredName),
        new(ModelFields.Version, Descending: true),
    ];

    public static async Task<Result<Answer>> ModelsAsync(Call call, CancellationToken ct)
    {
        var page = PageRequest.Read(call.Fields, modelPage);
        var where = RegistryVocabulary.Models(call.Fields.Text("filter"));
        var order = RegistryVocabulary.OrderModels(call.Fields.Texts("order_by"));
        if ((call.Fields.Problem ?? where.Error ?? order.Error) is { } problem)
        {
            return problem;
        }

        var query = new NamedModelQuery
        {
            Where = where.Value,
            OrderBy = [.. order.Value, new(NamedModelFields.Name)],
            Offset = page.Offset,
            Limit = page.Limit,
        };
        var found = await call.Rooms.Registry.QueryAsync(call.Caller, query, ct);
        if (!found.IsOk)
        {
            return found.Error;
        }

        var views = await RegisteredModelJson.ViewsAsync(call, found.Value.Items, ct);
        return views.Select(models =>
            page.Answer(
                "registered_models",
                new Page<RegisteredModelView>(models, found.Value.More),
                RegisteredModelJson.Write
            )
        );
    }

    public static async Task<Result<Answer>> VersionsAsync(Call call, CancellationToken ct)
    {
        var page = PageRequest.Read(call.Fields, versionPage);
        var where = RegistryVocabulary.Versions(call.Fields.Text("filter"));
        var order = RegistryVocabulary.OrderVersions(call.Fields.Texts("order_by"));
        if ((call.Fields.Problem ?? where.Error ?? order.Error) is { } problem)
        {
            return problem;
        }

        var query = new ModelQuery
        {
            Where = where.Value,
            Registered = true,
            OrderBy = [.. order.Value is { Count: > 0 } chosen ? chosen : newestFirst, .. byNameAndVersion],
            Offset = page.Offset,
            Limit = page.Limit,
        };
        var found = await call.Rooms.Models.QueryAsync(call.Caller, query, ct);
        if (!found.IsOk)
        {
            return found.Error;
        }

        var views = await VersionView.OfAsync(call, found.Value.Items, ct);
        return views.Select(versions =>
            page.Answer("model_versions", new Page<VersionView>(versions, found.Value.More), VersionJson.Write)
        );
    }
}
