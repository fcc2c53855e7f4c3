using System.Globalization;
using Braid.Pipelines.Load;

var scenarios = new (string Name, Func<Task> Run)[]
{
    ("start", Scenarios.StartAsync),
    ("changed", Scenarios.ChangedAsync),
    ("million", Scenarios.MillionAsync),
    ("chain", Scenarios.ChainAsync),
};
var named = args.ToList();
if (named.IndexOf("--scale") is >= 0 and var at && at + 1 < named.Count)
{
    Scenarios.Scale = double.Parse(named[at + 1], CultureInfo.InvariantCulture);
    named.RemoveRange(at, 2);
}

Report.Add("what", "seen", "reach");
Report.Add("---", "---", "---");
foreach (var (name, run) in scenarios)
{
    if (named.Count == 0 || named.Contains(name, StringComparer.Ordinal))
    {
        await run();
    }
}
