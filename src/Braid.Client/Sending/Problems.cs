namespace Braid.Client.Sending;

/// <summary>Tells each problem once, however often it happens and wherever.</summary>
internal sealed class Problems(Action<string> tell)
{
    private const int most = 20;
    private readonly Lock gate = new();
    private readonly HashSet<string> told = [];

    public void Report(string problem)
    {
        lock (gate)
        {
            if (told.Count >= most || !told.Add(problem))
            {
                return;
            }
        }

        tell(problem);
    }
}
