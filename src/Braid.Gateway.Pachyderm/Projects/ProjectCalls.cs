using Braid.Access.Callers;
using Braid.Data.Projects;
using Braid.Gateway.Pachyderm.Calls;
using Braid.Gateway.Pachyderm.Wire;
using Braid.Pipelines.Creation;
using Braid.Pipelines.Defaults;

namespace Braid.Gateway.Pachyderm.Projects;

/// <summary>The calls about projects.</summary>
internal sealed class ProjectCalls(DataProjects projects, PipelineCatalog pipelines, SpecDefaults defaults)
{
    private const string pfs = "pfs_v2.API";

    public void Map(CallTable table)
    {
        table.Apart<Pfs.CreateProjectRequest, Empty>(pfs, "CreateProject", CreateAsync);
        table.Apart<Pfs.InspectProjectRequest, Pfs.ProjectInfo>(
            pfs,
            "InspectProject",
            (caller, request, ct) => InspectAsync(caller, request.Project, ct)
        );
        table.Apart<Pfs.InspectProjectV2Request, Pfs.InspectProjectV2Response>(pfs, "InspectProjectV2", InspectV2Async);
        table.Stream<Pfs.ListProjectRequest, Pfs.ProjectInfo>(pfs, "ListProject", ListAsync);
        table.Apart<Pfs.DeleteProjectRequest, Empty>(pfs, "DeleteProject", DeleteAsync);
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
    )
    {
        if (!(await InspectAsync(caller, request.Project, ct)).TryGet(out var info, out var error))
        {
            return error;
        }

        var found = await defaults.OfProjectAsync(caller, WireNames.Project(request.Project), ct);
        return found.Select(text => new Pfs.InspectProjectV2Response { Info = info, DefaultsJson = text.Json });
    }

    private async Task<Result<Answers<Pfs.ProjectInfo>>> ListAsync(
        Caller caller,
        Pfs.ListProjectRequest request,
        CancellationToken ct
    ) => (await projects.ListAsync(caller, ct)).Select(all => new Answers<Pfs.ProjectInfo>(all.Select(Info)));

    /// <summary>By force what is in it goes too: pipelines first, since they own repos.</summary>
    private async Task<Result<Empty>> DeleteAsync(Caller caller, Pfs.DeleteProjectRequest request, CancellationToken ct)
    {
        var name = request.Project?.Name ?? "";
        if ((await projects.InspectAsync(caller, name, ct)).Error is { } missing)
        {
            return missing;
        }

        if (request.Force)
        {
            var gone = await pipelines.DeleteAllAsync(caller, [name], force: true, keepRepo: false, ct);
            if (gone.Error is { } refused)
            {
                return refused;
            }
        }

        var deleted = await projects.DeleteAsync(caller, name, request.Force, ct);
        return deleted.IsOk ? await defaults.ForgetAsync(caller, name, ct).AsEmptyAsync() : deleted.Error;
    }

    private static Pfs.ProjectInfo Info(DataProject project)
    {
        var info = new Pfs.ProjectInfo
        {
            Project = WireNames.ToWire(project.Name),
            Description = project.Description,
            CreatedAt = project.CreatedAt.ToWire(),
            CreatedBy = project.CreatedBy,
        };
        info.Metadata.Fill(project.Annotations);
        return info;
    }
}
