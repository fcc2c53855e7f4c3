namespace Braid.Scoring.Workers;

/// <summary>The program that a worker runs.</summary>
internal static class WorkerScript
{
    public static string Text { get; } = Read();

    private static string Read()
    {
        using var stream =
            typeof(WorkerScript).Assembly.GetManifestResourceStream("worker.py")
            ?? throw new InvalidOperationException("worker.py is not in the assembly");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
