using Braid.Testing;

namespace Braid.TrainingJobs.Tests.Manifests;

public sealed class ExamplesTests
{
    [Theory]
    [InlineData("tfjob.yaml", "TFJob fit-a-line 3", 0)]
    [InlineData("pytorchjob.yaml", "PyTorchJob two-moons 2", 0)]
    [InlineData("mpijob.yaml", "MPIJob who-is-there 3", 0)]
    [InlineData("tfjob-v1alpha1.yaml", "TFJob example-job 4", 1)]
    public void The_examples_are_taken(string file, string expected, int warnings)
    {
        var read = Samples.ReadWithWarnings(File.ReadAllText(Repository.PathOf("examples", "distributed", file)));
        var job = Admission.Create(read.Job).Value.Job;
        Assert.Equal(expected, $"{job.Kind} {job.Name} {Braid.TrainingJobs.Replicas.ReplicaSpecs.TotalReplicas(job)}");
        Assert.Equal(warnings, read.Warnings.Count);
    }

    [Fact]
    public void Every_example_is_tried() =>
        Assert.Equal(
            ["mpijob.yaml", "pytorchjob.yaml", "tfjob-v1alpha1.yaml", "tfjob.yaml"],
            Directory
                .EnumerateFiles(Repository.PathOf("examples", "distributed"), "*.yaml")
                .Select(Path.GetFileName)
                .Order(StringComparer.Ordinal)
        );
}
