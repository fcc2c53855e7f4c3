using System.Text.Json.Nodes;
using Braid.TrainingJobs.Kinds;
using Braid.TrainingJobs.Manifests.Reading;
using Braid.TrainingJobs.Validation;

namespace Braid.TrainingJobs.Manifests.OldForms;

/// <summary>
/// The first form of a TFJob (v1alpha1): a list of replica specs, each with its type, its port and a template that says when it is
/// restarted.
/// </summary>
internal static class FirstForm
{
    private static readonly string[] leftOut =
    [
        "RuntimeId",
        "runtimeId",
        "tfImage",
        "replicaSpecs",
        "terminationPolicy",
        "schedulerName",
    ];

    public static void Convert(JsonObject manifest, Findings findings)
    {
        OldForm.Warn(manifest, findings);
        manifest["kind"] = nameof(JobKind.TFJob);
        if (manifest["spec"] is not JsonObject spec)
        {
            return;
        }

        var types = Types(spec, findings);
        CheckChief(spec, types, findings);
        foreach (var field in leftOut)
        {
            spec.Remove(field);
        }

        spec[KindTraits.Of(JobKind.TFJob).SpecsField] = types;
        spec["runPolicy"] = new JsonObject { ["cleanPodPolicy"] = nameof(CleanPodPolicy.Running) };
    }

    private static JsonObject Types(JsonObject spec, Findings findings)
    {
        var types = new JsonObject();
        if (spec["replicaSpecs"] is not JsonArray list)
        {
            findings.Errors.Add(FieldError.Required("spec.replicaSpecs", "must be specified"));
            return types;
        }

        for (var i = 0; i < list.Count; i++)
        {
            var path = $"spec.replicaSpecs[{i}]";
            if (list[i] is not JsonObject old)
            {
                findings.Errors.Add(FieldError.WrongType(path, "object", TypeName.Of(list[i])));
            }
            else if (TypeOf(old, path, findings) is { } type && !types.TryAdd(type, Replica(spec, old, path, findings)))
            {
                findings.Errors.Add(FieldError.Forbidden($"{path}.tfReplicaType", $"{type} is there twice"));
            }
        }

        return types;
    }

    private static string? TypeOf(JsonObject old, string path, Findings findings)
    {
        switch (old["tfReplicaType"])
        {
            case null:
                return ReplicaTypes.Master;
            case JsonValue value when value.ToString() is "MASTER" or "PS" or "WORKER":
                return value.ToString() switch
                {
                    "MASTER" => ReplicaTypes.Master,
                    "PS" => ReplicaTypes.ParameterServer,
                    _ => ReplicaTypes.Worker,
                };
            case var other:
                findings.Errors.Add(
                    FieldError.NotSupported($"{path}.tfReplicaType", other.ToString(), ["MASTER", "PS", "WORKER"])
                );
                return null;
        }
    }

    private static JsonObject Replica(JsonObject spec, JsonObject old, string path, Findings findings)
    {
        var replica = new JsonObject { ["replicas"] = old["replicas"]?.DeepClone() ?? 1L };
        if (old["template"] is not JsonObject template)
        {
            findings.Errors.Add(
                FieldError.Required(
                    $"{path}.template",
                    "must be specified: the parameter server that the first form brought along is not here"
                )
            );
            return replica;
        }

        template = (JsonObject)template.DeepClone();
        replica["template"] = template;
        if (template["spec"] is JsonObject pod)
        {
            TakeOver(spec, old, replica, pod);
        }

        return replica;
    }

    private static void TakeOver(JsonObject spec, JsonObject old, JsonObject replica, JsonObject pod)
    {
        replica["restartPolicy"] = pod["restartPolicy"]?.DeepClone() ?? nameof(RestartPolicy.OnFailure);
        pod.Remove("restartPolicy");
        if (spec["schedulerName"] is { } scheduler)
        {
            pod.TryAdd("schedulerName", scheduler.DeepClone());
        }

        var kind = KindTraits.Of(JobKind.TFJob);
        if (
            old["tfPort"] is { } port
            && pod["containers"] is JsonArray containers
            && containers.OfType<JsonObject>().FirstOrDefault(one => one["name"]?.ToString() == kind.Container)
                is { } container
        )
        {
            var ports = container["ports"] as JsonArray ?? [];
            JsonNode added = new JsonObject { ["name"] = kind.PortName, ["containerPort"] = port.DeepClone() };
            ports.Add(added);
            container["ports"] = ports;
        }
    }

    /// <summary>The chief is the master, or worker 0 of a job without one, as it is for current jobs.</summary>
    private static void CheckChief(JsonObject spec, JsonObject types, Findings findings)
    {
        if (spec["terminationPolicy"]?["chief"] is not JsonObject chief)
        {
            return;
        }

        var expected = types.ContainsKey(ReplicaTypes.Master) ? "MASTER" : "WORKER";
        var name = chief["replicaName"]?.ToString() ?? "MASTER";
        var index = chief["replicaIndex"]?.ToString() ?? "0";
        if (name != expected || index != "0")
        {
            findings.Errors.Add(
                FieldError.Invalid(
                    "spec.terminationPolicy.chief",
                    $"{name} {index}",
                    $"must be {expected} 0: jobs are decided by their master, or by their first worker"
                )
            );
        }
    }
}
