using Braid.Gateway.ClearML.Routing;
using static Braid.Gateway.ClearML.Routing.Endpoint;

namespace Braid.Gateway.ClearML.Reports;

/// <summary>The service <c>reports</c>: texts that show what tasks and models logged.</summary>
internal static class ReportEndpoints
{
    public static IReadOnlyList<Endpoint> All { get; } =
    [
        Works("reports.create", "2.23 2.24", EditReport.CreateAsync),
        Works("reports.update", "2.23 2.24", EditReport.UpdateAsync),
        Works("reports.move", "2.23", EditReport.MoveAsync),
        Works("reports.publish", "2.23", EditReport.PublishAsync),
        Works("reports.archive", "2.23", EditReport.ArchiveAsync),
        Works("reports.unarchive", "2.23", EditReport.UnarchiveAsync),
        Works("reports.delete", "2.23", EditReport.DeleteAsync),
        Works("reports.get_task_data", "2.23 2.25 2.26", ReportData.HandleAsync),
        Works("reports.get_all_ex", "2.23 2.26 2.27", ListReports.HandleAsync),
        Works("reports.get_tags", "2.23", ListReports.TagsAsync),
    ];
}
