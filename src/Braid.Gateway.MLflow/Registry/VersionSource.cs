using System.Globalization;
using Braid.Gateway.MLflow.LoggedModels;
using Braid.Gateway.MLflow.Wire;
using Braid.Primitives;
using Braid.Tracking.Models;

namespace Braid.Gateway.MLflow.Registry;

/// <summary>Where the files of a new version are: a URI of its own, or another model whose files it shares.</summary>
internal sealed record VersionSource(string Uri, ModelId? Model)
{
    private const string models = "models:/";

    /// <summary>Resolves a source; <paramref name="model"/> is the logged model that the call names besides.</summary>
    public static async Task<Result<VersionSource>> ResolveAsync(
        Call call,
        string source,
        ModelId? model,
        bool isPrompt,
        CancellationToken ct
    )
    {
        if (!isPrompt && Problem(source) is { } problem)
        {
            return problem;
        }

        if (!source.StartsWith(models, StringComparison.Ordinal))
        {
            return new VersionSource(source, model);
        }

        var found = await OtherAsync(call, source, ct);
        return found.Select(other => new VersionSource(other.Uri, model ?? LoggedModelOf(source, other)));
    }

    private static ModelId? LoggedModelOf(string source, Model other) =>
        LoggedModelId.TryParse(source[models.Length..], out _) ? other.Id : null;

    private static async Task<Result<Model>> OtherAsync(Call call, string source, CancellationToken ct)
    {
        var path = source[models.Length..].TrimStart('/');
        if (LoggedModelId.TryParse(path, out var id))
        {
            return (await call.Rooms.Models.GetAsync(call.Caller, id, ct)).NotFoundAs(LoggedModelId.NoModel(path));
        }

        var slash = path.LastIndexOf('/');
        if (
            slash <= 0
            || !long.TryParse(path.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var n)
        )
        {
            return Errors.Invalid(
                $"Invalid model version source: '{source}'. Name it models:/NAME/VERSION or models:/m-ID."
            );
        }

        var name = path[..slash];
        var found = await call.Rooms.Registry.GetVersionAsync(call.Caller, name, n, ct);
        return found.NotFoundAs(RegistryFields.NoVersion(name, n));
    }

    /// <summary>A source is a URI that this server does not read itself: so no file of this machine, and no way up.</summary>
    private static Error? Problem(string source) =>
        IsLocal(source)
            ? Errors.Invalid(
                $"Invalid model version source: '{source}'. To use a local path as a model version source, the run_id request"
                    + " parameter has to be specified and the local path has to be contained within the artifact directory of"
                    + " the run specified by the run_id."
            )
        : ClimbsUp(source)
            ? Errors.Invalid(
                $"Invalid model version source: '{source}'. If supplying a source as an http, https, local file path, ftp,"
                    + " objectstore, or mlflow-artifacts uri, an absolute path must be provided without relative path"
                    + " references present. Please provide an absolute path."
            )
        : null;

    private static bool ClimbsUp(string source) =>
        source.Contains('\0', StringComparison.Ordinal)
        || source.Contains("%2e", StringComparison.OrdinalIgnoreCase)
        || source.Contains("%00", StringComparison.Ordinal)
        || source.Split('/', '\\', '?').Contains("..");

    private static bool IsLocal(string source) =>
        source.StartsWith('/')
        || source.StartsWith("file:", StringComparison.OrdinalIgnoreCase)
        || !source.Contains(':', StringComparison.Ordinal);
}
