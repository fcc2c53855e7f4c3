using Braid.Cli.Mounting.Nodes;
using Braid.Cli.Mounting.Reading;

namespace Braid.Cli.Mounting.Overlay;

/// <summary>The overlays of one mount: below its folder, one for each branch that is changed.</summary>
/// <param name="recovered">What an earlier mount left behind and this one goes on with.</param>
internal sealed class OverlayStore(string folder, string server, IReadOnlyList<OverlayFolder> recovered)
{
    private readonly Lock gate = new();
    private readonly List<OverlayFolder> open = [.. recovered];

    /// <summary>Every overlay of the mount.</summary>
    public IReadOnlyList<OverlayFolder> All
    {
        get
        {
            lock (gate)
            {
                return [.. open];
            }
        }
    }

    public OverlayFolder? Recovered(string project, string repo, string branch) =>
        recovered.FirstOrDefault(overlay =>
            overlay.Target is var target
            && target.Project == project
            && TypedName(target) == repo
            && target.Branch == branch
        );

    /// <summary>A new, empty overlay.</summary>
    public OverlayFolder Create(MountedTree tree)
    {
        lock (gate)
        {
            var parts = tree.Choice.Repo.Split('.', 2);
            var path = Path.Combine(folder, FolderName, $"{open.Count + 1}");
            var overlay = OverlayFolder.Create(
                path,
                new()
                {
                    Server = server,
                    Project = tree.Choice.Project,
                    Repo = parts[0],
                    Type = parts.Length > 1 ? parts[1] : "user",
                    Branch = tree.Choice.Reference ?? TreeResolver.DefaultBranch,
                    Base = tree.View?.Commit.Id,
                }
            );
            open.Add(overlay);
            return overlay;
        }
    }

    public const string FolderName = "overlays";

    private static string TypedName(OverlayTarget target) =>
        target.Type == "user" ? target.Repo : $"{target.Repo}.{target.Type}";
}
