namespace Braid.Scoring.Workers;

/// <summary>A worker ended before it answered.</summary>
/// <param name="lastLines">What it wrote last to standard error.</param>
internal sealed class WorkerGone(string exitCode, string lastLines)
    : Exception($"The model's process ended with exit code {exitCode}. Its last lines:\n{lastLines}")
{
    public string LastLines => lastLines;
}
