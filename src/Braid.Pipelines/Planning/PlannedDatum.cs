using Braid.Primitives;

namespace Braid.Pipelines.Planning;

/// <summary>A datum that an input makes.</summary>
internal sealed record PlannedDatum(Sha256Hash Id, Sha256Hash Key, IReadOnlyList<LeafMatch> Inputs);
