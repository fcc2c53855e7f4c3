namespace Braid.Scheduling.Fitting;

/// <summary>Nodes that a group of replicas is tried on.</summary>
/// <param name="Nodes">Their indices, ascending.</param>
/// <param name="Ranks">By node index, how much better it is for lying where others of the group would; null when it is all the same.</param>
internal sealed record NodeSet(int[] Nodes, int[]? Ranks = null);
