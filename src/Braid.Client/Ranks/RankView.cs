using Braid.Client.Records;

namespace Braid.Client.Ranks;

/// <summary>
/// What a process of a distributed training adds to the run that its first rank made: its points and contents, each name
/// ending in <c>/rank3</c>, so that the ranks' curves of one metric share a chart. Parameters, tags and models are the
/// first rank's: all ranks have the same.
/// </summary>
internal static class RankView
{
    public static IReadOnlyList<LogRecord> Of(int rank, IReadOnlyList<LogRecord> records, bool isShared) =>
        rank == 0 || !isShared
            ? records
            : [.. records.Where(IsOwn).Select(record => record with { Name = Named(record, rank) })];

    private static bool IsOwn(LogRecord record) =>
        record.Kind
            is not RecordKind.Parameter
                and not RecordKind.Tag
                and not RecordKind.Label
                and not RecordKind.Note
                and not RecordKind.Model;

    private static string Named(in LogRecord record, int rank) =>
        record.Kind == RecordKind.Console ? record.Name : $"{record.Name}/rank{rank}";
}
