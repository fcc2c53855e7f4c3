namespace Braid.Pipelines.Specs.Shapes;

/// <summary>The messages that a pipeline spec is made of.</summary>
internal static class SpecShapes
{
    private static readonly SpecShape project = SpecShape.Message("pfs_v2.Project", "name");

    private static readonly SpecShape transform = SpecShape.Message(
        "pps_v2.Transform",
        "image cmd errCmd env imagePullSecrets stdin errStdin acceptReturnCode debug user workingDir dockerfile "
            + "memoryVolume datumBatching",
        ("secrets", SpecShape.Message("pps_v2.SecretMount", "name key mountPath envVar"))
    );

    private static readonly SpecShape pfs = SpecShape.Message(
        "pps_v2.PFSInput",
        "project name repo repoType branch commit glob joinOn outerJoin groupBy lazy emptyFiles s3 reference",
        ("trigger", SpecShape.Message("pfs_v2.Trigger", "branch all rateLimitSpec size commits cronSpec")),
        ("propagationSpec", SpecShape.Message("pfs_v2.PropagationSpec", "never"))
    );

    private static readonly SpecShape input = SpecShape
        .Message(
            "pps_v2.Input",
            "",
            ("pfs", pfs),
            ("cron", SpecShape.Message("pps_v2.CronInput", "name project repo commit spec overwrite start"))
        )
        .Nesting("join", "group", "cross", "union");

    private static readonly SpecShape service = SpecShape.Message(
        "pps_v2.Service",
        "internalPort externalPort ip type"
    );

    private static readonly SpecShape egress = SpecShape.Message(
        "pps_v2.Egress",
        "URL",
        ("objectStorage", SpecShape.Message("pfs_v2.ObjectStorageEgress", "url")),
        (
            "sqlDatabase",
            SpecShape.Message(
                "pfs_v2.SQLDatabaseEgress",
                "url",
                ("fileFormat", SpecShape.Message("pfs_v2.SQLDatabaseEgress.FileFormat", "type columns")),
                ("secret", SpecShape.Message("pfs_v2.SQLDatabaseEgress.Secret", "name key"))
            )
        )
    );

    private static readonly SpecShape resources = SpecShape.Message(
        "pps_v2.ResourceSpec",
        "cpu memory disk",
        ("gpu", SpecShape.Message("pps_v2.GPUSpec", "type number"))
    );

    /// <summary>A whole pipeline spec.</summary>
    public static SpecShape CreatePipelineRequest { get; } =
        SpecShape.Message(
            "pps_v2.CreatePipelineRequest",
            "update outputBranch s3Out description reprocess datumTimeout jobTimeout salt datumTries podSpec podPatch "
                + "reprocessSpec autoscaling dryRun maximumExpectedUptime",
            ("pipeline", SpecShape.Message("pps_v2.Pipeline", "name", ("project", project))),
            ("tfJob", SpecShape.Message("pps_v2.TFJob", "tfJob")),
            ("pytorchJob", SpecShape.Message("PyTorchJob", "pytorchJob")),
            ("transform", transform),
            ("input", input),
            ("parallelismSpec", SpecShape.Message("pps_v2.ParallelismSpec", "constant")),
            ("egress", egress),
            ("service", service),
            ("spout", SpecShape.Message("pps_v2.Spout", "", ("service", service))),
            ("resourceRequests", resources),
            ("resourceLimits", resources),
            ("sidecarResourceLimits", resources),
            ("sidecarResourceRequests", resources),
            ("datumSetSpec", SpecShape.Message("pps_v2.DatumSetSpec", "number sizeBytes perWorker")),
            ("schedulingSpec", SpecShape.Message("pps_v2.SchedulingSpec", "nodeSelector priorityClassName")),
            ("specCommit", Commit()),
            ("metadata", SpecShape.Message("pps_v2.Metadata", "annotations labels")),
            ("tolerations", SpecShape.Message("pps_v2.Toleration", "key operator value effect tolerationSeconds")),
            ("determined", SpecShape.Message("pps_v2.Determined", "workspaces"))
        );

    /// <summary>What specs of all projects need not say.</summary>
    public static SpecShape ClusterDefaults { get; } =
        SpecShape.Message("pps_v2.ClusterDefaults", "", ("createPipelineRequest", CreatePipelineRequest));

    /// <summary>What specs of one project need not say.</summary>
    public static SpecShape ProjectDefaults { get; } =
        SpecShape.Message("pps_v2.ProjectDefaults", "", ("createPipelineRequest", CreatePipelineRequest));

    private static SpecShape Commit()
    {
        var repo = SpecShape.Message("pfs_v2.Repo", "name type", ("project", project));
        var branch = SpecShape.Message("pfs_v2.Branch", "name", ("repo", repo));
        return SpecShape.Message("pfs_v2.Commit", "id", ("branch", branch), ("repo", repo));
    }
}
