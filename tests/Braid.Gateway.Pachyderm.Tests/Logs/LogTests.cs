using Braid.Gateway.Pachyderm.Tests.Doors;
using Braid.Grpc.Statuses;
using Braid.Protos.Logs;
using static Braid.Gateway.Pachyderm.Tests.Doors.PachydermClient;

namespace Braid.Gateway.Pachyderm.Tests.Logs;

public sealed class LogTests : DoorTests
{
    private const string pps = "pps_v2.API";

    [Fact]
    public async Task Lines_are_the_users_the_workers_or_the_servers()
    {
        var job = await RunAsync("echo mine; cat /pfs/images/*");

        var lines = await GetAsync(new() { Job = Job(job), DataFilters = { "/a" } });
        var byHash = await GetAsync(new() { Job = Job(job), DataFilters = { await HashAsync() } });
        var master = await GetAsync(
            new()
            {
                Pipeline = new() { Name = "edges" },
                Master = true,
            }
        );
        var none = await GetAsync(new() { Job = Job(job), DataFilters = { "/nothing" } });

        Assert.Equal(["mine", "x"], lines.Where(line => line.User).Select(line => line.Message));
        Assert.Contains(
            lines,
            line => line is { User: false, Master: false, WorkerId.Length: > 0, DatumId.Length: > 0 }
        );
        Assert.Equal(lines, byHash);
        Assert.All(
            lines,
            line => Assert.Equal((job, "default", "edges"), (line.JobId, line.ProjectName, line.PipelineName))
        );
        Assert.Contains(
            master,
            line =>
                line is { Master: true, User: false } && line.Message.StartsWith("planned 1", StringComparison.Ordinal)
        );
        Assert.Empty(none);
    }

    [Fact]
    public async Task What_logs_are_asked_of_must_be_said()
    {
        var job = await RunAsync("true");
        var datum = await RefusalAsync(() => GetAsync(new() { Datum = new() { Id = "x" } }));
        var other = job[..31] + (job[31] == '0' ? '1' : '0');
        var alone = await RefusalAsync(() => GetAsync(new() { Job = new() { Id = other } }));
        var wrong = await RefusalAsync(() =>
            GetAsync(
                new()
                {
                    Pipeline = new() { Name = "other" },
                    Job = Job(job),
                }
            )
        );
        var missing = await RefusalAsync(() => GetAsync(new() { Pipeline = new() { Name = "other" } }));

        Assert.Equal("must specify the Job or Pipeline that the datum is from to get logs for it", datum.Message);
        Assert.Equal("pipeline must be specified for the given job", alone.Message);
        Assert.Equal("job is from the wrong pipeline", wrong.Message);
        Assert.Equal(GrpcCode.NotFound, missing.Code);
    }

    [Fact]
    public async Task Search_tells_lines_page_by_page_in_both_directions()
    {
        var job = await RunAsync("seq -f 'line %g' 1 9; echo other");
        var request = new GetLogsRequest
        {
            Query = new()
            {
                User = new()
                {
                    PipelineJob = new()
                    {
                        Pipeline = new() { Pipeline = "edges" },
                        Job = job,
                    },
                },
            },
            Filter = new()
            {
                Limit = 4,
                UserLogsOnly = true,
                Regex = new() { Pattern = "^line " },
            },
            WantPagingHint = true,
        };

        var pages = new List<List<string>>();
        var hint = new PagingHint { Newer = request };
        while (pages.Count < 4)
        {
            (var lines, hint) = await SearchAsync(hint.Newer);
            pages.Add(lines);
        }

        var (all, _) = await SearchAsync(Unlimited(request));
        var (nothing, _) = await SearchAsync(hint.Newer);
        var back = Unlimited(request);
        (back.Filter.TimeRange.From, back.Filter.TimeRange.Until) = (
            back.Filter.TimeRange.Until,
            back.Filter.TimeRange.From
        );
        var (backward, _) = await SearchAsync(back);

        Assert.Equal(Enumerable.Range(1, 9).Select(n => $"line {n}"), pages.SelectMany(page => page));
        Assert.Equal([4, 4, 1, 0], pages.Select(page => page.Count));
        Assert.Equal(pages.SelectMany(page => page), all);
        Assert.Empty(nothing);
        Assert.Equal(all.AsEnumerable().Reverse(), backward);
    }

    [Fact]
    public async Task Search_by_what_cannot_be_searched_is_refused()
    {
        var logql = new GetLogsRequest { Query = new() { Admin = new() { Logql = "{}" } } };
        var pattern = new GetLogsRequest
        {
            Query = new() { User = new() { Project = "default" } },
            Filter = new() { Regex = new() { Pattern = "(" } },
        };

        Assert.Equal(GrpcCode.Unimplemented, (await RefusalAsync(() => SearchAsync(logql))).Code);
        Assert.Equal(GrpcCode.InvalidArgument, (await RefusalAsync(() => SearchAsync(pattern))).Code);
        Assert.Equal(GrpcCode.InvalidArgument, (await RefusalAsync(() => SearchAsync(new()))).Code);
    }

    private static GetLogsRequest Unlimited(GetLogsRequest request)
    {
        var all = request.Clone();
        all.Filter.Limit = 0;
        all.Filter.TimeRange = new()
        {
            From = Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow().AddHours(-1)),
            Until = Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow().AddHours(1)),
        };
        return all;
    }

    private async Task<(List<string> Lines, PagingHint Hint)> SearchAsync(GetLogsRequest request)
    {
        var answers = await Client
            .StreamAsync<GetLogsRequest, GetLogsResponse>("logs.API", "GetLogs", request)
            .ToListAsync();
        var lines = answers.Where(answer => answer.Log is not null).ToList();
        Assert.All(lines, line => Assert.Equal(line.Log.PpsLogMessage.Message, line.Log.Verbatim.Line.ToStringUtf8()));
        return (
            [.. lines.Select(line => line.Log.PpsLogMessage.Message)],
            answers.LastOrDefault()?.PagingHint ?? new()
        );
    }

    private async Task<List<Pps.LogMessage>> GetAsync(Pps.GetLogsRequest request) =>
        await Client.StreamAsync<Pps.GetLogsRequest, Pps.LogMessage>(pps, "GetLogs", request).ToListAsync();

    private static Pps.Job Job(string id) =>
        new()
        {
            Pipeline = new() { Name = "edges" },
            Id = id,
        };

    private async Task<string> HashAsync()
    {
        var file = await Client.SendAsync<Pfs.InspectFileRequest, Pfs.FileInfo>(
            "pfs_v2.API",
            "InspectFile",
            new()
            {
                File = new() { Commit = Head("images"), Path = "/a" },
            }
        );
        return file.Hash.ToBase64();
    }

    /// <summary>Runs a line of shell over one file in the pipeline "edges"; the job's id.</summary>
    private async Task<string> RunAsync(string shell)
    {
        await Server.RunJobsAsync();
        await Client.CreateRepoAsync("images");
        await Client.PutAsync(Head("images"), ("/a", "x\n"));
        await Client.SendAsync<Pps.CreatePipelineRequest, Empty>(
            pps,
            "CreatePipeline",
            new()
            {
                Pipeline = new() { Name = "edges" },
                Transform = new() { Cmd = { "sh" }, Stdin = { shell } },
                Input = new()
                {
                    Pfs = new() { Repo = "images", Glob = "/*" },
                },
            }
        );
        var id = (await Client.InspectCommitAsync(Head("edges"))).Commit.Id;
        var info = await Client.SendAsync<Pps.InspectJobRequest, Pps.JobInfo>(
            pps,
            "InspectJob",
            new() { Job = Job(id), Wait = true }
        );
        Assert.Equal(Pps.JobState.JobSuccess, info.State);
        return id;
    }
}
