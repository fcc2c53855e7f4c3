using Braid.Cli.Output;
using Braid.Protos.Pps;

namespace Braid.Cli.Datums;

/// <summary>Parts of a datum as words.</summary>
internal static class DatumText
{
    /// <summary>Its input files, <c>images@0123…:/a</c>.</summary>
    public static string Files(DatumInfo datum) =>
        string.Join(", ", datum.Data.Select(file => $"{Naming.Names.Of(file.File.Commit)}:{file.File.Path}"));

    /// <summary>How long it took from download to upload.</summary>
    public static string Time(ProcessStats? stats) => stats is null ? Style.Missing : Ages.Words(Total(stats));

    public static TimeSpan Total(ProcessStats stats) =>
        new[] { stats.DownloadTime, stats.ProcessTime, stats.UploadTime }.Aggregate(
            TimeSpan.Zero,
            (sum, time) => sum + (time?.ToTimeSpan() ?? default)
        );
}
