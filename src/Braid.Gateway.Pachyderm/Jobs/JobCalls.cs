using Braid.Access.Callers;
using Braid.Gateway.Pachyderm.Calls;
using Braid.Gateway.Pachyderm.Filters;
using Braid.Gateway.Pachyderm.Transactions;
using Braid.Gateway.Pachyderm.Wire;
using Braid.Pipelines.Jobs;
using Braid.Pipelines.Tools;

namespace Braid.Gateway.Pachyderm.Jobs;

/// <summary>The calls about jobs and the sets they come in.</summary>
internal sealed class JobCalls(JobCatalog jobs, SandboxedTools tools)
{
    private const string pps = "pps_v2.API";

    public void Map(CallTable table)
    {
        table.Apart<Pps.InspectJobRequest, Pps.JobInfo>(pps, "InspectJob", InspectAsync);
        table.Stream<Pps.InspectJobSetRequest, Pps.JobInfo>(pps, "InspectJobSet", InspectSetAsync);
        table.Stream<Pps.ListJobRequest, Pps.JobInfo>(pps, "ListJob", ListAsync);
        table.Stream<Pps.ListJobSetRequest, Pps.JobSetInfo>(pps, "ListJobSet", ListSetsAsync);
        table.Stream<Pps.SubscribeJobRequest, Pps.JobInfo>(pps, "SubscribeJob", SubscribeAsync);
        table.Change<Pps.StopJobRequest, Empty>(
            pps,
            "StopJob",
            RecordedForms.StopJob,
            at => new JobCalls(at.Jobs, at.Tools).StopAsync
        );
        table.Unary<Pps.DeleteJobRequest, Empty>(pps, "DeleteJob", DeleteAsync);
    }

    private async Task<Result<Pps.JobInfo>> InspectAsync(
        Caller caller,
        Pps.InspectJobRequest request,
        CancellationToken ct
    ) => (await FindAsync(caller, request, ct)).Select(job => JobMessages.Info(job, request.Details));

    /// <summary>A run's id alone names a job too.</summary>
    private async Task<Result<Job>> FindAsync(Caller caller, Pps.InspectJobRequest request, CancellationToken ct)
    {
        var id = request.Job?.Id ?? "";
        if (WireNames.Pipeline(request.Job?.Pipeline).TryGet(out var pipeline, out var error))
        {
            return await jobs.InspectAsync(caller, pipeline, id, request.Wait, ct);
        }

        if (!RunId.TryParse(id, out var run))
        {
            return request.Job?.Pipeline is null ? Errors.BadJobId(id) : error;
        }

        var found = await jobs.FindByRunAsync(caller, run, ct);
        return request.Wait && found.IsOk
            ? await jobs.InspectAsync(caller, found.Value.Pipeline, id, wait: true, ct)
            : found;
    }

    private async Task<Result<Answers<Pps.JobInfo>>> InspectSetAsync(
        Caller caller,
        Pps.InspectJobSetRequest request,
        CancellationToken ct
    ) =>
        WireNames.CommitSet(request.JobSet?.Id).TryGet(out var set, out var error)
            ? (await jobs.InspectSetAsync(caller, set, request.Wait, ct)).Select(found => new Answers<Pps.JobInfo>(
                found.Jobs.Select(job => JobMessages.Info(job, request.Details))
            ))
            : error;

    private async Task<Result<Answers<Pps.JobInfo>>> ListAsync(
        Caller caller,
        Pps.ListJobRequest request,
        CancellationToken ct
    )
    {
        if (!JobFilters.Read(request).TryGet(out var filter, out var bad))
        {
            return bad;
        }

        if (!(await jobs.ListAsync(caller, filter, ct)).TryGet(out var all, out var error))
        {
            return error;
        }

        var infos = all.Select(job => JobMessages.Info(job, request.Details)).ToAsyncEnumerable();
        return Cut(await tools.ApplyAsync(request.JqFilter, infos, ct), request.Number);
    }

    private async Task<Result<Answers<Pps.JobSetInfo>>> ListSetsAsync(
        Caller caller,
        Pps.ListJobSetRequest request,
        CancellationToken ct
    )
    {
        if (!(await jobs.ListSetsAsync(caller, JobFilters.Read(request), ct)).TryGet(out var all, out var error))
        {
            return error;
        }

        var infos = all.Select(set => SetInfo(set, request.Details)).ToAsyncEnumerable();
        return Cut(await tools.ApplyAsync(request.JqFilter, infos, ct), request.Number);
    }

    /// <summary>What a filter passes is counted, not what it looked at.</summary>
    private static Result<Answers<T>> Cut<T>(Result<Answers<T>> passed, long number) =>
        passed.Select(answers => new Answers<T>(answers.All.AtMost(number)));

    private Task<Result<Answers<Pps.JobInfo>>> SubscribeAsync(
        Caller caller,
        Pps.SubscribeJobRequest request,
        CancellationToken ct
    ) =>
        Task.FromResult(
            WireNames
                .Pipeline(request.Pipeline)
                .Select(pipeline => new Answers<Pps.JobInfo>(
                    jobs.SubscribeAsync(caller, pipeline, ct).Select(job => JobMessages.Info(job, request.Details))
                ))
        );

    private async Task<Result<Empty>> StopAsync(Caller caller, Pps.StopJobRequest request, CancellationToken ct)
    {
        var reason = request.Reason.Length == 0 ? "job stopped" : request.Reason;
        return WireNames.Pipeline(request.Job?.Pipeline).TryGet(out var pipeline, out var error)
            ? await jobs.StopAsync(caller, pipeline, request.Job?.Id ?? "", reason, ct).AsEmptyAsync()
            : error;
    }

    private async Task<Result<Empty>> DeleteAsync(Caller caller, Pps.DeleteJobRequest request, CancellationToken ct) =>
        WireNames.Pipeline(request.Job?.Pipeline).TryGet(out var pipeline, out var error)
            ? await jobs.DeleteAsync(caller, pipeline, request.Job?.Id ?? "", ct).AsEmptyAsync()
            : error;

    private static Pps.JobSetInfo SetInfo(JobSet set, bool details)
    {
        var info = new Pps.JobSetInfo { JobSet = new() { Id = set.Set.ToString() } };
        info.Jobs.AddRange(set.Jobs.Select(job => JobMessages.Info(job, details)));
        return info;
    }
}
