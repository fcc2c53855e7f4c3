using Braid.Cli.CommandLine;
using Braid.Cli.Mounting.Overlay;

namespace Braid.Cli.Mounting.Processes;

/// <summary>Changes that mounts left behind when they ended without committing them.</summary>
internal static class Leftovers
{
    /// <summary>Of this server; folders that hold nothing and belong to nobody any more are removed.</summary>
    public static IReadOnlyList<MountFolder> Find(Surroundings world, string server)
    {
        var found = new List<MountFolder>();
        foreach (var folder in MountFolder.All(world).Where(folder => folder.Read() is not null && !folder.IsServed()))
        {
            if (Describe(folder).Count == 0)
            {
                folder.Remove();
            }
            else if (folder.Read()?.Server == server)
            {
                found.Add(folder);
            }
        }

        return found;
    }

    /// <summary>A line for each branch with changes: <c>images@master: 3 changes</c>.</summary>
    public static IReadOnlyList<string> Describe(MountFolder folder)
    {
        var lines = new List<string>();
        foreach (var overlay in folder.OpenOverlays())
        {
            using (overlay)
            {
                var changes = new CommitPlan(overlay, null).Count();
                if (changes > 0)
                {
                    lines.Add($"{overlay.Target.Title}: {changes} {(changes == 1 ? "change" : "changes")}");
                }
            }
        }

        return lines;
    }
}
