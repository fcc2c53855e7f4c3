using System.Text.Json.Nodes;
using Braid.TrainingJobs.Manifests.Reading;

namespace Braid.TrainingJobs.Manifests.OldForms;

/// <summary>v1alpha2, v1beta1 and v1beta2: the fields of the run policy stand in the spec itself, and running pods are cleaned up.</summary>
internal static class BetaForm
{
    private static readonly string[] policyFields =
    [
        "cleanPodPolicy",
        "ttlSecondsAfterFinished",
        "activeDeadlineSeconds",
        "backoffLimit",
        "schedulingPolicy",
    ];

    public static void Convert(JsonObject manifest, Findings findings)
    {
        OldForm.Warn(manifest, findings);
        if (manifest["spec"] is not JsonObject spec)
        {
            return;
        }

        var policy = spec["runPolicy"] as JsonObject ?? [];
        foreach (var field in policyFields.Where(field => spec.ContainsKey(field) && !policy.ContainsKey(field)))
        {
            var value = spec[field];
            spec.Remove(field);
            policy[field] = value;
        }

        policy.TryAdd("cleanPodPolicy", nameof(CleanPodPolicy.Running));
        spec["runPolicy"] = policy;
    }
}
