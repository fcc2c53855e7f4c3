using Braid.Access.Callers;
using Braid.Primitives;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.Workloads;

/// <summary>The workload that a path means, by its id, the beginning of it, or its name in <c>?project=</c>.</summary>
internal static class WorkloadChoice
{
    public static Task<Result<RunId>> FindAsync(HttpContext context, WebRooms rooms, Caller caller) =>
        rooms.Workloads.Workloads.FindAsync(
            caller,
            (string?)context.Request.RouteValues["which"] ?? "",
            context.Request.Query["project"] is [{ Length: > 0 } project] ? project : null,
            context.RequestAborted
        );
}
