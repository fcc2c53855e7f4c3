using Braid.Access.Callers;
using Braid.Gateway.Web.Workloads.Records;
using Braid.Primitives;
using Braid.Workloads.Submission;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.Workloads;

/// <summary>
/// Submitted work: <c>GET /api/workloads</c> lists it, <c>POST</c> submits; <c>GET /api/workloads/WHICH[?project=NAME]</c> shows one with
/// what happened to it, <c>POST .../suspend</c> and <c>resume</c> and <c>DELETE</c> do what they say. WHICH is an id, the beginning of one,
/// or a name. What it prints is its run's log.
/// </summary>
internal sealed class WorkloadEndpoints(WebRooms rooms, RecordAnswer answer)
{
    private WorkloadCatalog Catalog => rooms.Workloads.Workloads;

    public Task ListAsync(HttpContext context) =>
        answer.SendAsync(
            context,
            WorkloadRecordsJson.Default.WorkloadListRecord,
            async caller =>
                WorkloadQuery.Of(context.Request.Query).TryGet(out var query, out var wrong)
                    ? await ListAsync(caller, query, context.RequestAborted)
                    : wrong
        );

    public Task SubmitAsync(HttpContext context) =>
        answer.SendAsync(
            context,
            WorkloadRecordsJson.Default.WorkloadRecord,
            async caller =>
            {
                var body = await JsonBody.ReadAsync(context.Request, WorkloadRecordsJson.Default.NewWorkloadRecord);
                if (!body.Then(WorkloadReading.Read).TryGet(out var work, out var wrong))
                {
                    return wrong;
                }

                var made = await Catalog.SubmitAsync(caller, work, context.RequestAborted);
                return await ShowAsync(made, context.RequestAborted);
            }
        );

    public Task GetAsync(HttpContext context) =>
        answer.SendAsync(
            context,
            WorkloadRecordsJson.Default.WorkloadRecord,
            async caller =>
            {
                var ct = context.RequestAborted;
                return (await WorkloadChoice.FindAsync(context, rooms, caller)).TryGet(out var id, out var unknown)
                    ? await ShowAsync(await Catalog.GetAsync(caller, id, ct), ct)
                    : unknown;
            }
        );

    public Task SuspendAsync(HttpContext context) => ChangeAsync(context, Catalog.SuspendAsync);

    public Task ResumeAsync(HttpContext context) => ChangeAsync(context, Catalog.ResumeAsync);

    public Task StopAsync(HttpContext context) => ChangeAsync(context, Catalog.StopAsync);

    private Task ChangeAsync(HttpContext context, Func<Caller, RunId, CancellationToken, Task<Result<Unit>>> change) =>
        answer.SendAsync(
            context,
            async caller =>
                (await WorkloadChoice.FindAsync(context, rooms, caller)).TryGet(out var id, out var unknown)
                    ? await change(caller, id, context.RequestAborted)
                    : unknown
        );

    private async Task<Result<WorkloadListRecord>> ListAsync(Caller caller, WorkloadQuery query, CancellationToken ct)
    {
        var found = await Catalog.ListAsync(caller, query.Project, query.IsLive, ct);
        var least = Standing.LeastGpuBytes(await rooms.Workloads.Nodes.ListAsync(ct));
        return found.Select(all =>
        {
            var wanted = all.Where(query.Takes).ToList();
            var page = wanted.Skip(query.Offset).Take(query.Limit);
            return new WorkloadListRecord(
                [.. page.Select(workload => WorkloadWriting.Write(workload, least))],
                wanted.Count
            );
        });
    }

    private async Task<Result<WorkloadRecord>> ShowAsync(Result<Workload> found, CancellationToken ct)
    {
        var least = Standing.LeastGpuBytes(await rooms.Workloads.Nodes.ListAsync(ct));
        return found.Select(workload => WorkloadWriting.Write(workload, least));
    }
}
