using Braid.Compute.Executors;

namespace Braid.Compute.Containers;

/// <summary>
/// Why containers were ended, as far as their engine cannot tell: one file each, written before a container is signalled from here,
/// or when it was seen that the engine itself ended it, so that an agent that starts again knows it too.
/// </summary>
internal sealed class EndMarks
{
    private static readonly ReplicaCause[] causes = [ReplicaCause.Stopped, ReplicaCause.TimedOut, ReplicaCause.Lost];

    private readonly string folder;

    public EndMarks(string folder) => this.folder = Directory.CreateDirectory(folder).FullName;

    /// <summary>The first cause stays.</summary>
    public void Set(string id, ReplicaCause cause)
    {
        if (Of(id) is null)
        {
            File.WriteAllBytes(PathOf(id, cause), []);
        }
    }

    public ReplicaCause? Of(string id) =>
        causes.Where(cause => File.Exists(PathOf(id, cause))).Select(cause => (ReplicaCause?)cause).FirstOrDefault();

    public void Forget(string id)
    {
        foreach (var cause in causes)
        {
            File.Delete(PathOf(id, cause));
        }
    }

    private string PathOf(string id, ReplicaCause cause) => Path.Combine(folder, $"{id}.{cause}");
}
