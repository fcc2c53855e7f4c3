using Braid.Gateway.Pachyderm.Wire;
using Braid.Pipelines;
using Braid.Pipelines.Logs;
using Braid.Protos.Logs;
using Braid.Tracking.Logs;

namespace Braid.Gateway.Pachyderm.Logs;

/// <summary>Reads the queries of <c>logs.API</c>.</summary>
internal static class LogQueries
{
    /// <summary>Where a worker's pod runs the user's program, as clients name it; the others hold the worker itself.</summary>
    private const string userContainer = "user";

    private static readonly LogSource[] user = [LogSource.Stdout, LogSource.Stderr];
    private static readonly LogSource[] worker = [LogSource.Worker];
    private static readonly LogSource[] server = [LogSource.Server];

    public static Result<LogQuery> Read(GetLogsRequest request, DateTimeOffset now)
    {
        if (!ReadSubject(request.Query).TryGet(out var subject, out var error))
        {
            return error;
        }

        var filter = request.Filter ?? new();
        LogPattern? pattern = null;
        if (
            filter.Regex is { Pattern.Length: > 0 }
            && !LogPattern.Parse(filter.Regex.Pattern).TryGet(out pattern, out error)
        )
        {
            return error;
        }

        var window = LogWindow.Of(filter.TimeRange, now);
        return new LogQuery(
            request,
            window,
            subject with
            {
                From = window.Earliest,
                Until = window.Latest,
                Backward = window.IsBackward,
                Pattern = pattern,
                Negate = filter.Regex?.Negate ?? false,
                ErrorsOnly = filter.Level == LogLevel.Error,
                Sources = filter.UserLogsOnly ? [.. subject.Sources.Intersect(user)] : subject.Sources,
            }
        );
    }

    private static Result<JobLogSearch> ReadSubject(Braid.Protos.Logs.LogQuery? query) =>
        query?.QueryTypeCase switch
        {
            Braid.Protos.Logs.LogQuery.QueryTypeOneofCase.User => ReadUser(query.User),
            Braid.Protos.Logs.LogQuery.QueryTypeOneofCase.Admin => ReadAdmin(query.Admin),
            _ => Errors.Missing("a query"),
        };

    private static Result<JobLogSearch> ReadUser(UserLogQuery query) =>
        query.UserTypeCase switch
        {
            UserLogQuery.UserTypeOneofCase.Project => new JobLogSearch { Project = query.Project },
            UserLogQuery.UserTypeOneofCase.Pipeline => Of(query.Pipeline),
            UserLogQuery.UserTypeOneofCase.Datum => new JobLogSearch { Datum = query.Datum },
            UserLogQuery.UserTypeOneofCase.Job => new JobLogSearch { Job = query.Job },
            UserLogQuery.UserTypeOneofCase.PipelineJob => Of(query.PipelineJob.Pipeline) with
            {
                Job = query.PipelineJob.Job,
            },
            UserLogQuery.UserTypeOneofCase.JobDatum => new JobLogSearch
            {
                Job = query.JobDatum.Job,
                Datum = query.JobDatum.Datum,
            },
            UserLogQuery.UserTypeOneofCase.PipelineDatum => Of(query.PipelineDatum.Pipeline) with
            {
                Datum = query.PipelineDatum.Datum,
            },
            _ => Errors.Missing("what a query is about"),
        };

    private static Result<JobLogSearch> ReadAdmin(AdminLogQuery query) =>
        query.AdminTypeCase switch
        {
            AdminLogQuery.AdminTypeOneofCase.Master => Of(query.Master) with { Sources = server },
            AdminLogQuery.AdminTypeOneofCase.Storage => Of(query.Storage) with { Sources = worker },
            AdminLogQuery.AdminTypeOneofCase.User => ReadUser(query.User),
            AdminLogQuery.AdminTypeOneofCase.Pod => new JobLogSearch { Worker = query.Pod },
            AdminLogQuery.AdminTypeOneofCase.PodContainer => new JobLogSearch
            {
                Worker = query.PodContainer.Pod,
                Sources = query.PodContainer.Container == userContainer ? user : worker,
            },
            AdminLogQuery.AdminTypeOneofCase.Logql => Errors.NotSupported("a query in LogQL"),
            AdminLogQuery.AdminTypeOneofCase.App => Errors.NotSupported("a query for the log of an application"),
            _ => Errors.Missing("what a query is about"),
        };

    private static JobLogSearch Of(PipelineLogQuery? pipeline) =>
        new()
        {
            Pipeline = new PipelineRef(
                WireNames.Project(new() { Name = pipeline?.Project ?? "" }),
                pipeline?.Pipeline ?? ""
            ),
        };
}
