using Braid.Client.Benchmarks;

// What LogMetric costs its caller, with the whole way behind it: the spool on a disk and a backend that takes everything.
var points = args.Length > 0 ? int.Parse(args[0]) : 2_000_000;
Console.WriteLine("threads  ns per call  bytes per call  delivered");
foreach (var threads in (int[])[1, 1, 2, 4])
{
    Console.WriteLine(await LogMetricCost.MeasureAsync(threads, points));
}
