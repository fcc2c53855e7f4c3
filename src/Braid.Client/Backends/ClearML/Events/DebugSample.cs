using Braid.Client.Records;

namespace Braid.Client.Backends.ClearML.Events;

/// <summary>Where the SDK puts a debug sample's file, below its task's folder.</summary>
internal static class DebugSample
{
    public static string PathOf(in LogRecord record)
    {
        var name = SeriesTitle.Of(record.Name);
        var (title, series) = (ContentFiles.SafePart(name.Title), ContentFiles.SafePart(name.Series));
        return $"metrics/{title}/{series}/{title}_{series}_{record.Step:D8}.{record.Media.Extension}";
    }
}
