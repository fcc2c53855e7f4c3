using Braid.Gateway.MLflow.Wire;
using Braid.Primitives;
using Braid.Tracking.Inputs;
using Braid.Tracking.Models;

namespace Braid.Gateway.MLflow.Registry;

/// <summary>A model version, and the commits that its run read.</summary>
internal sealed record VersionView(Model Model, IReadOnlyList<RunInput> Commits)
{
    /// <summary>Shows versions; their order stays.</summary>
    public static async Task<Result<IReadOnlyList<VersionView>>> OfAsync(
        Call call,
        IReadOnlyList<Model> versions,
        CancellationToken ct
    )
    {
        var views = new List<VersionView>();
        foreach (var version in versions)
        {
            var commits = await CommitsAsync(call, version, ct);
            if (!commits.IsOk)
            {
                return commits.Error;
            }

            views.Add(new(version, commits.Value));
        }

        return views;
    }

    /// <summary>Answers with one version as <c>model_version</c>.</summary>
    public static async Task<Result<Answer>> AnswerAsync(Call call, Model version, CancellationToken ct) =>
        (await OfAsync(call, [version], ct)).Select<Answer>(views =>
            json => json.Object("model_version", body => VersionJson.Write(body, views[0]))
        );

    private static async Task<Result<IReadOnlyList<RunInput>>> CommitsAsync(
        Call call,
        Model model,
        CancellationToken ct
    ) =>
        model.RunId is null ? Array.Empty<RunInput>() : await call.Rooms.Inputs.OfModelAsync(call.Caller, model.Id, ct);
}
