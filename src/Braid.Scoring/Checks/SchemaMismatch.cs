namespace Braid.Scoring.Checks;

/// <summary>A value is not what the schema says; callers add where it is.</summary>
internal sealed class SchemaMismatch(string message) : Exception(message);
