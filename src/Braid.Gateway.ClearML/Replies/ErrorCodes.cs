using Braid.Primitives;

namespace Braid.Gateway.ClearML.Replies;

/// <summary>The one table from an error to the protocol's code and subcode.</summary>
internal static class ErrorCodes
{
    public static ReplyCode For(Error error) =>
        error.Code switch
        {
            "clearml.two-identities" => new(400, 5),
            "clearml.may-not-impersonate" => new(400, 6),
            "clearml.missing-field" => new(400, 11),
            "clearml.unknown-fields" => new(400, 14),
            "clearml.unknown-operator" => new(400, 16),
            "clearml.invalid-scroll" => new(400, 1104),
            "clearml.no-such-project" or "tracking.no-such-project" => new(400, 401),
            "clearml.no-such-task" or "tracking.no-such-run" => new(400, 101),
            "clearml.no-such-model" or "tracking.no-such-model" => new(400, 201),
            "clearml.not-a-draft" or "tracking.status-forbidden" => new(400, 110),
            "clearml.cannot-delete" => new(400, 123),
            "clearml.empty-batch" => new(400, 17),
            "clearml.no-events-added" => new(400, 131),
            "clearml.model-is-ready" => new(400, 203),
            "clearml.model-in-use" => new(400, 205),
            "clearml.model-maker-published" => new(400, 206),
            "clearml.no-such-queue" or "tracking.no-such-queue" => new(400, 701),
            "tracking.queue-not-empty" => new(400, 702),
            "tracking.run-not-queued" => new(400, 703),
            "tracking.run-queued" => new(400, 706),
            "tracking.no-default-queue" => new(400, 707),
            "tracking.several-default-queues" => new(400, 708),
            "clearml.cannot-move-project" => new(400, 408),
            "clearml.project-has-tasks" => new(400, 402),
            "clearml.project-has-models" => new(400, 405),
            "clearml.project-has-datasets" => new(400, 406),
            "clearml.project-has-pipelines" => new(400, 413),
            "clearml.reports-only" => new(400, 150),
            "clearml.cannot-remove-all-runs" => new(400, 160),
            "tracking.merged-into-itself" => new(400, 412),
            "clearml.project-is-there" => new(400, 410),
            "clearml.below-itself" => new(400, 411),
            "access.no-such-key" => new(400, 75),
            "access.no-such-user" => new(400, 301),
            "access.preferences-too-large" => new(400, 305),
            "clearml.bad-preference" => new(400, 16),
            "clearml.refused" => new(404, 0),
            "clearml.unknown-endpoint" => new(404, 0),
            "clearml.malformed-credentials" => new(401, 21),
            "clearml.invalid-token" => new(401, 30),
            "clearml.no-keys" => new(401, 20),
            "access.no-credentials" => new(401, 20),
            "access.bad-credentials" => new(401, 22),
            _ => ForKind(error.Kind),
        };

    /// <summary>For the errors that no client tells apart.</summary>
    private static ReplyCode ForKind(ErrorKind kind) =>
        kind switch
        {
            ErrorKind.InvalidArgument => new(400, 12),
            ErrorKind.NotFound => new(400, 10),
            ErrorKind.AlreadyExists => new(400, 801),
            ErrorKind.FailedPrecondition => new(400, 100),
            ErrorKind.Conflict => new(400, 121),
            ErrorKind.Unauthenticated => new(401, 20),
            ErrorKind.PermissionDenied => new(403, 20),
            ErrorKind.ResourceExhausted => new(400, 12),
            ErrorKind.Unimplemented => new(404, 0),
            ErrorKind.NoSpace => new(507, 0),
            _ => ReplyCode.ServerError,
        };
}
