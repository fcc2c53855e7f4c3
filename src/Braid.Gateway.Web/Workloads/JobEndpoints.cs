using System.Text.Json.Nodes;
using Braid.Access.Callers;
using Braid.Gateway.Web.Workloads.Records;
using Braid.Primitives;
using Braid.TrainingJobs.Kinds;
using Braid.TrainingJobs.Manifests;
using Braid.Workloads.Submission;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.Workloads;

/// <summary>
/// Kubeflow's jobs: <c>POST /api/jobs</c> submits manifests, all of them or none; <c>GET /api/jobs[?kind=TFJob&amp;project=P&amp;name=N]</c>
/// shows them as Kubernetes would, with their status. They are workloads, too.
/// </summary>
internal sealed class JobEndpoints(WebRooms rooms, RecordAnswer answer)
{
    private JobCatalog Jobs => rooms.Workloads.Jobs;

    public Task SubmitAsync(HttpContext context) =>
        answer.SendAsync(
            context,
            WorkloadRecordsJson.Default.SubmittedJobsRecord,
            async caller =>
            {
                var body = await JsonBody.ReadAsync(context.Request, WorkloadRecordsJson.Default.NewJobsRecord);
                if (!body.TryGet(out var jobs, out var wrong))
                {
                    return wrong;
                }

                var made = await Jobs.SubmitAsync(caller, jobs.Manifests, jobs.Project, context.RequestAborted);
                return made.Select(all => new SubmittedJobsRecord([.. all.Select(Write)]));
            }
        );

    public Task ListAsync(HttpContext context) =>
        answer.SendAsync(context, caller => ListAsync(caller, context.Request.Query, context.RequestAborted));

    private async Task<Result<JsonObject>> ListAsync(Caller caller, IQueryCollection asked, CancellationToken ct)
    {
        JobKind? kind = null;
        if ((string?)asked["kind"] is { Length: > 0 } text)
        {
            if (!Enum.TryParse<JobKind>(text, ignoreCase: true, out var known) || !Enum.IsDefined(known))
            {
                return UnknownKind(text);
            }

            kind = known;
        }

        var found = await Jobs.ListAsync(caller, kind, Text(asked, "project"), Text(asked, "name"), ct);
        return found.Select(all => new JsonObject { ["jobs"] = Answer.List(all, ManifestWriter.ToJson) });
    }

    private static string? Text(IQueryCollection asked, string name) =>
        (string?)asked[name] is { Length: > 0 } text ? text : null;

    private static SubmittedJobRecord Write(SubmittedJob made) =>
        new($"{made.Job.Kind}", made.Job.Name, made.Workload.Share, $"{made.Workload.Id}", made.Warnings);

    private static Error UnknownKind(string text) =>
        new(
            ErrorKind.InvalidArgument,
            "web.unknown-job-kind",
            $"'{text}' is no kind of job; there are {string.Join(", ", Enum.GetNames<JobKind>())}"
        );
}
