using System.Text.Json.Nodes;
using Braid.TrainingJobs.Manifests;

namespace Braid.TrainingJobs.Tests.Manifests;

public sealed class ManifestWriterTests
{
    [Fact]
    public void What_was_read_is_written()
    {
        const string text = """
            {"apiVersion":"kubeflow.org/v1","kind":"TFJob","metadata":{"name":"x","odd":[1]},"spec":{"tfReplicaSpecs":{"PS":{"replicas":0,"template":{"spec":{"containers":[{"name":"a","command":["sh","-c","echo $(A)\nexit"],"resources":{"limits":{"cpu":"500m","memory":"1e3"}},"livenessProbe":{"x":1}}],"affinity":{"nodeAffinity":{}}}}}},"more":"y"},"status":{"startTime":"2026-01-01T00:00:00Z"}}
            """;
        var job = Samples.Read(text);
        var expected = JsonNode.Parse(text);
        Assert.True(JsonNode.DeepEquals(expected, ManifestWriter.ToJson(job)), ManifestWriter.ToJsonText(job));
        Assert.True(JsonNode.DeepEquals(expected, ManifestWriter.ToJson(Samples.Read(ManifestWriter.ToYaml(job)))));
    }

    [Fact]
    public void YAML_is_in_the_style_of_kubectl()
    {
        var job = Samples.Admitted(
            Samples.Yaml("TFJob", "Worker=1", template: "  nodeSelector: {a: 'true', b: '1', c: plain, d: ''}")
        );
        Assert.Equal(
            """
            apiVersion: kubeflow.org/v1
            kind: TFJob
            metadata:
              name: job
              namespace: ns
            spec:
              runPolicy:
                cleanPodPolicy: None
              successPolicy: ""
              tfReplicaSpecs:
                Worker:
                  replicas: 1
                  restartPolicy: Never
                  template:
                    spec:
                      containers:
                      - image: train:1
                        name: tensorflow
                        ports:
                        - containerPort: 2222
                          name: tfjob-port
                      nodeSelector:
                        a: "true"
                        b: "1"
                        c: plain
                        d: ""

            """.ReplaceLineEndings("\n"),
            ManifestWriter.ToYaml(job)
        );
    }

    [Theory]
    [InlineData("multi\nline\n")]
    [InlineData("multi\nline")]
    [InlineData(" leading and trailing ")]
    [InlineData("null")]
    [InlineData("<<")]
    [InlineData("0x1F")]
    [InlineData("- dash: # no comment")]
    [InlineData("tab\tand \u0001 control")]
    [InlineData("\"quoted\" and 'quoted'")]
    [InlineData("naïve ☕ 🧵")]
    [InlineData("\nfirst line empty")]
    [InlineData("trailing space \nin a line")]
    public void Any_text_survives_being_written_as_YAML(string text)
    {
        var job = Samples.Read(Samples.Yaml("TFJob", "Worker=1"));
        var labelled = job with
        {
            Metadata = job.Metadata with { Annotations = new Dictionary<string, string> { [text] = text } },
        };
        var annotation = Assert.Single(Samples.Read(ManifestWriter.ToYaml(labelled)).Metadata.Annotations);
        Assert.Equal((text, text), (annotation.Key, annotation.Value));
    }
}
