using System.Text.Json.Nodes;
using Braid.TrainingJobs.Manifests.Reading;

namespace Braid.TrainingJobs.Manifests.OldForms;

/// <summary>Forms of jobs from before <c>kubeflow.org/v1</c>, each with what makes a current one of it.</summary>
internal static class OldForm
{
    /// <summary>Null when it is no old form.</summary>
    public static Action<JsonObject, Findings>? Find(string version, string kind) =>
        (version, kind) switch
        {
            ("kubeflow.org/v1alpha1", "TFJob") or ("tensorflow.org/v1alpha1", "TfJob") => FirstForm.Convert,
            ("kubeflow.org/v1alpha2" or "kubeflow.org/v1beta1" or "kubeflow.org/v1beta2", "TFJob" or "PyTorchJob") =>
                BetaForm.Convert,
            _ => null,
        };

    public static void Warn(JsonObject manifest, Findings findings)
    {
        findings.Warnings.Add(
            $"{manifest["apiVersion"]} {manifest["kind"]} is an old form; it was converted to {TrainingJob.CurrentVersion}"
        );
        manifest["apiVersion"] = TrainingJob.CurrentVersion;
        manifest.Remove("status");
    }
}
