using Braid.TrainingJobs.Replicas;

namespace Braid.TrainingJobs.Tests.Replicas;

public sealed class GangTests
{
    [Theory]
    [InlineData("TFJob", "PS=2 Worker=3", "", 5, "")]
    [InlineData("TFJob", "PS=2 Worker=3", "runPolicy: {schedulingPolicy: {minAvailable: 4}}", 4, "")]
    [InlineData("TFJob", "Worker=3", "runPolicy: {schedulingPolicy: {minAvailable: 40}}", 3, "")]
    [InlineData("PyTorchJob", "Master=1 Worker=3", "", 4, "master 1 worker 3")]
    [InlineData(
        "PyTorchJob",
        "Master=1 Worker=3",
        "elasticPolicy: {minReplicas: 2, maxReplicas: 3}",
        2,
        "master 1 worker 1"
    )]
    [InlineData(
        "PyTorchJob",
        "Master=1 Worker=3",
        "elasticPolicy: {minReplicas: 2}\nrunPolicy: {schedulingPolicy: {minAvailable: 3}}",
        3,
        "master 1 worker 2"
    )]
    [InlineData("PyTorchJob", "Worker=3", "elasticPolicy: {minReplicas: 1}", 1, "")]
    [InlineData("MPIJob", "Launcher=1 Worker=2", "", 3, "")]
    public void A_gang_is_all_replicas_or_as_many_as_the_job_can_do_with(
        string kind,
        string replicas,
        string spec,
        int min,
        string parts
    )
    {
        var gang = Gang.Of(Samples.Admitted(kind, replicas, spec));
        Assert.Equal(min, gang.MinMember);
        Assert.Equal(parts, string.Join(' ', gang.Subgroups.Select(part => $"{part.Name} {part.MinMember}")));
    }

    [Theory]
    [InlineData("labels: {runai/queue: a}", "", "a")]
    [InlineData("labels: {kai.scheduler/queue: k, runai/queue: a, project: p}", "", "k")]
    [InlineData("labels: {project: p}", "runPolicy: {schedulingPolicy: {queue: q}}", "p")]
    [InlineData("", "runPolicy: {schedulingPolicy: {queue: q}}", "q")]
    [InlineData("", "", null)]
    public void The_queue_is_a_label_or_the_scheduling_policys(string metadata, string spec, string? queue) =>
        Assert.Equal(queue, Gang.Of(Samples.Admitted("JAXJob", "Worker=1", spec, metadata: metadata)).Queue);

    [Theory]
    [InlineData("", "", "train", 50, true)]
    [InlineData("labels: {priorityClassName: build}", "", "build", 100, false)]
    [InlineData(
        "labels: {priorityClassName: build, kai.scheduler/preemptibility: preemptible}",
        "",
        "build",
        100,
        true
    )]
    [InlineData("", "  priorityClassName: inference", "inference", 125, false)]
    [InlineData("", "  priorityClassName: interactive-preemptible", "interactive-preemptible", 75, true)]
    [InlineData(
        "labels: {kai.scheduler/preemptibility: non-preemptible}",
        "  priorityClassName: our-own",
        "our-own",
        null,
        false
    )]
    public void Priority_says_whether_a_gang_can_be_preempted_unless_a_label_does(
        string metadata,
        string template,
        string name,
        int? priority,
        bool preemptible
    )
    {
        var gang = Gang.Of(Samples.Admitted("JAXJob", "Worker=1", template: template, metadata: metadata));
        Assert.Equal((name, priority, preemptible), (gang.PriorityClass, gang.Priority, gang.IsPreemptible));
    }

    [Fact]
    public void A_gang_waits_as_long_and_for_as_much_as_the_job_says()
    {
        var gang = Gang.Of(
            Samples.Admitted(
                "JAXJob",
                "Worker=2",
                "runPolicy: {schedulingPolicy: {scheduleTimeoutSeconds: 60, minResources: {cpu: 2, nvidia.com/gpu: 1}}}",
                "  schedulerName: kai-scheduler"
            )
        );
        Assert.Equal(
            (TimeSpan.FromMinutes(1), 2000, 1, "kai-scheduler"),
            (gang.ScheduleTimeout, gang.MinResources!.CpuMillicores, gang.MinResources.Gpus, gang.SchedulerName)
        );
        Assert.Equal(2, gang.Members.Count);
    }
}
