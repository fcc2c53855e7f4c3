namespace Braid.Client.Sending;

/// <summary>Tells each problem once, however often it happens.</summary>
internal sealed class Problems(Action<string> tell)
{
    private const int Most = 20;
    private readonly HashSet<string> told = [];

    public void Report(string problem)
    {
        if (told.Count < Most && told.Add(problem))
        {
            tell(problem);
        }
    }
}
