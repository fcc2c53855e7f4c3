using Braid.Storage.Trees;

namespace Braid.Gateway.Web.Versions.Contents;

/// <summary>Counts what differs.</summary>
internal sealed class ChangeTally
{
    public int Added { get; private set; }

    public int Removed { get; private set; }

    public int Changed { get; private set; }

    public int Total => Added + Removed + Changed;

    public void Add(TreeChange change)
    {
        if (change.Old is null)
        {
            Added++;
        }
        else if (change.New is null)
        {
            Removed++;
        }
        else
        {
            Changed++;
        }
    }
}
