using System.Globalization;
using Braid.Compute.Processes;

namespace Braid.Compute.Limits;

/// <summary>
/// A control group for one sandbox: the kernel keeps everything in it within its limits, whatever it starts. Version 2 or
/// version 1, below the group that the server itself is in, where the server may make groups.
/// </summary>
internal sealed class ControlGroup
{
    private const string prefix = "braid-";
    private const double periodMicroseconds = 100_000;

    private static readonly Lazy<bool> swept = new(RemoveLeftOver);

    private readonly IReadOnlyList<string> folders;
    private readonly string? killCounter;

    private ControlGroup(IReadOnlyList<string> folders, string? killCounter)
    {
        this.folders = folders;
        this.killCounter = killCounter;
    }

    /// <summary>Files that a process which is to be in the group writes its id to.</summary>
    public IEnumerable<string> Entrances => folders.Select(folder => Path.Combine(folder, "cgroup.procs"));

    /// <summary>A group with these limits; null when they ask for none, or this machine lets the server make none.</summary>
    public static ControlGroup? TryCreate(ResourceLimits limits, string name)
    {
        if (limits is { MemoryBytes: null, Cpu: null } || !swept.Value)
        {
            return null;
        }

        var made = new List<string>();
        try
        {
            return GroupFolder.Unified() is { } unified && GroupFolder.Delegates(unified)
                ? Unified(limits, Make(made, unified, name))
                : Split(limits, name, made);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            made.ForEach(Directory.Delete);
            return null;
        }
    }

    /// <summary>How often the kernel killed a process of the group for want of memory.</summary>
    public long MemoryKills() => killCounter is null ? 0 : MemoryPressure.Counter(killCounter);

    /// <summary>Removes the group, once its processes are gone.</summary>
    public async Task RemoveAsync()
    {
        foreach (var folder in folders)
        {
            // The kernel takes a moment to forget processes that have ended.
            for (var tries = 0; tries < 50 && !TryRemove(folder); tries++)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
            }
        }
    }

    private static ControlGroup Unified(ResourceLimits limits, string folder)
    {
        if (limits.MemoryBytes is { } memory)
        {
            Write(folder, "memory.max", memory);
            TryWrite(folder, "memory.swap.max", 0);
        }

        if (limits.Cpu is { } cpu)
        {
            File.WriteAllText(Path.Combine(folder, "cpu.max"), $"{Quota(cpu)} {(long)periodMicroseconds}");
        }

        return new([folder], Path.Combine(folder, "memory.events"));
    }

    private static ControlGroup? Split(ResourceLimits limits, string name, List<string> made)
    {
        string? counter = null;
        if (limits.MemoryBytes is { } memory)
        {
            if (GroupFolder.Of("memory") is not { } at)
            {
                return null;
            }

            var folder = Make(made, at, name);
            Write(folder, "memory.limit_in_bytes", memory);
            TryWrite(folder, "memory.memsw.limit_in_bytes", memory);
            counter = Path.Combine(folder, "memory.oom_control");
        }

        if (limits.Cpu is { } cpu && GroupFolder.Of("cpu") is { } cpuAt)
        {
            var folder = Make(made, cpuAt, name);
            Write(folder, "cpu.cfs_period_us", (long)periodMicroseconds);
            Write(folder, "cpu.cfs_quota_us", Quota(cpu));
        }

        return made.Count > 0 ? new(made, counter) : null;
    }

    private static long Quota(double cpu) => (long)Math.Max(1000, cpu * periodMicroseconds);

    private static string Make(List<string> made, string at, string name)
    {
        var folder = Path.Combine(at, $"{prefix}{Environment.ProcessId}-{name}");
        Directory.CreateDirectory(folder);
        made.Add(folder);
        return folder;
    }

    private static void Write(string folder, string file, long value) =>
        File.WriteAllText(Path.Combine(folder, file), value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Swap is limited where the kernel counts it.</summary>
    private static void TryWrite(string folder, string file, long value)
    {
        if (File.Exists(Path.Combine(folder, file)))
        {
            Write(folder, file, value);
        }
    }

    /// <summary>A server that was killed leaves its groups, empty. One that runs may be about to use its own, or to look at it.</summary>
    private static bool RemoveLeftOver()
    {
        string?[] places = [GroupFolder.Unified(), GroupFolder.Of("memory"), GroupFolder.Of("cpu")];
        foreach (var place in places.OfType<string>().Where(Directory.Exists))
        {
            foreach (var folder in Directory.GetDirectories(place, prefix + "*").Where(IsLeftOver))
            {
                TryRemove(folder);
            }
        }

        return true;
    }

    /// <summary>Whoever made it has ended: its process id is the first part of its name.</summary>
    internal static bool IsLeftOver(string folder)
    {
        var maker = Path.GetFileName(folder)[prefix.Length..].Split('-')[0];
        return maker == Environment.ProcessId.ToString(CultureInfo.InvariantCulture)
            || !Directory.Exists($"/proc/{maker}");
    }

    private static bool TryRemove(string folder)
    {
        try
        {
            Directory.Delete(folder);
            return true;
        }
        catch (DirectoryNotFoundException)
        {
            return true;
        }
        catch (Exception busy) when (busy is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
