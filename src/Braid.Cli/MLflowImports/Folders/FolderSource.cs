using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Braid.Cli.CommandLine;
using Braid.Cli.MLflowImports.Sources;

namespace Braid.Cli.MLflowImports.Folders;

/// <summary>
/// A file store: <c>mlruns/EXPERIMENT/RUN/</c> with <c>meta.yaml</c>, <c>metrics/</c>, <c>params/</c>, <c>tags/</c>, <c>inputs/</c>,
/// <c>outputs/</c> and <c>artifacts/</c>; deleted experiments below <c>.trash/</c>, the registry below <c>models/</c>.
/// </summary>
internal sealed class FolderSource : MLflowSource
{
    private readonly string root;
    private readonly ArtifactFolders artifacts;
    private readonly Dictionary<string, string> folders = new(StringComparer.Ordinal);
    private readonly List<string> damages = [];

    /// <exception cref="Failure">It is no file store.</exception>
    public FolderSource(string root, string? artifacts)
    {
        this.root = Path.GetFullPath(root);
        this.artifacts = new(artifacts ?? this.root, isGiven: artifacts is not null);
        foreach (var folder in MetaFile.FoldersOfRoot(this.root).Concat(Trash()))
        {
            Register(folder);
        }

        if (folders.Count + damages.Count == 0)
        {
            throw new Failure(
                $"{root} is no file store of MLflow's: no folder in it has a {MetaFile.Name} of an experiment"
            );
        }
    }

    public override IReadOnlyList<string> Damages => damages;

    public override async IAsyncEnumerable<SourceExperiment> ExperimentsAsync(
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        await Task.CompletedTask;
        foreach (var (id, folder) in folders)
        {
            ct.ThrowIfCancellationRequested();
            var meta = MetaFile.Read(folder) ?? [];
            yield return new(id, meta.Text("name"))
            {
                Location = meta.Text("artifact_location"),
                IsDeleted = meta.Text("lifecycle_stage") == "deleted",
                Tags = MetaFile.Pairs(Path.Combine(folder, "tags")),
            };
        }
    }

    public override async IAsyncEnumerable<SourceRun> RunsAsync(
        SourceExperiment experiment,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        await Task.CompletedTask;
        var folder = folders[experiment.Id];
        foreach (var path in MetaFile.Folders(folder))
        {
            ct.ThrowIfCancellationRequested();
            if (Read(path, folder) is { } run)
            {
                yield return run;
            }
        }
    }

    public override async IAsyncEnumerable<SourcePoint> PointsAsync(
        SourceExperiment experiment,
        SourceRun run,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        await Task.CompletedTask;
        var metrics = Path.Combine(folders[experiment.Id], run.Id, "metrics");
        foreach (var path in MetaFile.Files(metrics))
        {
            ct.ThrowIfCancellationRequested();
            foreach (var point in MetricFile.Read(path, Path.GetRelativePath(metrics, path)))
            {
                yield return point;
            }
        }
    }

    public override async IAsyncEnumerable<SourceModel> ModelsAsync(
        SourceExperiment experiment,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        await Task.CompletedTask;
        foreach (var path in MetaFile.Folders(Path.Combine(folders[experiment.Id], "models")))
        {
            ct.ThrowIfCancellationRequested();
            if (MetaFile.Read(path) is { } meta)
            {
                yield return FolderModel.Read(path, meta);
            }
        }
    }

    public override async IAsyncEnumerable<SourceName> NamesAsync([EnumeratorCancellation] CancellationToken ct)
    {
        await Task.CompletedTask;
        foreach (var path in MetaFile.Folders(Path.Combine(root, "models")))
        {
            ct.ThrowIfCancellationRequested();
            if (MetaFile.Read(path) is { } meta)
            {
                yield return FolderModel.ReadName(path, meta);
            }
        }
    }

    public override IAsyncEnumerable<SourceFile> FilesAsync(
        SourceExperiment experiment,
        SourceRun run,
        CancellationToken ct
    ) => FilesAsync(Path.Combine(folders[experiment.Id], run.Id, "artifacts"), run.ArtifactUri, run.Id);

    public override IAsyncEnumerable<SourceFile> FilesAsync(
        SourceExperiment experiment,
        SourceModel model,
        CancellationToken ct
    ) => FilesAsync(Path.Combine(folders[experiment.Id], "models", model.Id, "artifacts"), model.ArtifactUri, model.Id);

    public override bool Reaches(string location) => ArtifactFolders.IsLocal(location);

    /// <summary>Files are beside the rest, also after the store was moved, or else where the store says.</summary>
    private IAsyncEnumerable<SourceFile> FilesAsync(string beside, string location, string owner)
    {
        var isElsewhere = ArtifactFolders.IsLocal(location) && !IsSamePlace(beside, location);
        return Directory.Exists(beside) && (!isElsewhere || Directory.EnumerateFileSystemEntries(beside).Any())
            ? ArtifactFolders.FilesIn(beside, root)
            : artifacts.FilesAsync(ArtifactFolders.IsLocal(location) ? location : "", owner);
    }

    /// <summary>Below another root, perhaps: EXPERIMENT/RUN/artifacts.</summary>
    private static bool IsSamePlace(string beside, string location) =>
        location.EndsWith("/" + string.Join('/', beside.Split('/').TakeLast(3)), StringComparison.Ordinal);

    /// <summary>The folders of deleted experiments.</summary>
    private IReadOnlyList<string> Trash()
    {
        try
        {
            return MetaFile.Folders(Path.Combine(root, ".trash"));
        }
        catch (Unreadable damage)
        {
            damages.Add(damage.Message);
            return [];
        }
    }

    private void Register(string folder)
    {
        try
        {
            if (MetaFile.Read(folder) is { } meta && meta.Text("experiment_id") is { Length: > 0 } id)
            {
                folders[id] = folder;
            }
        }
        catch (Unreadable damage)
        {
            damages.Add(damage.Message);
        }
    }

    /// <summary>The run of a folder; null when it is none (<c>models/</c>, <c>tags/</c>, <c>datasets/</c>).</summary>
    private static SourceRun? Read(string path, string experiment)
    {
        var name = Path.GetFileName(path);
        try
        {
            if (MetaFile.Read(path) is not { } meta || RunId(meta) is not { Length: > 0 } id)
            {
                return null;
            }

            return name == id
                ? FolderRun.Read(path, experiment, id, meta)
                : throw new Unreadable($"{path} says that it is run {id}");
        }
        catch (Unreadable damage)
        {
            return new(name) { Damage = damage.Message };
        }
    }

    private static string RunId(JsonObject meta) =>
        meta.Text("run_id") is { Length: > 0 } id ? id : meta.Text("run_uuid");
}
