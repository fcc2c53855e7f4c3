namespace Braid.Pipelines.Load;

/// <summary>Figures beside what they are to reach; printed as they come.</summary>
internal static class Report
{
    public static void Add(string what, string seen, string reach) =>
        Console.WriteLine($"| {what} | {seen} | {reach} |");
}
