using System.Globalization;

namespace Braid.Compute.Machines;

/// <summary>A process and all that it started.</summary>
internal static class ProcessTree
{
    public static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    /// <summary>The processor time of all of them (in <see cref="Tick"/>s, with that of children that ended) and their memory in bytes.</summary>
    public static (long Ticks, long Memory) Use(int root)
    {
        var processes = All().ToDictionary(process => process.Id);
        var (ticks, memory) = (0L, 0L);
        foreach (var process in processes.Values.Where(process => IsBelow(process, root, processes)))
        {
            ticks += process.Ticks;
            memory += process.Pages * Environment.SystemPageSize;
        }

        return (ticks, memory);
    }

    private static bool IsBelow(ProcessStat process, int root, Dictionary<int, ProcessStat> all)
    {
        // Numbers are used again: a tree that is read while it changes may go round in circles.
        for (var depth = 0; depth < 100; depth++)
        {
            if (process.Id == root)
            {
                return true;
            }

            if (!all.TryGetValue(process.Parent, out process))
            {
                return false;
            }
        }

        return false;
    }

    private static IEnumerable<ProcessStat> All() =>
        Directory
            .EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0)
            .Select(ProcessStat.Read)
            .OfType<ProcessStat>();

    private readonly record struct ProcessStat(int Id, int Parent, long Ticks, long Pages)
    {
        /// <summary>Null when the process has gone.</summary>
        public static ProcessStat? Read(int id)
        {
            try
            {
                var text = File.ReadAllText($"/proc/{id}/stat");
                // The name, in parentheses, may hold anything.
                var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
                return new(id, (int)Number(fields[1]), fields[11..15].Sum(Number), Number(fields[21]));
            }
            catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
            {
                return null;
            }
        }

        private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
    }
}
