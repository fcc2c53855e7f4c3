using Braid.TrainingJobs.Replicas;

namespace Braid.TrainingJobs.Tests.Replicas;

public sealed class ResourceRequestTests
{
    [Fact]
    public void A_replica_asks_for_the_sum_of_its_containers_and_limits_stand_for_requests()
    {
        var request = Ask(
            "      resources: {requests: {cpu: 500m, memory: 1Gi}, limits: {cpu: 4, nvidia.com/gpu: 2}}\n    - {name: side, image: i, resources: {limits: {cpu: 0.25, memory: 1e6}}}"
        );
        Assert.Equal((750, 1074741824, 2), (request.CpuMillicores, request.MemoryBytes, request.Gpus));
        Assert.True(request.AsksForGpu);
    }

    [Fact]
    public void An_init_container_that_asks_for_more_counts()
    {
        var request = Ask(
            "      resources: {requests: {cpu: 1, memory: 1Gi}}\n  initContainers: [{name: a, image: i, resources: {requests: {cpu: 3, memory: 1Mi}}}]"
        );
        Assert.Equal((3000, 1073741824), (request.CpuMillicores, request.MemoryBytes));
    }

    [Fact]
    public void Slices_and_other_resources_are_told_by_name()
    {
        var request = Ask(
            "      resources: {limits: {nvidia.com/mig-1g.5gb: 2, nvidia.com/mig-3g.20gb: 1, ephemeral-storage: 1Ki, amd.com/gpu: 1}}"
        );
        Assert.Equal(2, request.MigSlices["1g.5gb"]);
        Assert.Equal(1, request.MigSlices["3g.20gb"]);
        Assert.Equal(1024, request.Others["ephemeral-storage"]);
        Assert.Equal(1, request.Gpus);
    }

    [Theory]
    [InlineData("{gpu-fraction: '0.5'}", 0.5, 0, 1)]
    [InlineData("{gpu-fraction: '0.25', gpu-fraction-num-devices: '2'}", 0.25, 0, 2)]
    [InlineData("{gpu-memory: '2000'}", 0, 2000, 1)]
    [InlineData("{gpu-fraction: half}", 0, 0, 0)]
    [InlineData("{other: '1'}", 0, 0, 0)]
    public void Annotations_ask_for_shares_of_devices(string annotations, double fraction, long memory, int devices)
    {
        var yaml = Samples
            .Yaml("TFJob", "Worker=1")
            .Replace(
                "        spec:",
                $"        metadata: {{annotations: {annotations}}}\n        spec:",
                StringComparison.Ordinal
            );
        var request = JobReplicas.Of(Samples.Admitted(yaml))[0].Resources;
        Assert.Equal(
            (fraction, memory, devices),
            (request.GpuFraction, request.GpuMemoryMebibytes, request.SharedDevices)
        );
    }

    private static ResourceRequest Ask(string template) =>
        JobReplicas.Of(Samples.Admitted("TFJob", "Worker=1", template: template))[0].Resources;
}
