using Braid.Access.Callers;
using Braid.Primitives;
using Braid.Tracking.Logs;
using Braid.Tracking.Runs;
using Braid.Workloads.Desks;
using Braid.Workloads.Parts;
using Braid.Workloads.Submission;

namespace Braid.Workloads.Tests;

/// <summary>Workloads that are parts of jobs with runs of their own.</summary>
public sealed class PartTests
{
    private const string manifest = """
        apiVersion: kubeflow.org/v1
        kind: TFJob
        metadata: {name: job}
        spec:
          tfReplicaSpecs:
            Worker:
              replicas: 2
              template:
                spec:
                  containers: [{name: tensorflow, image: i, command: ["true"], env: [{name: OWN, value: mine}]}]
        """;

    private static readonly WorkloadSpec gang = new()
    {
        Kind = WorkloadKind.TrainingJob,
        Manifest = manifest,
        Environment = new Dictionary<string, string> { ["OWN"] = "not mine", ["DATA"] = "/pfs/in" },
        Volumes = [new("/in", "/pfs", IsReadOnly: true), new("/out", "/pfs/out", IsForLeader: true)],
        ReadableRepos = ["default/in"],
    };

    [Fact]
    public async Task The_programs_of_a_part_write_to_the_run_of_their_job_which_goes_on_when_they_end()
    {
        await using var fixture = await WorkloadsFixture.OpenAsync();
        var (run, id) = await SubmitAsync(fixture, WorkloadsFixture.NewSpec());
        var order = await PlacedAsync(fixture);
        var key = (await fixture.Authenticator.FromKeyAsync(order.Keys, default)).Value;
        Assert.Equal(run, Assert.IsType<Caller.Job>(key).Run);

        await fixture.StartAsync(order.Attempt);
        await AppendAsync(fixture, order.Attempt, "hello");
        var line = Assert.Single(await fixture.PrintedAsync(run));
        Assert.Equal(("hello", "part-0"), (line.Text, line.Worker));

        await fixture.EndAsync(order.Attempt, 0);
        Assert.True((await fixture.Host.Parts.WaitAsync(id, _ => { }, default)).HasSucceeded);
        Assert.Equal(RunStatus.InProgress, (await fixture.RunOfAsync(run)).Status);
        Assert.False((await fixture.Authenticator.FromKeyAsync(order.Keys, default)).IsOk);
    }

    [Fact]
    public async Task Replicas_of_a_job_have_what_it_is_given_beside_its_manifest_and_the_leader_more()
    {
        await using var fixture = await WorkloadsFixture.OpenAsync();
        await SubmitAsync(fixture, gang);
        await fixture.RegisterAsync();
        await fixture.PlaceAsync();
        var orders = (await fixture.OrdersAsync()).Cast<WorkOrder.Run>().OrderBy(order => order.Attempt.Replica);
        Assert.Equal(
            ["/pfs /pfs/out", "/pfs"],
            orders.Select(order => string.Join(' ', order.Program.Volumes.Select(volume => volume.Target)))
        );
        Assert.All(orders, order => Assert.Equal("mine", order.Program.Environment["OWN"]));
        Assert.All(orders, order => Assert.Equal("/pfs/in", order.Program.Environment["DATA"]));
        var caller = await fixture.Authenticator.FromKeyAsync(orders.First().Keys, default);
        Assert.Equal(["default/in"], Assert.IsType<Caller.Job>(caller.Value).ReadableRepos);
    }

    [Fact]
    public async Task A_part_that_failed_says_what_went_wrong_first()
    {
        await using var fixture = await WorkloadsFixture.OpenAsync();
        var (_, id) = await SubmitAsync(fixture, gang);
        await fixture.RegisterAsync();
        await fixture.PlaceAsync();
        var orders = await fixture.OrdersAsync();
        await fixture.EndAsync(orders.Single(order => order.Attempt.Replica.EndsWith('1')).Attempt, 3);
        await fixture.EndAsync(orders.Single(order => order.Attempt.Replica.EndsWith('0')).Attempt, 143);

        var end = await fixture.Host.Parts.WaitAsync(id, _ => { }, default);
        Assert.False(end.HasSucceeded);
        Assert.StartsWith("job-worker-1 exited with code 3; TFJob", end.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_part_that_waits_says_why_and_ends_with_whoever_asked_for_it()
    {
        await using var fixture = await WorkloadsFixture.OpenAsync();
        fixture.Decide = Braid.Scheduling.Scheduler.Decide;
        await fixture.RegisterAsync();
        var (_, id) = await SubmitAsync(
            fixture,
            WorkloadsFixture.NewSpec() with
            {
                NodeSelector = new Dictionary<string, string> { ["kubernetes.io/hostname"] = "node-b" },
            }
        );
        await fixture.PlaceAsync();
        var told = new TaskCompletionSource<string?>();
        var waiting = fixture.Host.Parts.WaitAsync(id, why => told.TrySetResult(why), default);
        Assert.Contains("node", await told.Task, StringComparison.Ordinal);

        await fixture.Host.Parts.StopAllAsync("the server was started anew", default);
        Assert.Equal(new(false, "the server was started anew"), await waiting);
    }

    [Theory]
    [InlineData("team", "team")]
    [InlineData("lab", "default")]
    [InlineData("nobody", "default")]
    public async Task A_part_goes_to_its_projects_share_where_that_takes_work(string project, string share)
    {
        await using var fixture = await WorkloadsFixture.OpenAsync();
        await fixture.Host.Shares.CreateAsync(WorkloadsFixture.Someone, new("lab"), default);
        await fixture.Host.Shares.CreateAsync(WorkloadsFixture.Someone, new("team") { Parent = "lab" }, default);
        var (_, id) = await SubmitAsync(fixture, WorkloadsFixture.NewSpec(), project);
        Assert.Equal(share, (await fixture.GetAsync(id)).Share);
    }

    private static async Task<(RunId Run, RunId Part)> SubmitAsync(
        WorkloadsFixture fixture,
        WorkloadSpec spec,
        string project = "default"
    )
    {
        var run = new RunId(IdSource.System.Next());
        var tracked = await fixture.Database.WriteAsync(
            async db =>
            {
                var made = await fixture.Runs.CreateForJobAsync(db, new(run, null, "pipelines", "train"));
                await fixture.Runs.SetStatusForJobAsync(db, run, RunStatus.InProgress, "", "");
                return made;
            },
            default
        );
        var part = new NewPart(run, tracked, "part", spec) { PreferredShare = project };
        return (run, (await fixture.Host.Parts.SubmitAsync(part, default)).Value);
    }

    private static async Task<WorkOrder.Run> PlacedAsync(WorkloadsFixture fixture)
    {
        await fixture.RegisterAsync();
        await fixture.PlaceAsync();
        return Assert.IsType<WorkOrder.Run>(Assert.Single(await fixture.OrdersAsync()));
    }

    private static Task<Result<long>> AppendAsync(WorkloadsFixture fixture, AttemptId attempt, string text) =>
        fixture.Host.Desk.AppendAsync(
            WorkloadsFixture.Someone,
            "node-a",
            "epoch-1",
            attempt,
            0,
            [new(fixture.Clock.GetUtcNow(), false, text)],
            default
        );
}
