using Braid.Compute.Gpus;
using Braid.Testing;

namespace Braid.Compute.Tests.Gpus;

/// <summary>What is read of a program that prints what NVIDIA's prints.</summary>
public sealed class NvidiaGpusTests : IDisposable
{
    private const long mebibyte = 1024 * 1024;

    private readonly TempFolder folder = new();

    [Fact]
    public async Task Whole_gpus_are_read_with_their_memory_and_use()
    {
        var gpus = await ReadAsync(
            """
            0, GPU-5a1d8f30-aaaa-bbbb-cccc-000000000000, NVIDIA H100 80GB HBM3, 81559, 1024, 37, Disabled
            1, GPU-5a1d8f30-aaaa-bbbb-cccc-111111111111, Tesla T4, 15360, 0, 0, [N/A]
            """
        );

        Assert.Equal(
            [
                new("GPU-5a1d8f30-aaaa-bbbb-cccc-000000000000", 0, "NVIDIA H100 80GB HBM3", "", 81559 * mebibyte),
                new("GPU-5a1d8f30-aaaa-bbbb-cccc-111111111111", 1, "Tesla T4", "", 15360 * mebibyte),
            ],
            gpus.Devices
        );
        Assert.Equal(new("GPU-5a1d8f30-aaaa-bbbb-cccc-000000000000", 1024 * mebibyte, 37), gpus.Uses[0]);
    }

    [Fact]
    public async Task A_divided_gpu_is_its_instances()
    {
        var gpus = await ReadAsync(
            """
            0, GPU-0000, NVIDIA H200, 143771, 42, [N/A], Enabled
            1, GPU-1111, NVIDIA H200, 143771, 0, 5, Disabled
            """,
            """
            GPU 0: NVIDIA H200 (UUID: GPU-0000)
              MIG 1g.18gb     Device  0: (UUID: MIG-aaaa)
              MIG 3g.71gb+me  Device  1: (UUID: MIG-bbbb)
            GPU 1: NVIDIA H200 (UUID: GPU-1111)
            """
        );

        Assert.Equal(["MIG-aaaa", "MIG-bbbb", "GPU-1111"], gpus.Devices.Select(gpu => gpu.Id));
        Assert.Equal(
            ("1g.18gb", 0, 18L << 30),
            (gpus.Devices[0].Profile, gpus.Devices[0].Index, gpus.Devices[0].MemoryBytes)
        );
        Assert.Equal(("3g.71gb+me", true), (gpus.Devices[1].Profile, gpus.Devices[1].IsInstance));
        Assert.Equal(("GPU-0000", null), (gpus.Uses[0].Id, gpus.Uses[0].UtilizationPercent));
    }

    [Fact]
    public async Task A_machine_without_the_program_has_no_gpus()
    {
        var gpus = await new NvidiaGpus(folder.File("missing")).ReadAsync(TimeProvider.System, CancellationToken.None);

        Assert.Empty(gpus.Value.Devices);
    }

    [Fact]
    public async Task A_driver_that_does_not_answer_is_an_error_in_its_own_words()
    {
        var program = await ProgramAsync(
            "echo 'NVIDIA-SMI has failed because it could not communicate with the driver'; exit 9"
        );

        var gpus = await new NvidiaGpus(program).ReadAsync(TimeProvider.System, CancellationToken.None);

        Assert.Equal("compute.gpus-unreadable", gpus.Error?.Code);
        Assert.Contains("could not communicate", gpus.Error?.Message);
    }

    [Theory]
    [InlineData("0, GPU-0000, NVIDIA H200")]
    [InlineData("x, GPU-0000, NVIDIA H200, 1, 1, 1, Disabled")]
    [InlineData("0, 0000, NVIDIA H200, 1, 1, 1, Disabled")]
    public async Task A_table_that_is_not_understood_is_an_error(string table)
    {
        var program = await ProgramAsync($"echo '{table}'");

        var gpus = await new NvidiaGpus(program).ReadAsync(TimeProvider.System, CancellationToken.None);

        Assert.Contains(table, gpus.Error?.Message);
    }

    public void Dispose() => folder.Dispose();

    private async Task<GpuInventory> ReadAsync(string table, string list = "")
    {
        var program = await ProgramAsync($"[ $1 = -L ] && cat <<'L' || cat <<'T'\n{list}\nL\n{table}\nT");
        return (await new NvidiaGpus(program).ReadAsync(TimeProvider.System, CancellationToken.None)).Value;
    }

    /// <summary>A program that answers with what a script prints.</summary>
    private async Task<string> ProgramAsync(string script)
    {
        await File.WriteAllTextAsync(folder.File("answer"), script + "\n");
        var link = folder.File("nvidia-smi");
        File.CreateSymbolicLink(link, Repository.PathOf("tests/Braid.Compute.Tests/Gpus/fake-nvidia-smi"));
        return link;
    }
}
