namespace Braid.Scoring.Models;

/// <summary>The model cannot be served: the message says why and what to do.</summary>
internal sealed class BadModelException(string message) : Exception(message);
