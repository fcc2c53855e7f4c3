namespace Braid.Compute.Limits;

/// <summary>Where the control groups are that this process is in.</summary>
internal static class GroupFolder
{
    private const string membership = "/proc/self/cgroup";
    private const string mounts = "/proc/self/mountinfo";

    /// <summary>The group of the one hierarchy of version 2; null where there is none.</summary>
    public static string? Unified() => Find(line => line.StartsWith("0::", StringComparison.Ordinal), "cgroup2", "");

    /// <summary>The group of a controller's hierarchy of version 1; null where there is none.</summary>
    public static string? Of(string controller) =>
        Find(line => line.Split(':')[1].Split(',').Contains(controller), "cgroup", controller);

    /// <summary>True when groups below this one of version 2 can have limits.</summary>
    public static bool Delegates(string folder)
    {
        var controllers = Path.Combine(folder, "cgroup.controllers");
        if (!File.Exists(controllers) || !File.ReadAllText(controllers).Contains("memory", StringComparison.Ordinal))
        {
            return false;
        }

        try
        {
            File.WriteAllText(Path.Combine(folder, "cgroup.subtree_control"), "+memory +cpu");
            return true;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // The group has processes of its own, or belongs to somebody else.
            return false;
        }
    }

    private static string? Find(Func<string, bool> isOurs, string type, string controller)
    {
        if (!File.Exists(membership) || File.ReadLines(membership).FirstOrDefault(isOurs) is not { } line)
        {
            return null;
        }

        var path = line.Split(':', 3)[2];
        foreach (var mount in File.ReadLines(mounts))
        {
            // id parent device root point options ... - type source super-options
            var halves = mount.Split(" - ", 2);
            var (fields, super) = (halves[0].Split(' '), halves[1].Split(' '));
            if (super[0] == type && (controller.Length == 0 || super[2].Split(',').Contains(controller)))
            {
                var root = fields[3].TrimEnd('/');
                return path.StartsWith(root, StringComparison.Ordinal) ? $"{fields[4]}{path[root.Length..]}" : null;
            }
        }

        return null;
    }
}
