namespace Braid.Client;

/// <summary>What became of the runs that earlier processes left in the spool folder.</summary>
/// <param name="Sent">Runs that all of their backends have now.</param>
/// <param name="Left">Runs that are still there: a backend is away, refuses, or is not configured.</param>
public sealed record ResumeReport(int Sent, int Left);
