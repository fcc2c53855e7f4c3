using Braid.TrainingJobs.Kinds;
using Braid.TrainingJobs.Manifests;

namespace Braid.TrainingJobs.Tests.Manifests;

public sealed class ManifestReaderTests
{
    [Fact]
    public void A_manifest_is_read_with_all_that_the_model_has()
    {
        var job = Samples.Read(
            """
            apiVersion: kubeflow.org/v1
            kind: PyTorchJob
            metadata:
              name: train
              labels: {team: vision}
            spec:
              nprocPerNode: "2"
              elasticPolicy:
                minReplicas: 1
                rdzvConf:
                - {key: timeout, value: "900"}
              runPolicy:
                backoffLimit: 0
                schedulingPolicy:
                  queue: research
                  minResources: {cpu: 1500m, nvidia.com/gpu: 2}
              pytorchReplicaSpecs:
                Worker:
                  replicas: 3
                  restartPolicy: ExitCode
                  template:
                    metadata:
                      annotations: {gpu-fraction: "0.5"}
                    spec:
                      nodeSelector: {zone: a}
                      tolerations: [{key: gpu, operator: Exists}]
                      priorityClassName: build
                      volumes: [{name: data, hostPath: {path: /data}}]
                      initContainers: [{name: fetch, image: i}]
                      containers:
                      - name: pytorch
                        image: train:1
                        command: [python3, train.py]
                        env:
                        - {name: A, value: b}
                        - {name: WHO, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
                        - {name: KEY, valueFrom: {secretKeyRef: {name: s, key: k, optional: true}}}
                        - {name: MEM, valueFrom: {resourceFieldRef: {resource: limits.memory, divisor: 1Mi}}}
                        resources: {limits: {memory: 2Gi}}
                        volumeMounts: [{name: data, mountPath: /data, readOnly: true}]
            """
        );
        var worker = job.Spec.ReplicaSpecs!["Worker"];
        var container = Assert.Single(worker.Template.Spec.Containers);
        Assert.Equal(JobKind.PyTorchJob, job.Kind);
        Assert.Equal("vision", job.Metadata.Labels["team"]);
        Assert.Equal(0, job.Spec.RunPolicy.BackoffLimit);
        Assert.Equal(1500, job.Spec.RunPolicy.SchedulingPolicy!.MinResources["cpu"].Thousandths);
        Assert.Equal(
            ("timeout", "900"),
            (job.Spec.ElasticPolicy!.RdzvConf[0].Key, job.Spec.ElasticPolicy.RdzvConf[0].Value)
        );
        Assert.Equal((3, RestartPolicy.ExitCode), (worker.Replicas, worker.RestartPolicy));
        Assert.Equal("fetch", worker.Template.Spec.InitContainers[0].Name);
        Assert.Equal("/data", worker.Template.Spec.Volumes[0].HostPath!.Path);
        Assert.Equal(["python3", "train.py"], container.Command);
        Assert.Equal("metadata.name", container.Env[1].ValueFrom!.FieldRef!.FieldPath);
        Assert.True(container.Env[2].ValueFrom!.SecretKeyRef!.Optional);
        Assert.Equal(1048576, container.Env[3].ValueFrom!.ResourceFieldRef!.Divisor!.Value.Units);
        Assert.Equal(2147483648, container.Resources.Limits["memory"].Units);
    }

    [Fact]
    public void A_file_holds_several_documents_and_lists()
    {
        var one = Samples.Yaml("TFJob", "Worker=1");
        Assert.Equal(2, ManifestReader.Read($"---\n{one}\n---\n\n---\n{one}\n").Value.Count);
        const string json =
            """{"apiVersion":"kubeflow.org/v1","kind":"JAXJob","metadata":{"name":"x"},"spec":{"jaxReplicaSpecs":{}}}""";
        Assert.Equal(2, ManifestReader.Read($"{json}\n{json}").Value.Count);
        Assert.Equal(
            3,
            ManifestReader
                .Read($$"""{"apiVersion":"v1","kind":"List","items":[{{json}},{{json}},{{json}}]}""")
                .Value.Count
        );
    }

    [Theory]
    [InlineData(
        "replicas: two",
        "spec.tfReplicaSpecs[Worker].replicas: Invalid value: \"string\": spec.tfReplicaSpecs[Worker].replicas in body must be of type integer: \"string\""
    )]
    [InlineData(
        "replicas: 99999999999",
        "spec.tfReplicaSpecs[Worker].replicas: Invalid value: 99999999999: must be from -2147483648 to 2147483647"
    )]
    [InlineData(
        "replicas: 1.5",
        "spec.tfReplicaSpecs[Worker].replicas: Invalid value: \"number\": spec.tfReplicaSpecs[Worker].replicas in body must be of type integer: \"number\""
    )]
    [InlineData(
        "restartPolicy: Sometimes",
        "spec.tfReplicaSpecs[Worker].restartPolicy: Unsupported value: \"Sometimes\": supported values: \"Never\", \"OnFailure\", \"Always\", \"ExitCode\""
    )]
    [InlineData(
        "template: []",
        "spec.tfReplicaSpecs[Worker].template: Invalid value: \"array\": spec.tfReplicaSpecs[Worker].template in body must be of type object: \"array\""
    )]
    [InlineData(
        "template: {spec: {containers: [{env: [{name: A, value: 1}]}]}}",
        "spec.tfReplicaSpecs[Worker].template.spec.containers[0].env[0].value: Invalid value: \"integer\": spec.tfReplicaSpecs[Worker].template.spec.containers[0].env[0].value in body must be of type string: \"integer\""
    )]
    [InlineData(
        "template: {spec: {containers: [null]}}",
        "spec.tfReplicaSpecs[Worker].template.spec.containers[0]: Required value: must be specified"
    )]
    [InlineData(
        "template: {spec: {containers: [{resources: {limits: {cpu: lots}}}]}}",
        "spec.tfReplicaSpecs[Worker].template.spec.containers[0].resources.limits[cpu]: Invalid value: \"lots\": must be a quantity such as 500m, 2, 1e3 or 4Gi"
    )]
    public void A_value_of_a_wrong_type_is_refused_with_its_path(string field, string message)
    {
        var yaml =
            $"apiVersion: kubeflow.org/v1\nkind: TFJob\nmetadata: {{name: x}}\nspec:\n  tfReplicaSpecs:\n    Worker:\n      {field}\n";
        Assert.Equal($"TFJob.kubeflow.org \"x\" is invalid: {message}", ManifestReader.Read(yaml).Error!.Message);
    }

    [Fact]
    public void All_that_is_wrong_is_told_at_once()
    {
        var error = ManifestReader
            .Read(
                "{apiVersion: kubeflow.org/v1, kind: TFJob, metadata: {name: 3}}".Replace(
                    "{a",
                    "# yaml\n{a",
                    StringComparison.Ordinal
                )
            )
            .Error;
        Assert.Equal(
            "TFJob.kubeflow.org \"\" is invalid: [metadata.name: Invalid value: \"integer\": metadata.name in body must be of type string: \"integer\", spec: Required value: must be specified]",
            error!.Message
        );
    }

    [Theory]
    [InlineData("", "the file holds no manifest")]
    [InlineData("just text", "expected an object with apiVersion and kind, got a string")]
    [InlineData("a: [", "malformed manifest")]
    [InlineData("{\"a\": 1, \"a\": 2}", "the key \"a\" is there twice")]
    [InlineData("a: 1\na: 2", "the key \"a\" is there twice")]
    [InlineData("a: *nobody", "malformed manifest")]
    [InlineData("{\"a\": \"\\ud800\"}", "a text is not Unicode")]
    [InlineData(
        "apiVersion: v1\nkind: ConfigMap",
        "no matches for kind \"ConfigMap\" in version \"v1\"; known are TFJob, PyTorchJob"
    )]
    [InlineData(
        "apiVersion: kubeflow.org/v2beta1\nkind: MPIJob",
        "no matches for kind \"MPIJob\" in version \"kubeflow.org/v2beta1\""
    )]
    public void What_is_no_job_is_refused_with_the_reason(string text, string message) =>
        Assert.Contains(message, ManifestReader.Read(text).Error!.Message, StringComparison.Ordinal);

    [Fact]
    public void Fields_that_are_unknown_or_not_acted_on_are_kept_and_named()
    {
        var read = Samples.ReadWithWarnings(
            Samples.Yaml("TFJob", "Worker=1", "nprocPerNode: '2'\nodd: {a: [1, 2]}", "  hostIPC: true\n  typo: 1")
        );
        Assert.Equal(
            [
                "unknown field \"spec.nprocPerNode\"",
                "unknown field \"spec.odd\"",
                "spec.tfReplicaSpecs[Worker].template.spec.hostIPC is kept, and nothing here acts on it",
                "unknown field \"spec.tfReplicaSpecs[Worker].template.spec.typo\"",
            ],
            read.Warnings
        );
        var written = ManifestWriter.ToJson(read.Job);
        Assert.Equal("[1,2]", written["spec"]!["odd"]!["a"]!.ToJsonString());
        Assert.Equal(
            "true",
            written["spec"]!["tfReplicaSpecs"]!["Worker"]!["template"]!["spec"]!["hostIPC"]!.ToJsonString()
        );
    }

    [Fact]
    public void Values_are_read_as_Kubernetes_reads_YAML()
    {
        var job = Samples.Read(
            Samples.Yaml(
                "TFJob",
                "Worker=0x10",
                "enableDynamicWorker: yes",
                "  volumes: [{name: s, secret: {secretName: s, defaultMode: 0400}}]\n  nodeSelector: {a: 'yes', b: \"1\", c: 1.2.3, d: v1}"
            )
        );
        var pod = job.Spec.ReplicaSpecs!["Worker"].Template.Spec;
        Assert.True(job.Spec.EnableDynamicWorker);
        Assert.Equal(16, job.Spec.ReplicaSpecs["Worker"].Replicas);
        Assert.Equal(256, pod.Volumes[0].Secret!.DefaultMode);
        Assert.Equal(["yes", "1", "1.2.3", "v1"], pod.NodeSelector.Values);
    }

    [Fact]
    public void Aliases_repeat_and_merge_keys_fill_in()
    {
        var job = Samples.Read(
            """
            apiVersion: kubeflow.org/v1
            kind: TFJob
            metadata: {name: x}
            spec:
              tfReplicaSpecs:
                PS: &all {replicas: 2, restartPolicy: Always}
                Worker: {<<: *all, replicas: 5}
                Chief: *all
            """
        );
        var specs = job.Spec.ReplicaSpecs!;
        Assert.Equal((5, RestartPolicy.Always), (specs["Worker"].Replicas, specs["Worker"].RestartPolicy));
        Assert.Equal((2, RestartPolicy.Always), (specs["Chief"].Replicas, specs["Chief"].RestartPolicy));
    }

    [Fact]
    public void Manifests_beyond_the_limits_are_refused()
    {
        Assert.Contains(
            "more than 10",
            ManifestReader.Read(Samples.Mnist, new() { Characters = 10 }).Error!.Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "more than 20 values",
            ManifestReader.Read(Samples.Mnist, new() { Values = 20 }).Error!.Message,
            StringComparison.Ordinal
        );
        var two = $"{Samples.Mnist}\n---\n{Samples.Mnist}";
        Assert.Contains(
            "2 manifests",
            ManifestReader.Read(two, new() { Documents = 1 }).Error!.Message,
            StringComparison.Ordinal
        );
        Assert.False(ManifestReader.Read($"a: {new string('[', 200)}{new string(']', 200)}").IsOk);
    }

    [Fact]
    public void A_billion_laughs_are_refused_before_they_are_counted_out()
    {
        var bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n";
        for (var letter = 'b'; letter < 'k'; letter++)
        {
            var before = (char)(letter - 1);
            bomb += $"{letter}: &{letter} [{string.Join(',', Enumerable.Repeat($"*{before}", 9))}]\n";
        }

        Assert.Contains("more than 100000 values", ManifestReader.Read(bomb).Error!.Message, StringComparison.Ordinal);
    }
}
