using Braid.Pipelines.Load;

var scenarios = new (string Name, Func<Task> Run)[]
{
    ("start", Scenarios.StartAsync),
    ("changed", Scenarios.ChangedAsync),
    ("million", Scenarios.MillionAsync),
    ("chain", Scenarios.ChainAsync),
};
Report.Add("what", "seen", "reach");
Report.Add("---", "---", "---");
foreach (var (name, run) in scenarios)
{
    if (args.Length == 0 || args.Contains(name, StringComparer.Ordinal))
    {
        await run();
    }
}
