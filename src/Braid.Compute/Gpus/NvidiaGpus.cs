using System.ComponentModel;
using System.Diagnostics;
using Braid.Primitives;

namespace Braid.Compute.Gpus;

/// <summary>Asks NVIDIA's own program what there is.</summary>
public sealed class NvidiaGpus(string program = "nvidia-smi")
{
    private static readonly string[] query =
    [
        "--query-gpu=index,uuid,name,memory.total,memory.used,utilization.gpu,mig.mode.current",
        "--format=csv,noheader,nounits",
    ];

    private static readonly TimeSpan longest = TimeSpan.FromSeconds(30);

    /// <summary>None where the program is not installed; an error where it is, and does not work.</summary>
    public async Task<Result<GpuInventory>> ReadAsync(TimeProvider clock, CancellationToken ct)
    {
        try
        {
            var table = await RunAsync(query, clock, ct);
            if (!table.TryGet(out var rows, out var error))
            {
                return error;
            }

            var gpus = GpuTable.Parse(rows);
            if (!gpus.TryGet(out var whole, out error) || !whole.Any(row => row.IsDivided))
            {
                return gpus.Select(all => GpuTable.Inventory(all, []));
            }

            var list = await RunAsync(["-L"], clock, ct);
            return list.Select(lines => GpuTable.Inventory(whole, MigList.Parse(lines)));
        }
        catch (Win32Exception)
        {
            return GpuInventory.None;
        }
    }

    private async Task<Result<string>> RunAsync(string[] arguments, TimeProvider clock, CancellationToken ct)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
        using var limit = new CancellationTokenSource(longest, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(both.Token);
            var error = process.StandardError.ReadToEndAsync(both.Token);
            await process.WaitForExitAsync(both.Token);
            var (said, complaint) = (await output, await error);
            return process.ExitCode == 0 ? said : Errors.GpusUnreadable(program, $"{said}{complaint}".Trim());
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            ct.ThrowIfCancellationRequested();
            return Errors.GpusUnreadable(program, $"it did not end within {longest.TotalSeconds} s");
        }
    }
}
