using Braid.TrainingJobs.Kinds;
using Braid.TrainingJobs.Manifests;

namespace Braid.TrainingJobs.Tests.Manifests;

public sealed class OldFormTests
{
    /// <summary>MASTER 1, WORKER 1, PS 2, restarted by their templates.</summary>
    private const string first = """
        apiVersion: "VERSION"
        kind: "KIND"
        metadata:
          name: "example-job"
        spec:
          RuntimeId: xpjm
          tfImage: tensorflow/tensorflow:1.3.0
          schedulerName: runai-scheduler
          terminationPolicy: {chief: {replicaName: MASTER, replicaIndex: 0}}
          replicaSpecs:
            - replicas: 1
              tfReplicaType: MASTER
              template: &template
                spec:
                  containers:
                    - image: train:1
                      name: tensorflow
                  restartPolicy: OnFailure
            - tfReplicaType: WORKER
              tfPort: 2223
              template: *template
            - replicas: 2
              tfReplicaType: PS
              template: *template
        """;

    [Theory]
    [InlineData("kubeflow.org/v1alpha1", "TFJob")]
    [InlineData("tensorflow.org/v1alpha1", "TfJob")]
    public void The_first_form_becomes_a_current_job(string version, string kind)
    {
        var read = Samples.ReadWithWarnings(Form(version, kind));
        var job = Admission.Create(read.Job).Value.Job;
        Assert.Equal([$"{version} {kind} is an old form; it was converted to kubeflow.org/v1"], read.Warnings);
        Assert.Equal(
            (JobKind.TFJob, "kubeflow.org/v1", CleanPodPolicy.Running),
            (job.Kind, job.ApiVersion, job.Spec.RunPolicy.CleanPodPolicy)
        );
        var specs = job.Spec.ReplicaSpecs!;
        Assert.Equal(["Master", "PS", "Worker"], specs.Keys.Order());
        Assert.Equal((1, 2, 1), (specs["Master"].Replicas, specs["PS"].Replicas, specs["Worker"].Replicas));
        Assert.All(specs.Values, spec => Assert.Equal(RestartPolicy.OnFailure, spec.RestartPolicy));
        Assert.All(specs.Values, spec => Assert.Null(spec.Template.Spec.RestartPolicy));
        Assert.All(specs.Values, spec => Assert.Equal("runai-scheduler", spec.Template.Spec.SchedulerName));
        Assert.Equal(2223, Braid.TrainingJobs.Replicas.JobReplicas.PortOf(job, "Worker"));
        Assert.Equal(2222, Braid.TrainingJobs.Replicas.JobReplicas.PortOf(job, "PS"));
    }

    [Theory]
    [InlineData(
        "tfReplicaType: PS\n",
        "tfReplicaType: BOSS\n",
        "spec.replicaSpecs[2].tfReplicaType: Unsupported value: \"BOSS\": supported values: \"MASTER\", \"PS\", \"WORKER\""
    )]
    [InlineData(
        "tfReplicaType: PS\n",
        "tfReplicaType: WORKER\n",
        "spec.replicaSpecs[2].tfReplicaType: Forbidden: Worker is there twice"
    )]
    [InlineData(
        "replicaName: MASTER",
        "replicaName: WORKER",
        "spec.terminationPolicy.chief: Invalid value: \"WORKER 0\": must be MASTER 0"
    )]
    [InlineData(
        "  tfReplicaType: PS\n      template: *template",
        "  tfReplicaType: PS",
        "spec.replicaSpecs[2].template: Required value: must be specified: the parameter server"
    )]
    public void What_has_no_current_form_is_refused(string part, string by, string message)
    {
        var text = Form("kubeflow.org/v1alpha1", "TFJob");
        Assert.Contains(part, text, StringComparison.Ordinal);
        var error = ManifestReader.Read(text.Replace(part, by, StringComparison.Ordinal)).Error;
        Assert.Contains(message, error!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kubeflow.org/v1beta1", "TFJob", "tfReplicaSpecs", "tensorflow")]
    [InlineData("kubeflow.org/v1beta2", "PyTorchJob", "pytorchReplicaSpecs", "pytorch")]
    public void Beta_forms_get_a_run_policy(string version, string kind, string field, string container)
    {
        var read = Samples.ReadWithWarnings(
            $$$"""
            apiVersion: {{{version}}}
            kind: {{{kind}}}
            metadata: {name: x}
            spec:
              backoffLimit: 4
              ttlSecondsAfterFinished: 60
              {{{field}}}:
                Worker: {replicas: 1, template: {spec: {containers: [{name: {{{container}}}, image: i}] } } }
            status: {startTime: "2020-01-01T00:00:00Z"}
            """
        );
        var policy = read.Job.Spec.RunPolicy;
        Assert.Equal(
            (4, 60, CleanPodPolicy.Running),
            (policy.BackoffLimit, policy.TtlSecondsAfterFinished, policy.CleanPodPolicy)
        );
        Assert.Null(read.Job.Status);
        Assert.Single(read.Warnings);
        Assert.True(Admission.Create(read.Job).IsOk);
    }

    private static string Form(string version, string kind) =>
        first.Replace("VERSION", version, StringComparison.Ordinal).Replace("KIND", kind, StringComparison.Ordinal);
}
