namespace Braid.TrainingJobs.Manifests.Reading;

/// <summary>Fields that Kubernetes knows and nothing here acts on. They are kept, and named in a warning; any other is unknown.</summary>
internal static class CarriedFields
{
    private static readonly Dictionary<Type, string[]> byType = new()
    {
        [typeof(ObjectMetadata)] =
        [
            "deletionGracePeriodSeconds",
            "deletionTimestamp",
            "finalizers",
            "generateName",
            "generation",
            "managedFields",
            "ownerReferences",
            "resourceVersion",
            "selfLink",
        ],
        [typeof(ElasticPolicy)] = ["metrics"],
        [typeof(PodSpec)] =
        [
            "activeDeadlineSeconds",
            "automountServiceAccountToken",
            "dnsConfig",
            "dnsPolicy",
            "enableServiceLinks",
            "ephemeralContainers",
            "hostAliases",
            "hostIPC",
            "hostPID",
            "hostUsers",
            "hostname",
            "imagePullSecrets",
            "nodeName",
            "os",
            "overhead",
            "preemptionPolicy",
            "priority",
            "readinessGates",
            "resourceClaims",
            "runtimeClassName",
            "schedulingGates",
            "securityContext",
            "serviceAccount",
            "setHostnameAsFQDN",
            "shareProcessNamespace",
            "subdomain",
            "topologySpreadConstraints",
        ],
        [typeof(Container)] =
        [
            "lifecycle",
            "livenessProbe",
            "readinessProbe",
            "resizePolicy",
            "restartPolicy",
            "securityContext",
            "startupProbe",
            "stdin",
            "stdinOnce",
            "terminationMessagePath",
            "terminationMessagePolicy",
            "tty",
            "volumeDevices",
        ],
        [typeof(ContainerPort)] = ["hostIP", "hostPort"],
        [typeof(ResourceRequirements)] = ["claims"],
        [typeof(VolumeMount)] = ["mountPropagation", "recursiveReadOnly", "subPathExpr"],
        [typeof(Volume)] =
        [
            "awsElasticBlockStore",
            "azureDisk",
            "azureFile",
            "cephfs",
            "cinder",
            "csi",
            "downwardAPI",
            "ephemeral",
            "fc",
            "flexVolume",
            "flocker",
            "gcePersistentDisk",
            "gitRepo",
            "glusterfs",
            "image",
            "iscsi",
            "nfs",
            "photonPersistentDisk",
            "portworxVolume",
            "projected",
            "quobyte",
            "rbd",
            "scaleIO",
            "storageos",
            "vsphereVolume",
        ],
    };

    public static bool Has(Type part, string field) =>
        byType.TryGetValue(part, out var fields) && Array.IndexOf(fields, field) >= 0;

    public static IEnumerable<string> Of(Type part) => byType.GetValueOrDefault(part, []);
}
