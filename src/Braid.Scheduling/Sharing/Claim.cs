namespace Braid.Scheduling.Sharing;

/// <summary>What one of several sibling queues brings to the division of one resource.</summary>
/// <param name="Quota">Its own by right; infinite for whatever it asks for.</param>
/// <param name="Limit">Never more than this; infinite for no limit.</param>
/// <param name="Weight">Its part of the surplus.</param>
/// <param name="Request">What its workloads have and ask for.</param>
/// <param name="PastUsage">What it had of the cluster, 0 to 1.</param>
/// <param name="Priority">Higher tiers get their surplus first.</param>
/// <param name="Rank">Its place by creation and id, for ties.</param>
internal readonly record struct Claim(
    double Quota,
    double Limit,
    double Weight,
    double Request,
    double PastUsage,
    int Priority,
    int Rank
)
{
    /// <summary>What it may ask for.</summary>
    public double Requestable => Math.Min(Limit, Request);
}
