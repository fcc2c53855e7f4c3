using Braid.Gateway.ClearML.Routing;
using Braid.Tracking;
using static Braid.Gateway.ClearML.Routing.Endpoint;

namespace Braid.Gateway.ClearML.Organization;

/// <summary>The services around the main ones: <c>organization</c>, <c>reports</c>.</summary>
internal static class OrganizationEndpoints
{
    public static IReadOnlyList<Endpoint> All { get; } =
    [
        Works("organization.get_tags", "2.8", GetWords.Tags(Labelled.Runs, Labelled.Models)),
        Works("organization.get_user_companies", "2.12", GetCompanies.HandleAsync),
        Partly("organization.get_entities_count", "2.20 2.22 2.23 2.33 2.34", CountEntities.HandleAsync),
        NotYet("organization.prepare_download_for_get_all", "2.26"),
        NotYet("organization.download_for_get_all", "2.26"),
        NotYet("organization.get_project_usages", "2.34"),
        NotYet("reports.create", "2.23 2.24"),
        NotYet("reports.update", "2.23 2.24"),
        NotYet("reports.move", "2.23"),
        NotYet("reports.publish", "2.23"),
        NotYet("reports.archive", "2.23"),
        NotYet("reports.unarchive", "2.23"),
        NotYet("reports.delete", "2.23"),
        NotYet("reports.get_task_data", "2.23 2.25 2.26"),
        NotYet("reports.get_all_ex", "2.23 2.26 2.27"),
        NotYet("reports.get_tags", "2.23"),
    ];
}
