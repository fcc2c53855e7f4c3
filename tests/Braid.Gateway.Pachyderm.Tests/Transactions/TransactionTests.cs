using Braid.Gateway.Pachyderm.Tests.Doors;
using Braid.Grpc.Statuses;
using Braid.Protos.Transaction;
using Google.Protobuf;
using static Braid.Gateway.Pachyderm.Tests.Doors.PachydermClient;

namespace Braid.Gateway.Pachyderm.Tests.Transactions;

public sealed class TransactionTests : DoorTests
{
    private const string pps = "pps_v2.API";
    private const string service = "transaction_v2.API";

    [Fact]
    public async Task Commits_of_one_transaction_share_an_id_and_make_one_job()
    {
        await Server.RunJobsAsync();
        await Client.CreateRepoAsync("left");
        await Client.CreateRepoAsync("right");
        await Client.SendAsync<Pps.CreatePipelineRequest, Empty>(pps, "CreatePipeline", Cross("both"));

        var (id, within) = await StartAsync();
        var left = await StartCommitAsync(within, "left");
        var right = await StartCommitAsync(within, "right");
        var before = await RefusalAsync(() => Client.InspectCommitAsync(left));
        var done = await FinishAsync(id);

        Assert.Equal([id, id], [left.Id, right.Id]);
        Assert.Equal(GrpcCode.NotFound, before.Code);
        Assert.Equal((2, 2), (done.Requests.Count, done.Responses.Count));
        Assert.Equal([left, right], done.Responses.Select(response => response.Commit));
        var job = Assert.Single(await JobsAsync(id));
        Assert.Equal("both", job.Job.Pipeline.Name);
        Assert.Null(job.Started);
        Assert.True(job.State is Pps.JobState.JobCreated or Pps.JobState.JobStarting, $"{job.State}");

        foreach (var commit in (Pfs.Commit[])[left, right])
        {
            await Client.PutAsync(commit, ("/x", commit.Repo.Name));
            await Client.DoAsync("FinishCommit", new Pfs.FinishCommitRequest { Commit = commit });
        }

        var ended = await Client
            .StreamAsync<Pps.InspectJobSetRequest, Pps.JobInfo>(
                pps,
                "InspectJobSet",
                new()
                {
                    JobSet = new() { Id = id },
                    Wait = true,
                }
            )
            .ToListAsync();
        Assert.Equal(Pps.JobState.JobSuccess, Assert.Single(ended).State);
        Assert.Equal("left right ", await Client.TextAsync(Commit("both", id), "/out"));
    }

    [Fact]
    public async Task Nothing_happens_before_the_end_and_deleting_forgets_it()
    {
        var (id, within) = await StartAsync();
        await within.CreateRepoAsync("images");
        await within.DoAsync("CreateBranch", new Pfs.CreateBranchRequest { Branch = Branch("images", "dev") });

        Assert.Empty(await ReposAsync(Client));
        Assert.Empty(await ReposAsync(within));
        var info = Assert.Single((await ListAsync()).TransactionInfo);
        Assert.Equal((id, 2ul), (info.Transaction.Id, info.Version));
        Assert.Equal("images", info.Requests[0].CreateRepo.Repo.Name);
        Assert.Equal("dev", info.Requests[1].CreateBranch.Branch.Name);

        await DeleteAsync(id);
        Assert.Empty((await ListAsync()).TransactionInfo);
        var gone = await RefusalAsync(() => FinishAsync(id));
        var late = await RefusalAsync(() => within.CreateRepoAsync("labels"));

        Assert.All((GrpcStatus[])[gone, late], status => Assert.Equal(GrpcCode.NotFound, status.Code));
        Assert.StartsWith($"transaction \"{id}\" not found", gone.Message, StringComparison.Ordinal);
        Assert.Empty(await ReposAsync(Client));
    }

    [Fact]
    public async Task Request_is_refused_at_once_by_what_was_recorded_before()
    {
        var (id, within) = await StartAsync();
        await within.CreateRepoAsync("images");
        await StartCommitAsync(within, "images");

        var twice = await RefusalAsync(() => within.CreateRepoAsync("images"));
        var again = await RefusalAsync(() => StartCommitAsync(within, "images", "other"));
        var done = await FinishAsync(id);

        Assert.Equal(GrpcCode.AlreadyExists, twice.Code);
        Assert.Equal("repo default/images already exists", twice.Message);
        Assert.Matches(
            "^inconsistent dependencies: cannot create commit.*repo \\(.*images\\) already has a commit in this transaction$",
            again.Message
        );
        Assert.Equal(2, done.Requests.Count);
    }

    [Fact]
    public async Task Finish_after_a_conflicting_change_changes_nothing_and_can_be_repeated()
    {
        var (id, within) = await StartAsync();
        await within.CreateRepoAsync("labels");
        await within.CreateRepoAsync("images");
        await Client.CreateRepoAsync("images");

        var refusal = await RefusalAsync(() => FinishAsync(id));
        var repos = await ReposAsync(Client);
        await Client.DoAsync("DeleteRepo", new Pfs.DeleteRepoRequest { Repo = Repo("images") });
        await FinishAsync(id);
        var twice = await RefusalAsync(() => FinishAsync(id));

        Assert.Equal(GrpcCode.AlreadyExists, refusal.Code);
        Assert.StartsWith("repo default/images already exists", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("request 2 of 2", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(["images"], repos);
        Assert.Equal(["images", "labels"], (await ReposAsync(Client)).Order());
        Assert.Equal(GrpcCode.NotFound, twice.Code);
    }

    [Fact]
    public async Task Changes_that_have_no_place_in_a_transaction_are_refused_but_projects_are_made_at_once()
    {
        await Client.CreateRepoAsync("images");
        var (id, within) = await StartAsync();

        var write = await RefusalAsync(() => within.PutAsync(Head("images"), ("/a", "1")));
        var clear = await RefusalAsync(() =>
            within.DoAsync("ClearCommit", new Pfs.ClearCommitRequest { Commit = Head("images") })
        );
        await within.DoAsync("CreateProject", new Pfs.CreateProjectRequest { Project = new() { Name = "p" } });

        Assert.All((GrpcStatus[])[write, clear], status => Assert.Equal(GrpcCode.FailedPrecondition, status.Code));
        Assert.StartsWith(
            "pfs_v2.API/ModifyFile cannot be part of a transaction",
            write.Message,
            StringComparison.Ordinal
        );
        Assert.Contains(id, write.Message, StringComparison.Ordinal);
        Assert.Empty((await InspectAsync(id)).Requests);
        Assert.Contains(
            "p",
            (await Client.ListAsync<Pfs.ListProjectRequest, Pfs.ProjectInfo>("ListProject", new())).Select(info =>
                info.Project.Name
            )
        );
    }

    [Fact]
    public async Task Every_kind_of_request_is_carried_out_in_order()
    {
        await Client.CreateRepoAsync("old");
        await Client.PutAsync(Head("old"), ("/a", "1"));
        var first = await Client.InspectCommitAsync(Head("old"));
        await Client.PutAsync(Head("old"), ("/b", "2"));
        var (id, within) = await StartAsync();

        await within.DoAsync(
            "SquashCommitSet",
            new Pfs.SquashCommitSetRequest { CommitSet = new() { Id = first.Commit.Id } }
        );
        await within.CreateRepoAsync("left");
        await within.CreateRepoAsync("right");
        var commit = await StartCommitAsync(within, "left");
        await within.DoAsync("FinishCommit", new Pfs.FinishCommitRequest { Commit = commit });
        await within.SendAsync<Pps.CreatePipelineRequest, Empty>(pps, "CreatePipeline", Cross("both"));
        var json = await within.SendAsync<Pps.CreatePipelineV2Request, Pps.CreatePipelineV2Response>(
            pps,
            "CreatePipelineV2",
            new() { CreatePipelineRequestJson = JsonFormatter.Default.Format(Cross("again")) }
        );
        await within.DoAsync("DeleteBranch", new Pfs.DeleteBranchRequest { Branch = Branch("old", "master") });
        var done = await FinishAsync(id);

        Assert.Equal(8, done.Requests.Count);
        Assert.Equal("again", done.Requests[6].CreatePipelineV2.CreatePipelineRequest.Pipeline.Name);
        Assert.Contains("again", json.EffectiveCreatePipelineRequestJson, StringComparison.Ordinal);
        Assert.NotNull((await Client.InspectCommitAsync(commit)).Finished);
        Assert.Equal(GrpcCode.NotFound, (await RefusalAsync(() => Client.InspectCommitAsync(first.Commit))).Code);
        Assert.Equal(["again", "both"], (await JobsAsync(id)).Select(job => job.Job.Pipeline.Name).Order());
        Assert.Empty(
            await Client.ListAsync<Pfs.ListBranchRequest, Pfs.BranchInfo>("ListBranch", new() { Repo = Repo("old") })
        );
    }

    [Fact]
    public async Task Batch_is_done_as_a_whole_or_not_at_all()
    {
        var create = new TransactionRequest { CreateRepo = new() { Repo = Repo("images") } };
        var start = new TransactionRequest { StartCommit = new() { Branch = Branch("images", "master") } };

        var refusal = await RefusalAsync(() => BatchAsync(create, create));
        var unknown = await RefusalAsync(() => BatchAsync(create, new() { UpdateJobState = new() }));
        var repos = await ReposAsync(Client);
        var done = await BatchAsync(create, start);

        Assert.Equal(GrpcCode.AlreadyExists, refusal.Code);
        Assert.Equal(GrpcCode.Unimplemented, unknown.Code);
        Assert.Empty(repos);
        Assert.Equal(done.Transaction.Id, done.Responses[1].Commit.Id);
        Assert.NotNull((await Client.InspectCommitAsync(done.Responses[1].Commit)).Started);
    }

    private static Pps.CreatePipelineRequest Cross(string name) =>
        new()
        {
            Pipeline = new()
            {
                Project = new() { Name = "default" },
                Name = name,
            },
            Transform = new()
            {
                Cmd = { "sh" },
                Stdin = { "for f in left right; do cat /pfs/$f/x; printf ' '; done > /pfs/out/out" },
            },
            Input = new() { Cross = { Whole("left"), Whole("right") } },
        };

    private static Pps.Input Whole(string repo) =>
        new()
        {
            Pfs = new()
            {
                Project = "default",
                Repo = repo,
                Branch = "master",
                Glob = "/",
            },
        };

    private static Task<Pfs.Commit> StartCommitAsync(PachydermClient by, string repo, string branch = "master") =>
        by.SendAsync<Pfs.StartCommitRequest, Pfs.Commit>(
            "pfs_v2.API",
            "StartCommit",
            new() { Branch = Branch(repo, branch) }
        );

    private static async Task<IEnumerable<string>> ReposAsync(PachydermClient by) =>
        (await by.ListAsync<Pfs.ListRepoRequest, Pfs.RepoInfo>("ListRepo", new() { Type = "user" })).Select(info =>
            info.Repo.Name
        );

    private async Task<(string Id, PachydermClient Within)> StartAsync()
    {
        var made = await Client.SendAsync<StartTransactionRequest, Transaction>(service, "StartTransaction", new());
        return (made.Id, Client.Within(made.Id));
    }

    private Task<TransactionInfo> FinishAsync(string id) =>
        Client.SendAsync<FinishTransactionRequest, TransactionInfo>(
            service,
            "FinishTransaction",
            new() { Transaction = new() { Id = id } }
        );

    private Task<TransactionInfo> InspectAsync(string id) =>
        Client.SendAsync<InspectTransactionRequest, TransactionInfo>(
            service,
            "InspectTransaction",
            new() { Transaction = new() { Id = id } }
        );

    private Task<TransactionInfo> BatchAsync(params TransactionRequest[] requests) =>
        Client.SendAsync<BatchTransactionRequest, TransactionInfo>(
            service,
            "BatchTransaction",
            new() { Requests = { requests } }
        );

    private Task<Empty> DeleteAsync(string id) =>
        Client.SendAsync<DeleteTransactionRequest, Empty>(
            service,
            "DeleteTransaction",
            new() { Transaction = new() { Id = id } }
        );

    private Task<ListTransactionResponse> ListAsync() =>
        Client.SendAsync<ListTransactionRequest, ListTransactionResponse>(service, "ListTransaction", new());

    private async Task<List<Pps.JobInfo>> JobsAsync(string set) =>
        await Client
            .StreamAsync<Pps.InspectJobSetRequest, Pps.JobInfo>(
                pps,
                "InspectJobSet",
                new() { JobSet = new() { Id = set } }
            )
            .ToListAsync();
}
