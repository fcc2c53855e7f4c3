using Braid.TrainingJobs.Manifests;
using Braid.TrainingJobs.Replicas;

namespace Braid.TrainingJobs.Tests;

/// <summary>Manifests for tests.</summary>
internal static class Samples
{
    public const string Mnist = """
        apiVersion: kubeflow.org/v1
        kind: TFJob
        metadata:
          name: mnist
          namespace: research
        spec:
          tfReplicaSpecs:
            PS:
              replicas: 2
              template: &template
                spec:
                  containers:
                    - name: tensorflow
                      image: train:1
            Worker:
              replicas: 2
              template: *template
        """;

    /// <summary>A job of a kind, with as many replicas of each type as named: <c>Master=1 Worker=2</c>.</summary>
    public static string Yaml(
        string kind,
        string replicas,
        string spec = "",
        string template = "",
        string metadata = ""
    )
    {
        var traits = Kinds.KindTraits.Find(kind)!;
        var types = replicas
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part.Split('='))
            .Select(part =>
                $"    {part[0]}:\n      replicas: {part[1]}\n      template:\n        spec:\n          containers:\n            - name: {traits.Container}\n              image: train:1\n{Indented(template, 8)}"
            );
        return $"apiVersion: kubeflow.org/v1\nkind: {kind}\nmetadata:\n  name: job\n  namespace: ns\n{Indented(metadata, 2)}spec:\n{Indented(spec, 2)}  {traits.SpecsField}:\n{string.Concat(types)}";
    }

    public static TrainingJob Read(string yaml) => ReadWithWarnings(yaml).Job;

    public static ReadManifest ReadWithWarnings(string yaml) => Assert.Single(ManifestReader.Read(yaml).Value);

    public static TrainingJob Admitted(string yaml) => Admission.Create(Read(yaml)).Value.Job;

    public static TrainingJob Admitted(
        string kind,
        string replicas,
        string spec = "",
        string template = "",
        string metadata = ""
    ) => Admitted(Yaml(kind, replicas, spec, template, metadata));

    public static ReplicaId Id(string text) =>
        new(text[..text.LastIndexOf('-')], int.Parse(text[(text.LastIndexOf('-') + 1)..]));

    private static string Indented(string text, int by) =>
        string.Concat(
            text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => $"{new string(' ', by)}{line.TrimEnd()}\n")
        );
}
