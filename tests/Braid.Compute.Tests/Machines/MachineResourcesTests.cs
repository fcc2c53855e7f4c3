using Braid.Compute.Gpus;
using Braid.Compute.Machines;
using Braid.Testing;

namespace Braid.Compute.Tests.Machines;

public sealed class MachineResourcesTests : IDisposable
{
    private readonly TempFolder folder = new();

    [Fact]
    public void This_machine_has_processors_and_memory()
    {
        var machine = MachineResources.Read(GpuInventory.None);

        Assert.InRange(machine.Cpus, 0.01, Environment.ProcessorCount);
        Assert.InRange(machine.MemoryBytes, 1, PhysicalMemory.Read());
        Assert.Empty(machine.Gpus);
    }

    [Fact]
    public void Control_groups_limit_what_there_is_to_give()
    {
        var gpu = new Gpu("GPU-0", 0, "T4", "", 1);

        var machine = MachineResources.Read(new([gpu], []), new(0.5, 1234));

        Assert.Equal((0.5, 1234L, gpu), (machine.Cpus, machine.MemoryBytes, machine.Gpus.Single()));
    }

    [Fact]
    public void Limits_above_what_the_machine_has_give_nothing_more()
    {
        var machine = MachineResources.Read(GpuInventory.None, new(10_000, long.MaxValue));

        Assert.Equal(Environment.ProcessorCount, machine.Cpus);
        Assert.Equal(PhysicalMemory.Read(), machine.MemoryBytes);
    }

    [Fact]
    public void Of_a_group_and_those_above_it_the_least_limit_counts()
    {
        var above = Group("above", ("cpu.max", "150000 100000\n"), ("memory.max", "1000\n"));
        var own = Group("above/own", ("cpu.max", "max 100000\n"), ("memory.max", "2000\n"));

        Assert.Equal(new(1.5, 1000), GroupLimits.Least(own, null, null));
        Assert.Equal(new(1.5, 1000), GroupLimits.Least(above, null, null));
    }

    [Fact]
    public void Groups_of_version_1_have_a_hierarchy_for_each_limit()
    {
        var cpu = Group("cpu", ("cpu.cfs_quota_us", "50000\n"), ("cpu.cfs_period_us", "100000\n"));
        var memory = Group("memory", ("memory.limit_in_bytes", "9223372036854771712\n"));

        Assert.Equal(new(0.5, 9223372036854771712), GroupLimits.Least(null, cpu, memory));
    }

    [Fact]
    public void Without_limits_there_are_none()
    {
        var cpu = Group("cpu", ("cpu.cfs_quota_us", "-1\n"), ("cpu.cfs_period_us", "100000\n"));

        Assert.Equal(new(null, null), GroupLimits.Least(Group("own", ("memory.max", "max\n")), cpu, null));
        Assert.Equal(new(null, null), GroupLimits.Least(null, null, null));
    }

    [Fact]
    public void Memory_is_read_in_kibibytes() =>
        Assert.Equal(2048, PhysicalMemory.Parse(["MemFree:  1 kB", "MemTotal:       2 kB"]));

    public void Dispose() => folder.Dispose();

    private string Group(string name, params (string File, string Text)[] files)
    {
        var path = Directory.CreateDirectory(folder.File(name)).FullName;
        File.WriteAllText(Path.Combine(path, "cgroup.procs"), "");
        foreach (var (file, text) in files)
        {
            File.WriteAllText(Path.Combine(path, file), text);
        }

        return path;
    }
}
