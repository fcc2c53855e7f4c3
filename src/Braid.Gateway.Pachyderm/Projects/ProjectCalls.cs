using Braid.Access.Callers;
using Braid.Data.Projects;
using Braid.Gateway.Pachyderm.Calls;
using Braid.Gateway.Pachyderm.Wire;

namespace Braid.Gateway.Pachyderm.Projects;

/// <summary>The calls about projects.</summary>
internal sealed class ProjectCalls(DataProjects projects)
{
    private const string pfs = "pfs_v2.API";

    public void Map(CallTable table)
    {
        table.Unary<Pfs.CreateProjectRequest, Empty>(pfs, "CreateProject", CreateAsync);
        table.Unary<Pfs.InspectProjectRequest, Pfs.ProjectInfo>(
            pfs,
            "InspectProject",
            (caller, request, ct) => InspectAsync(caller, request.Project, ct)
        );
        table.Unary<Pfs.InspectProjectV2Request, Pfs.InspectProjectV2Response>(pfs, "InspectProjectV2", InspectV2Async);
        table.Stream<Pfs.ListProjectRequest, Pfs.ProjectInfo>(pfs, "ListProject", ListAsync);
        table.Unary<Pfs.DeleteProjectRequest, Empty>(pfs, "DeleteProject", DeleteAsync);
    }

    private Task<Result<Empty>> CreateAsync(Caller caller, Pfs.CreateProjectRequest request, CancellationToken ct) =>
        projects
            .CreateAsync(caller, request.Project?.Name ?? "", request.Description, request.Update, ct)
            .AsEmptyAsync();

    private async Task<Result<Pfs.ProjectInfo>> InspectAsync(
        Caller caller,
        Pfs.Project? project,
        CancellationToken ct
    ) => (await projects.InspectAsync(caller, WireNames.Project(project), ct)).Select(Info);

    private async Task<Result<Pfs.InspectProjectV2Response>> InspectV2Async(
        Caller caller,
        Pfs.InspectProjectV2Request request,
        CancellationToken ct
    ) =>
        (await InspectAsync(caller, request.Project, ct)).Select(info => new Pfs.InspectProjectV2Response
        {
            Info = info,
            DefaultsJson = "{}",
        });

    private async Task<Result<Answers<Pfs.ProjectInfo>>> ListAsync(
        Caller caller,
        Pfs.ListProjectRequest request,
        CancellationToken ct
    ) => (await projects.ListAsync(caller, ct)).Select(all => new Answers<Pfs.ProjectInfo>(all.Select(Info)));

    private Task<Result<Empty>> DeleteAsync(Caller caller, Pfs.DeleteProjectRequest request, CancellationToken ct) =>
        projects.DeleteAsync(caller, request.Project?.Name ?? "", request.Force, ct).AsEmptyAsync();

    private static Pfs.ProjectInfo Info(DataProject project) =>
        new()
        {
            Project = WireNames.ToWire(project.Name),
            Description = project.Description,
            CreatedAt = project.CreatedAt.ToWire(),
            CreatedBy = project.CreatedBy,
        };
}
