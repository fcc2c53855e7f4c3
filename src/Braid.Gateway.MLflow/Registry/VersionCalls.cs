using Braid.Gateway.MLflow.LoggedModels;
using Braid.Gateway.MLflow.Runs;
using Braid.Gateway.MLflow.Wire;
using Braid.Primitives;
using Braid.Tracking.Models;

namespace Braid.Gateway.MLflow.Registry;

/// <summary>Makes and reads model versions.</summary>
internal static class VersionCalls
{
    private const string promptTag = "mlflow.prompt.is_prompt";

    public static async Task<Result<Answer>> CreateAsync(Call call, CancellationToken ct)
    {
        var fields = call.Fields;
        var name = fields.Required("name");
        var source = fields.Required("source");
        var run = fields.OptionalRun("run_id");
        var model = fields.Text("model_id") is { Length: > 0 } ? LoggedModelId.Required(fields) : (ModelId?)null;
        var tags = RegistryFields.Tags(fields);
        if (fields.Problem is { } problem)
        {
            return problem;
        }

        var isPrompt = tags.Any(tag => tag.Key == promptTag);
        var from = await VersionSource.ResolveAsync(call, source, model, isPrompt, ct);
        if (!from.IsOk)
        {
            return from.Error;
        }

        var version = new NewVersion
        {
            Name = name,
            Uri = from.Value.Uri,
            Run = run,
            Model = from.Value.Model,
            Description = fields.Text("description") ?? "",
            RunLink = fields.Text("run_link") ?? "",
            Tags = tags,
        };
        var made = await call.Rooms.Registry.CreateVersionAsync(call.Caller, version, ct);
        return made.IsOk ? await VersionView.AnswerAsync(call, made.Value, ct)
            : made.Error.Code == "tracking.no-such-named-model" ? Errors.NotFound(RegistryFields.NoModel(name))
            : made.Error;
    }

    public static async Task<Result<Answer>> GetAsync(Call call, CancellationToken ct)
    {
        var found = await call.VersionAsync(ct);
        return found.IsOk ? await VersionView.AnswerAsync(call, found.Value, ct) : found.Error;
    }

    public static async Task<Result<Answer>> DownloadUriAsync(Call call, CancellationToken ct) =>
        (await call.VersionAsync(ct)).Select<Answer>(version => json => json.WriteString("artifact_uri", version.Uri));

    /// <summary>The version that the call names.</summary>
    public static async Task<Result<Model>> VersionAsync(this Call call, CancellationToken ct)
    {
        var name = call.Fields.Required("name");
        var version = call.Fields.RequiredVersion();
        return call.Fields.Problem is { } problem
            ? problem
            : (await call.Rooms.Registry.GetVersionAsync(call.Caller, name, version, ct)).NotFoundAs(
                RegistryFields.NoVersion(name, version)
            );
    }
}
