using System.Globalization;
using Braid.Primitives;

namespace Braid.Compute.Gpus;

/// <summary>A row of what <c>nvidia-smi --query-gpu</c> prints.</summary>
internal sealed record GpuRow(Gpu Gpu, GpuUse Use, bool IsDivided);

/// <summary>
/// Reads <c>index, uuid, name, memory.total, memory.used, utilization.gpu, mig.mode.current</c>: one GPU a line, MiB and percent; what a
/// GPU does not know is <c>[N/A]</c> or another word in brackets.
/// </summary>
internal static class GpuTable
{
    private const int columns = 7;
    private const long mebibyte = 1024 * 1024;

    public static Result<IReadOnlyList<GpuRow>> Parse(string text)
    {
        var rows = new List<GpuRow>();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var cells = line.Split(", ");
            if (
                cells.Length != columns
                || Number(cells[0]) is not { } index
                || !cells[1].StartsWith("GPU-", StringComparison.Ordinal)
            )
            {
                return Errors.GpusUnreadable("nvidia-smi", $"it printed \"{line}\"");
            }

            rows.Add(
                new(
                    new(cells[1], (int)index, cells[2], "", (Number(cells[3]) ?? 0) * mebibyte),
                    new(cells[1], Number(cells[4]) * mebibyte, (int?)Number(cells[5])),
                    cells[6] == "Enabled"
                )
            );
        }

        return rows;
    }

    /// <param name="instances">Of divided GPUs.</param>
    public static GpuInventory Inventory(IReadOnlyList<GpuRow> rows, IReadOnlyList<Gpu> instances) =>
        new(
            [
                .. rows.SelectMany(row =>
                    row.IsDivided ? instances.Where(instance => instance.Index == row.Gpu.Index) : [row.Gpu]
                ),
            ],
            [.. rows.Select(row => row.Use)]
        );

    private static long? Number(string cell) =>
        long.TryParse(cell, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
