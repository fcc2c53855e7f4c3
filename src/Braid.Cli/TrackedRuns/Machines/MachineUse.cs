using System.Diagnostics;
using System.Globalization;
using Braid.Cli.TrackedRuns.Programs;
using Braid.Compute.Machines;

namespace Braid.Cli.TrackedRuns.Machines;

/// <summary>Counters of the machine and of a program with all that it started, as Linux has them in <c>/proc</c>.</summary>
internal sealed record MachineUse
{
    private const double mega = 1 << 20;
    private const double giga = 1 << 30;
    private const int sector = 512;
    private const double ticksInSecond = 100;

    public required long At { get; init; }
    public required long Busy { get; init; }
    public required long Total { get; init; }
    public required long MemoryTotal { get; init; }
    public required long MemoryFree { get; init; }
    public required long DiskRead { get; init; }
    public required long DiskWritten { get; init; }
    public required long Received { get; init; }
    public required long Sent { get; init; }

    /// <summary>Processor time of the program's processes that live, in hundredths of a second.</summary>
    public required long ProgramTicks { get; init; }

    public required long ProgramMemory { get; init; }

    public static MachineUse Now(int program)
    {
        var cpu = Numbers(FirstLine("/proc/stat"));
        var (read, written) = Disks();
        var (received, sent) = Networks();
        var (ticks, memory) = ProcessTree.Use(program);
        return new()
        {
            At = Stopwatch.GetTimestamp(),
            Total = cpu.Take(8).Sum(),
            Busy = cpu.Take(8).Sum() - cpu.ElementAtOrDefault(3) - cpu.ElementAtOrDefault(4),
            MemoryTotal = Kibibytes("MemTotal"),
            MemoryFree = Kibibytes("MemAvailable"),
            DiskRead = read,
            DiskWritten = written,
            Received = received,
            Sent = sent,
            ProgramTicks = ticks,
            ProgramMemory = memory,
        };
    }

    /// <summary>Rates since an earlier look, and sizes now.</summary>
    public IEnumerable<(string Title, string Series, double Value)> Since(MachineUse before)
    {
        const string machine = ":monitor:machine";
        const string process = ":monitor:process";
        var seconds = Stopwatch.GetElapsedTime(before.At, At).TotalSeconds;
        yield return (machine, "cpu_usage", 100.0 * (Busy - before.Busy) / (Total - before.Total));
        yield return (machine, "memory_used_gb", (MemoryTotal - MemoryFree) / giga);
        yield return (machine, "memory_free_gb", MemoryFree / giga);
        yield return (machine, "io_read_mbs", (DiskRead - before.DiskRead) / mega / seconds);
        yield return (machine, "io_write_mbs", (DiskWritten - before.DiskWritten) / mega / seconds);
        yield return (machine, "network_rx_mbs", (Received - before.Received) / mega / seconds);
        yield return (machine, "network_tx_mbs", (Sent - before.Sent) / mega / seconds);
        if (ProgramMemory > 0)
        {
            var ticks = Math.Max(0, ProgramTicks - before.ProgramTicks);
            yield return (process, "cpu_usage", 100.0 * ticks / ticksInSecond / seconds);
            yield return (process, "memory_used_gb", ProgramMemory / giga);
        }
    }

    private static string FirstLine(string file) => File.ReadLines(file).FirstOrDefault() ?? "";

    private static IEnumerable<long> Numbers(string line) =>
        line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(Number);

    private static long Number(string text) =>
        long.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static long Kibibytes(string name) => Number(Machine.Line("/proc/meminfo", name).Split(' ')[0]) << 10;

    /// <summary>Whole disks: parts of them, and devices made of others, would count twice.</summary>
    private static (long Read, long Written) Disks() =>
        Sum(
            File.ReadLines("/proc/diskstats")
                .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Where(disk => disk.Length > 9 && Directory.Exists($"/sys/block/{disk[2]}/device"))
                .Select(disk => (Number(disk[5]) * sector, Number(disk[9]) * sector))
        );

    private static (long Received, long Sent) Networks() =>
        Sum(
            File.ReadLines("/proc/net/dev")
                .Skip(2)
                .Select(line => line.Split([' ', ':'], StringSplitOptions.RemoveEmptyEntries))
                .Where(network => network.Length > 9 && network[0] != "lo")
                .Select(network => (Number(network[1]), Number(network[9])))
        );

    private static (long First, long Second) Sum(IEnumerable<(long First, long Second)> pairs) =>
        pairs.Aggregate((0L, 0L), (sum, pair) => (sum.Item1 + pair.First, sum.Item2 + pair.Second));
}
