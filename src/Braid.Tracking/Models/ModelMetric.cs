using Braid.Primitives;
using Braid.Tracking.Series;

namespace Braid.Tracking.Models;

/// <summary>A dataset on which a model is measured.</summary>
/// <param name="Digest">Null for any of that name.</param>
public sealed record MeasuredOn(string Name, string? Digest);

/// <summary>What a run measured of a model on a dataset.</summary>
public sealed record ModelMetric(ModelId Model, RunId Run, string DatasetName, string DatasetDigest, Point Point);
