using System.Text.Json.Nodes;
using Braid.Pipelines.Planning;
using Braid.Pipelines.Specs;
using Braid.Pipelines.Specs.Reading;
using Braid.Primitives;
using Braid.TrainingJobs.Kinds;

namespace Braid.Pipelines.Tests.Specs;

/// <summary>Pipelines that run a distributed job.</summary>
public sealed class TrainingJobSpecTests
{
    public const string Manifest = """
        apiVersion: kubeflow.org/v1
        kind: TFJob
        metadata: {name: anything}
        spec:
          tfReplicaSpecs:
            Chief: {template: {spec: {containers: [{name: tensorflow, image: "fit:1", command: [fit]}]}}}
            Worker: {replicas: 2, template: {spec: {containers: [{name: tensorflow, image: "fit:1", command: [fit]}]}}}
        """;

    [Fact]
    public void A_TFJob_takes_the_place_of_the_program()
    {
        var spec = Ok(Spec(Manifest));
        Assert.Equal("fit-it", spec.TrainingJob?.Name);
        Assert.Equal("fit:1", spec.Transform.Image);
        Assert.Empty(spec.Transform.Cmd);
        Assert.Equal(Manifest, JsonNode.Parse(spec.Json)?["tfJob"]?["tfJob"]?.GetValue<string>());
        Assert.Equal(spec.TrainingJob?.Name, SpecReader.ReadStored(spec.Json).TrainingJob?.Name);
    }

    [Fact]
    public void What_it_need_not_say_fits_a_distributed_job()
    {
        var spec = Ok(Spec(Manifest));
        Assert.Equal(1, spec.DatumTries);
        Assert.Equal("/", Assert.Single(spec.Input.Leaves).Glob);
        Assert.Equal(2, Ok(Spec(Manifest, """ "datum_tries": 2 """)).DatumTries);
    }

    [Fact]
    public void Defaults_of_programs_do_not_meet_it()
    {
        var draft = SpecReader.Parse(Spec(Manifest)).Value;
        Assert.True(SpecReader.Read(draft, new JsonObject { ["transform"] = new JsonObject { ["image"] = "i" } }).IsOk);
    }

    [Fact]
    public void A_PyTorchJob_has_a_field_of_its_own_and_the_manifest_may_be_an_object()
    {
        var read = Ok(
            """
            {"pipeline": {"name": "p"}, "input": {"pfs": {"repo": "r"}}, "pytorch_job":
              {"apiVersion": "kubeflow.org/v1", "kind": "PyTorchJob", "metadata": {"name": "p"}, "spec": {"pytorchReplicaSpecs": {"Master": {"replicas": 1,
              "template": {"spec": {"containers": [{"name": "pytorch", "image": "i"}]}}}}}}}
            """
        );
        Assert.Equal(JobKind.PyTorchJob, read.TrainingJob?.Kind);
    }

    [Fact]
    public void The_form_of_2017_is_taken_with_a_warning()
    {
        var old = """
            apiVersion: kubeflow.org/v1alpha1
            kind: TFJob
            metadata: {name: example-job}
            spec: {replicaSpecs: [{tfReplicaType: MASTER, template: {spec: {containers: [{name: tensorflow, image: i}]}}}]}
            """;
        Assert.Contains("kubeflow.org/v1alpha1", Assert.Single(Ok(Spec(old)).Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(""" "transform": {"cmd": ["a"]} """, "has both transform and tf_job")]
    [InlineData(
        """ "service": {"internal_port": 1} """,
        "a distributed job in a spout or service is not supported yet"
    )]
    [InlineData(""" "s3_out": true """, "a distributed job that reads or writes by S3 is not supported yet")]
    public void What_does_not_go_with_it_is_refused(string also, string reason) =>
        Assert.Contains(reason, SpecReader.Read(Spec(Manifest, also)).Error?.Message, StringComparison.Ordinal);

    [Fact]
    public void It_may_not_name_folders_of_machines()
    {
        var manifest = Manifest.Replace(
            "{spec: {containers",
            "{spec: {volumes: [{name: v, hostPath: {path: /etc}}], containers",
            StringComparison.Ordinal
        );
        Assert.Contains("hostPath", SpecReader.Read(Spec(manifest)).Error?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_manifest_is_other_code_and_the_same_one_is_not()
    {
        var code = DatumKeys.Code(Ok(Spec(Manifest)));
        Assert.Equal(code, DatumKeys.Code(Ok(Spec(Manifest, """ "description": "d" """))));
        Assert.NotEqual(code, DatumKeys.Code(Ok(Spec(Manifest.Replace("2,", "3,", StringComparison.Ordinal)))));
    }

    /// <param name="also">More fields of the spec.</param>
    public static string Spec(string manifest, string also = "") =>
        $$$"""
            {"pipeline": {"name": "Fit_it"}, "input": {"pfs": {"repo": "in"}},
              "tf_job": {"tf_job": {{{JsonValue.Create(manifest).ToJsonString()}}}}{{{(
                also.Length > 0 ? "," + also : ""
            )}}}}
            """;

    private static PipelineSpec Ok(string json)
    {
        var read = SpecReader.Read(json);
        return read.IsOk ? read.Value : throw new InvalidOperationException(read.Error?.Message);
    }
}
