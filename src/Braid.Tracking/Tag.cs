namespace Braid.Tracking;

/// <summary>A named text on a project, run or model. A bare word without a value is a label, kept apart from tags.</summary>
public sealed record Tag(string Key, string Value);
