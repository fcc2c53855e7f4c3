using Braid.Cli.CommandLine;

namespace Braid.Cli.ModelServing;

/// <summary>What names a model: a registered one, one that was logged, or a place of artifacts.</summary>
internal abstract record ModelUri
{
    private const string models = "models:/";
    private const string runs = "runs:/";
    private const string proxied = "mlflow-artifacts:/";

    private const string forms =
        "write models:/NAME/VERSION, models:/NAME@ALIAS, models:/NAME/STAGE, models:/MODEL_ID, runs:/RUN/PATH or a folder";

    /// <summary>The stages that versions had before aliases; <c>latest</c> is any.</summary>
    private static readonly string[] stages = ["None", "Staging", "Production", "Archived"];

    /// <summary>The folder on this machine that is named; null when it is no such.</summary>
    public static string? LocalFolder(string text)
    {
        var path =
            Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri is { IsFile: true, Host: "" }
                ? uri.LocalPath
                : text;
        return Directory.Exists(path) ? Path.GetFullPath(path) : null;
    }

    /// <exception cref="Failure">It names none.</exception>
    public static ModelUri Parse(string text) =>
        text.StartsWith(models, StringComparison.Ordinal) ? Registered(text, text[models.Length..].TrimStart('/'))
        : text.StartsWith(runs, StringComparison.Ordinal) ? OfRun(text, text[runs.Length..].TrimStart('/'))
        : text.StartsWith(proxied, StringComparison.Ordinal) ? new StoredModel(text)
        : throw new Failure(
            text.Contains(":/", StringComparison.Ordinal)
                ? $"models are not fetched from {text}: copy it into a folder and name that, or {forms}"
                : $"there is no folder {text}: {forms}"
        );

    private static ModelUri Registered(string text, string rest)
    {
        var at = rest.LastIndexOf('@');
        var slash = rest.LastIndexOf('/');
        return at > 0 && at < rest.Length - 1 ? new AliasedModel(rest[..at], rest[(at + 1)..])
            : slash > 0 && slash < rest.Length - 1 ? OfVersion(rest[..slash], rest[(slash + 1)..])
            : slash < 0 && rest.StartsWith("m-", StringComparison.Ordinal) ? new LoggedModel(rest)
            : throw new Failure($"{text} names no version: {forms}");
    }

    private static ModelUri OfVersion(string name, string version) =>
        version.All(char.IsAsciiDigit) ? new ModelVersion(name, version)
        : version.Equals("latest", StringComparison.OrdinalIgnoreCase) ? new StagedModel(name, null)
        : Array.Find(stages, stage => stage.Equals(version, StringComparison.OrdinalIgnoreCase)) is { } stage
            ? new StagedModel(name, stage)
        : throw new Failure($"{version} is neither a version of {name} nor a stage: {forms}");

    private static RunModel OfRun(string text, string rest) =>
        rest.Split('/', 2) is [{ Length: > 0 } run, { Length: > 0 } path]
            ? new(run, path.Trim('/'))
            : throw new Failure($"{text} names no model of a run: {forms}");
}

/// <summary><c>models:/NAME/VERSION</c></summary>
internal sealed record ModelVersion(string Name, string Version) : ModelUri;

/// <summary><c>models:/NAME@ALIAS</c></summary>
internal sealed record AliasedModel(string Name, string Alias) : ModelUri;

/// <summary><c>models:/NAME/STAGE</c>: its newest version.</summary>
/// <param name="Stage">Null: of any.</param>
internal sealed record StagedModel(string Name, string? Stage) : ModelUri;

/// <summary><c>models:/m-...</c></summary>
internal sealed record LoggedModel(string Id) : ModelUri;

/// <summary><c>runs:/RUN/PATH</c></summary>
internal sealed record RunModel(string Run, string Path) : ModelUri;

/// <summary><c>mlflow-artifacts:/PATH</c></summary>
internal sealed record StoredModel(string Uri) : ModelUri;
