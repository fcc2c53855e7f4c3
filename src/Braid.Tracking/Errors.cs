using Braid.Primitives;

namespace Braid.Tracking;

/// <summary>Why the tracking store refuses. Doors put these in their protocol's codes and, where it has some, words.</summary>
public static class Errors
{
    public static Error NoSuchProject(string which) =>
        new(ErrorKind.NotFound, "tracking.no-such-project", $"there is no project {which}");

    public static Error ProjectExists(string name) =>
        new(
            ErrorKind.AlreadyExists,
            "tracking.project-exists",
            $"project '{name}' exists already (perhaps in the trash); choose another name, or restore it"
        );

    public static Error ProjectTrashed(string name) =>
        new(
            ErrorKind.FailedPrecondition,
            "tracking.project-trashed",
            $"project '{name}' is in the trash; restore it first"
        );

    public static Error ProjectInUse(string name, long things) =>
        new(
            ErrorKind.FailedPrecondition,
            "tracking.project-in-use",
            $"project '{name}' holds {things} runs, models and projects; delete or move them first"
        );

    public static Error BadProjectName(string name) =>
        new(
            ErrorKind.InvalidArgument,
            "tracking.bad-project-name",
            $"'{name}' names no project: write segments separated by '/', at least one character, no control characters"
        );

    public static Error MergedIntoItself(string from, string into) =>
        new(
            ErrorKind.FailedPrecondition,
            "tracking.merged-into-itself",
            $"project '{from}' cannot be merged into '{into}', which is itself or lies below it"
        );

    public static Error DefaultProject() =>
        new(
            ErrorKind.FailedPrecondition,
            "tracking.default-project",
            "the project 'Default' cannot be deleted or renamed: runs without a project go there"
        );

    public static Error TooManyValues(int values, int most) =>
        new(
            ErrorKind.InvalidArgument,
            "tracking.too-many-values",
            $"the condition has {values} values, and {most} at most are looked for at once; ask in parts"
        );

    public static Error NoSuchRun(RunId id) => new(ErrorKind.NotFound, "tracking.no-such-run", $"there is no run {id}");

    public static Error RunTrashed(RunId id) =>
        new(ErrorKind.FailedPrecondition, "tracking.run-trashed", $"run {id} is in the trash; restore it first");

    public static Error VersionTaken(string name, long version) =>
        new(
            ErrorKind.AlreadyExists,
            "tracking.version-taken",
            $"model '{name}' has another version {version} here already: rename one of the two models, then import again"
        );

    public static Error RunOfJob(RunId id, string what) =>
        new(
            ErrorKind.FailedPrecondition,
            "tracking.run-of-job",
            $"run {id} belongs to a job, so it cannot be {what}; stop or delete the job instead"
        );

    public static Error RunPublished(RunId id) =>
        new(ErrorKind.FailedPrecondition, "tracking.run-published", $"run {id} is published; force the change");

    public static Error StatusForbidden(RunId id, string from, string to) =>
        new(
            ErrorKind.FailedPrecondition,
            "tracking.status-forbidden",
            $"run {id} is {from} and cannot become {to}; force the change if it must"
        );

    public static Error NoSuchQueue(string which) =>
        new(ErrorKind.NotFound, "tracking.no-such-queue", $"there is no queue {which}");

    public static Error QueueExists(string name) =>
        new(ErrorKind.AlreadyExists, "tracking.queue-exists", $"queue '{name}' exists already; choose another name");

    public static Error BadQueueName(string name) =>
        new(
            ErrorKind.InvalidArgument,
            "tracking.bad-queue-name",
            $"'{name}' names no queue: write at least one character"
        );

    public static Error QueueNotEmpty(string name, int runs) =>
        new(
            ErrorKind.FailedPrecondition,
            "tracking.queue-not-empty",
            $"{runs} runs wait in queue '{name}'; clear it first, or force the change"
        );

    public static Error NoDefaultQueue() =>
        new(
            ErrorKind.NotFound,
            "tracking.no-default-queue",
            "there is no default queue: name a queue, or give one the system tag 'default'"
        );

    public static Error SeveralDefaultQueues(IReadOnlyList<string> names) =>
        new(
            ErrorKind.FailedPrecondition,
            "tracking.several-default-queues",
            $"more than one queue is the default: {string.Join(", ", names)}; take the system tag 'default' from all but one"
        );

    public static Error QueuePlaced(string name) =>
        new(
            ErrorKind.FailedPrecondition,
            "tracking.queue-placed",
            $"the runs of queue '{name}' are placed: they are handed out to those that have a place for them"
        );

    public static Error RunQueued(RunId id, string queue) =>
        new(ErrorKind.FailedPrecondition, "tracking.run-queued", $"run {id} waits in queue '{queue}' already");

    public static Error RunNotQueued(RunId id, QueueId queue) =>
        new(ErrorKind.NotFound, "tracking.run-not-queued", $"run {id} does not wait in queue {queue}");

    public static Error NoSuchTag(string key, string owner) =>
        new(ErrorKind.NotFound, "tracking.no-such-tag", $"there is no tag '{key}' on {owner}");

    public static Error ParameterImmutable(string name, string old, string attempted) =>
        new(
            ErrorKind.InvalidArgument,
            "tracking.parameter-immutable",
            $"parameter '{name}' has the value '{old}' already and cannot become '{attempted}'"
        );

    public static Error NoSuchModel(string which) =>
        new(ErrorKind.NotFound, "tracking.no-such-model", $"there is no model {which}");

    public static Error ModelExists(ModelId id) =>
        new(ErrorKind.AlreadyExists, "tracking.model-exists", $"model {id} exists already");

    public static Error NoSuchNamedModel(string name) =>
        new(ErrorKind.NotFound, "tracking.no-such-named-model", $"there is no named model '{name}'");

    public static Error NamedModelExists(string name) =>
        new(ErrorKind.AlreadyExists, "tracking.named-model-exists", $"named model '{name}' exists already");

    public static Error NoSuchVersion(string name, long version) =>
        new(ErrorKind.NotFound, "tracking.no-such-version", $"named model '{name}' has no version {version}");

    public static Error NoSuchAlias(string name, string alias) =>
        new(ErrorKind.NotFound, "tracking.no-such-alias", $"named model '{name}' has no alias '{alias}'");

    public static Error NoSuchFile(string path) =>
        new(ErrorKind.NotFound, "tracking.no-such-file", $"there is no file '{path}'");

    public static Error NotStoredHere(string uri) =>
        new(ErrorKind.NotFound, "tracking.not-stored-here", $"'{uri}' is not stored on this server");

    public static Error BadPath(string path) =>
        new(
            ErrorKind.InvalidArgument,
            "tracking.bad-path",
            $"'{path}' is no path of a stored file: write names separated by '/', none of them empty, '.' or '..', "
                + "without '\\' and control characters"
        );

    public static Error PathInUse(string path) =>
        new(
            ErrorKind.FailedPrecondition,
            "tracking.path-in-use",
            $"'{path}' cannot be a file and a folder at once; delete the one that is there first"
        );

    public static Error BadText(string what) =>
        new(ErrorKind.InvalidArgument, "tracking.bad-text", $"{what} holds a NUL character, which cannot be stored");

    public static Error BadPattern(string pattern, string why) =>
        new(ErrorKind.InvalidArgument, "tracking.bad-pattern", $"'{pattern}' is no regular expression: {why}");

    public static Error BadCondition(string why) =>
        new(ErrorKind.InvalidArgument, "tracking.bad-condition", $"the condition cannot be evaluated: {why}");

    public static Error EventFileMoved(string path, long next) =>
        new(
            ErrorKind.Conflict,
            "tracking.event-file-moved",
            $"event file '{path}' is wanted from byte {next} on: something else was sent in between, or something before is missing"
        );

    public static Error TooManySeries() =>
        new(
            ErrorKind.ResourceExhausted,
            "tracking.too-many-series",
            $"a run or model has {Series.Series.MostOfOwner} series at most; log to those there are, and do not put numbers into names"
        );

    public static Error BadSamples(int samples) =>
        new(
            ErrorKind.InvalidArgument,
            "tracking.bad-samples",
            $"a curve has 1 to {Series.CurveQuery.MostSamples} samples, not {samples}"
        );
}
