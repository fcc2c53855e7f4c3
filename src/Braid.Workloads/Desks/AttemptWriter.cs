using Braid.Access.Callers;
using Braid.Primitives;

namespace Braid.Workloads.Desks;

/// <summary>As whom what an attempt leaves is written into its run.</summary>
/// <param name="Folder">Tells it from what its peers leave: the replica's name and '/'; empty for a replica that is alone in its run.</param>
public sealed record AttemptWriter(Caller Caller, RunId Run, string Folder);
