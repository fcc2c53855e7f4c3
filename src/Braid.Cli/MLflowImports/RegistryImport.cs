using Braid.Cli.MLflowImports.Artifacts;
using Braid.Cli.MLflowImports.Sources;

namespace Braid.Cli.MLflowImports;

/// <summary>Takes the model registry over: names, versions with their numbers, stages, aliases, tags.</summary>
internal sealed class RegistryImport(MLflowSource source, ImportTarget target, ImportReport report, MovedFiles moved)
{
    private const string models = "models:/";

    public async Task RunAsync(CancellationToken ct)
    {
        try
        {
            await foreach (var name in source.NamesAsync(ct))
            {
                await TakeAsync(name, ct);
            }
        }
        catch (Unreadable damage)
        {
            report.Fail("the model registry", damage.Message);
        }
    }

    private async Task TakeAsync(SourceName name, CancellationToken ct)
    {
        try
        {
            var here = name with { Versions = [.. name.Versions.Select(version => Move(name, version))] };
            var answer = await target.PostAsync("/api/2.0/braid/import/registered-model", RequestBodies.Of(here), ct);
            var isNew = answer.Text("existed") != "true";
            await CompareAsync(here, ct);
            report.Names.Add(1, isNew);
            report.Versions.Add(here.Versions.Count, isNew);
        }
        catch (Refused refusal)
        {
            report.Fail($"registered model '{name.Name}'", refusal.Message);
        }
    }

    /// <summary>The version with its files where they are now.</summary>
    private SourceVersion Move(SourceName name, SourceVersion version)
    {
        var id = version.Source.StartsWith($"{models}m-", StringComparison.Ordinal)
            ? version.Source[models.Length..]
            : version.ModelId;
        var old =
            version.Source.StartsWith(models, StringComparison.Ordinal) && version.Storage.Length > 0
                ? version.Storage
                : version.Source;
        var place =
            moved.Moved(old) ?? (version.Source.StartsWith(models, StringComparison.Ordinal) ? moved.Of(id) : null);
        if (place is null && ArtifactFolders.IsLocal(old) && old.Length > 0)
        {
            report.Tell(
                $"version {version.Number} of '{name.Name}': its files are of no run that was imported, and stay in {old}"
            );
        }

        return version with
        {
            Source = place ?? old,
            ModelId = moved.Of(id) is null ? "" : id,
        };
    }

    /// <summary>Reads each version back.</summary>
    private async Task CompareAsync(SourceName name, CancellationToken ct)
    {
        foreach (var version in name.Versions)
        {
            var path =
                $"/api/2.0/mlflow/model-versions/get?name={Uri.EscapeDataString(name.Name)}&version={version.Number}";
            var stored = (await target.GetAsync(path, ct))?.Object("model_version") ?? [];
            if (
                stored.Text("run_id") != version.RunId
                || stored.Time("creation_timestamp") != version.Created
                || !string.Equals(stored.Text("current_stage"), version.Stage, StringComparison.OrdinalIgnoreCase)
            )
            {
                throw new Refused($"version {version.Number} is stored as another one: {stored.ToJsonString()}");
            }
        }
    }
}
