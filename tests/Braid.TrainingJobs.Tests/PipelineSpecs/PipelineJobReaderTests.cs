using System.Text.Json.Nodes;
using Braid.TrainingJobs.Manifests;
using Braid.TrainingJobs.PipelineSpecs;

namespace Braid.TrainingJobs.Tests.PipelineSpecs;

public sealed class PipelineJobReaderTests
{
    [Theory]
    [InlineData("tf_job")]
    [InlineData("tfJob")]
    public void A_TFJob_comes_as_text_within_the_spec(string field)
    {
        var spec = new JsonObject { [field] = new JsonObject { [field] = Samples.Mnist } };
        var job = PipelineJobReader.Read(spec, "train-4f2a").Value;
        Assert.True(PipelineJobReader.IsIn(spec));
        Assert.Equal("train-4f2a", job.Job.Name);
    }

    [Fact]
    public void A_manifest_can_be_an_object_as_well()
    {
        var manifest = ManifestWriter.ToJson(Samples.Read(Samples.Yaml("PyTorchJob", "Master=1")));
        Assert.True(PipelineJobReader.Read(new() { ["pytorch_job"] = manifest.DeepClone() }, "x").IsOk);
        Assert.True(
            PipelineJobReader.Read(new() { ["pytorch_job"] = new JsonObject { ["pytorch_job"] = manifest } }, "x").IsOk
        );
    }

    [Theory]
    [InlineData("""{"tf_job": "a: 1"}""", """{"tf_job":{"tfJob":"a: 1"}}""")]
    [InlineData("""{"tf_job": {"a": 1}}""", """{"tf_job":{"tfJob":"{\u0022a\u0022:1}"}}""")]
    [InlineData("""{"tfJob": {"tf_job": {"a": 1}}}""", """{"tfJob":{"tfJob":"{\u0022a\u0022:1}"}}""")]
    [InlineData("""{"pytorch_job": {"pytorch_job": "a: 1"}}""", """{"pytorch_job":{"pytorch_job":"a: 1"}}""")]
    [InlineData("""{"transform": {}}""", """{"transform":{}}""")]
    public void A_manifest_in_any_place_becomes_text_in_the_contracts(string given, string expected)
    {
        var spec = JsonNode.Parse(given)!.AsObject();
        PipelineJobReader.ToText(spec);
        Assert.Equal(expected, spec.ToJsonString());
    }

    [Theory]
    [InlineData("{}", "has no distributed job; give one as tf_job or pytorch_job")]
    [InlineData("{\"tf_job\": 3}", "tf_job must be a job's manifest, as text or as an object")]
    [InlineData("{\"tf_job\": \"\"}", "the file holds no manifest")]
    [InlineData("{\"tf_job\": {\"tf_job\": \"a: [\"}}", "malformed manifest")]
    [InlineData("{\"transform\": {\"cmd\": [\"a\"]}, \"tf_job\": \"x\"}", "has both transform and tf_job")]
    public void What_is_no_job_is_refused(string spec, string message) =>
        Assert.Contains(
            message,
            PipelineJobReader.Read(JsonNode.Parse(spec)!.AsObject(), "x").Error!.Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_job_of_another_kind_or_two_jobs_are_refused()
    {
        Assert.Equal("tf_job holds a JAXJob; it takes a TFJob", Error(Samples.Yaml("JAXJob", "Worker=1")));
        Assert.Equal("tf_job holds 2 manifests; a pipeline runs one", Error($"{Samples.Mnist}\n---\n{Samples.Mnist}"));
        Assert.Contains(
            "must not have more than 1 Chief or Master role",
            Error(Samples.Yaml("TFJob", "Chief=1 Master=1")),
            StringComparison.Ordinal
        );
    }

    private static string Error(string manifest) =>
        PipelineJobReader.Read(new() { ["tf_job"] = manifest }, "x").Error!.Message;
}
