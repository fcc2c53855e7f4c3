using Braid.Gateway.ClearML.Organization.Downloads;
using Braid.Gateway.ClearML.Routing;
using Braid.Tracking;
using static Braid.Gateway.ClearML.Routing.Endpoint;

namespace Braid.Gateway.ClearML.Organization;

/// <summary>The service <c>organization</c>: what is asked across all projects.</summary>
internal static class OrganizationEndpoints
{
    public static IReadOnlyList<Endpoint> All { get; } =
    [
        Works("organization.get_tags", "2.8", GetWords.Tags(Labelled.Runs, Labelled.Models)),
        Works("organization.get_user_companies", "2.12", GetCompanies.HandleAsync),
        Works("organization.get_entities_count", "2.20 2.22 2.23 2.33 2.34", CountEntities.HandleAsync),
        Works("organization.prepare_download_for_get_all", "2.26", DownloadEntities.PrepareAsync),
        Works("organization.download_for_get_all", "2.26", DownloadEntities.DownloadAsync),
        Refused(
            "organization.get_project_usages",
            "2.34",
            "the form of its answer is published nowhere; projects.get_all_ex tells how long tasks ran"
        ),
    ];
}
