using System.Globalization;
using System.Text.Json;
using Braid.Gateway.MLflow.Wire;
using Braid.Primitives;
using Braid.Tracking.Models;

namespace Braid.Gateway.MLflow.Registry;

/// <summary>A registered model with its newest versions.</summary>
internal sealed record RegisteredModelView(NamedModel Model, IReadOnlyList<VersionView> Latest);

/// <summary>The protocol's form of a registered model.</summary>
internal static class RegisteredModelJson
{
    public static async Task<Result<IReadOnlyList<RegisteredModelView>>> ViewsAsync(
        Call call,
        IReadOnlyList<NamedModel> models,
        CancellationToken ct
    )
    {
        var views = new List<RegisteredModelView>();
        foreach (var model in models)
        {
            var latest = await VersionView.OfAsync(call, model.LatestVersions, ct);
            if (!latest.IsOk)
            {
                return latest.Error;
            }

            views.Add(new(model, latest.Value));
        }

        return views;
    }

    /// <summary>Answers with one model as <c>registered_model</c>.</summary>
    public static async Task<Result<Answer>> AnswerAsync(Call call, NamedModel model, CancellationToken ct) =>
        (await ViewsAsync(call, [model], ct)).Select<Answer>(views =>
            json => json.Object("registered_model", body => Write(body, views[0]))
        );

    public static void Write(Utf8JsonWriter json, RegisteredModelView view)
    {
        var model = view.Model;
        json.WriteString("name", model.Name);
        json.Time("creation_timestamp", model.Created);
        json.Time("last_updated_timestamp", model.LastUpdate);
        json.WriteString("description", model.Description);
        json.List("latest_versions", view.Latest, VersionJson.Write);
        json.Pairs("tags", model.Tags.Select(tag => KeyValuePair.Create(tag.Key, tag.Value)));
        json.List("aliases", model.Aliases, WriteAlias);
    }

    private static void WriteAlias(Utf8JsonWriter json, ModelAlias alias)
    {
        json.WriteString("alias", alias.Alias);
        json.WriteString("version", alias.Version.ToString(CultureInfo.InvariantCulture));
    }
}
