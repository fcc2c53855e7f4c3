using Braid.Data.Naming;
using Braid.Pipelines.Specs;
using Braid.Primitives;

namespace Braid.Pipelines;

/// <summary>
/// Every refusal of this module. Where Pachyderm's clients look for a text, the message begins with it, so a change of
/// wording is a change of the protocol.
/// </summary>
internal static class Errors
{
    public static Error MalformedSpec(string why) => Spec($"malformed pipeline spec: {why}");

    public static Error UnexpectedField(string field, string message) =>
        Spec($"unexpected field \"{field}\" in {message}");

    public static Error WrongType(string field, string expected) =>
        Spec($"malformed pipeline spec: field \"{field}\" must be {expected}");

    public static Error BadDuration(string field, string text) =>
        Spec($"malformed pipeline spec: \"{text}\" in {field} is no duration; write 90s, 1.5h or 1h30m");

    public static Error BadTime(string field, string text) =>
        Spec($"malformed pipeline spec: \"{text}\" in {field} is no time; write 2024-02-29T12:00:00Z");

    public static Error BadQuantity(string field, string text) =>
        Spec($"malformed pipeline spec: \"{text}\" in {field} is no amount; write 512Mi, 2G or 1000000");

    public static Error NoName() => Spec("request.Pipeline.Name cannot be empty");

    public static Error NameTooLong(string name, int most) =>
        Spec($"pipeline name \"{name}\" is {name.Length - most} characters longer than the {most} max");

    public static Error NamesTooLong(PipelineRef pipeline, int most) =>
        Spec(
            $"the names of project and pipeline \"{pipeline}\" are too long together: "
                + $"{pipeline.Project}-{pipeline.Name}-v99 must fit {most} characters"
        );

    public static Error NoTransform() => Spec("pipeline must specify a transform");

    public static Error NoCommand() =>
        Spec("transform.cmd cannot be empty: pipelines run as processes here, so an image's own command is not known");

    public static Error NoInput() => Spec("no input set");

    public static Error ManyInputKinds() => Spec("multiple input types set");

    public static Error InputMustSpecify(string what) => Spec($"input must specify a {what}");

    public static Error InputNameTwice(string name) => Spec($"name \"{name}\" was used more than once");

    public static Error InputNamed(string name) => Spec($"input cannot be named {name}");

    public static Error InputRepoNamedOut() =>
        Spec(
            "inputs based on repos named \"out\" must have 'name' set, as pachyderm already creates /pfs/out "
                + "to collect job output"
        );

    public static Error InputFromCommit() =>
        Spec("input cannot come from a commit; use a branch with head pointing to the commit");

    public static Error BadCronSpec(string text) =>
        Spec($"error parsing cron-spec: \"{text}\" is no schedule; write five fields, @daily or @every 1h30m");

    public static Error S3With(string option, string unless = "") =>
        Spec(
            $"input cannot specify both 's3' and '{option}'{unless}, as 's3' requires input data to be accessed via "
                + "the S3 gateway rather than the file system"
        );

    public static Error S3Within(string combination) =>
        Spec($"S3 inputs in {combination} expressions are not supported");

    public static Error ServiceAndSpout() => Spec("only one of pipeline.service or pipeline.spout can be set");

    public static Error SpoutWithInput() => Spec("spout pipelines (without a service) must not have an input");

    public static Error SpoutAutoscaling() =>
        Spec("autoscaling can't be used with spouts (spouts aren't triggered externally)");

    public static Error S3OutOfProgram() => Spec("s3 output is not supported in spouts or services");

    public static Error ServiceParallelism() => Spec("services can only be run with a constant parallelism of 1");

    public static Error ServiceType(string type) => Spec($"the following service type {type} is not allowed");

    public static Error SecretWithoutName() => Spec("transform.secrets: a secret must have a name");

    public static Error SecretWithoutKey(string secret) => Spec($"secret {secret} has env_var set but is missing key");

    public static Error MissingSecret(string name) =>
        Precondition("missing-secret", $"missing Kubernetes secret {name}: create a secret of that name first");

    public static Error MissingSecretKey(string name, string key) =>
        Precondition("missing-secret", $"Kubernetes secret {name} missing key {key}");

    public static Error SecretExists(string name) =>
        new(
            ErrorKind.AlreadyExists,
            "pipelines.secret-exists",
            $"secrets \"{name}\" already exists; to change it, delete it first"
        );

    public static Error SecretNotFound(string name) =>
        new(ErrorKind.NotFound, "pipelines.secret-not-found", $"secrets \"{name}\" not found");

    public static Error MalformedSecret(string why) =>
        BadSecret(
            $"failed to unmarshal secret: {why}; it is a JSON object with kind, metadata.name and data or stringData"
        );

    public static Error BadSecretName(string name) =>
        BadSecret(
            $"metadata.name \"{name}\" is no name of a secret: lower-case letters, digits, '-' and '.', "
                + "with a letter or digit first and last"
        );

    public static Error BadSecretKey(string key) =>
        BadSecret($"key \"{key}\" is no key of a secret: letters, digits, '-', '_' and '.'");

    public static Error SecretNotBase64(string key) =>
        BadSecret($"data[\"{key}\"] is not base64; plain text goes under stringData");

    public static Error SecretTooLarge(int most) => BadSecret($"a secret has {most} bytes at most");

    public static Error EgressWithoutUrl() => Spec("egress must specify a URL");

    public static Error EgressWithoutSecret() => Spec("egress.sql_database.secret is required");

    public static Error EgressSecretParts() =>
        Spec("egress.sql_database.secret.name and egress.sql_database.secret.key are required");

    public static Error MalformedPod(string what) => Spec($"malformed {what}: it must be JSON");

    public static Error GitInput() =>
        Spec(
            "input.git is not supported: put the files into a repo with 'braid import git', and read that by input.pfs"
        );

    public static Error NoJsonnet() =>
        new(
            ErrorKind.FailedPrecondition,
            "pipelines.no-jsonnet",
            "templates need the program jsonnet on the server: install Debian's package jsonnet there, or render the template "
                + "first (jsonnet --tla-str NAME=VALUE FILE) and send the result with -f"
        );

    public static Error BadTemplateArgument(string name) =>
        new(ErrorKind.InvalidArgument, "pipelines.invalid-template", $"\"{name}\" is no name of a template's argument");

    public static Error ToolFailed(string tool, string how, string complaint) =>
        new(
            ErrorKind.InvalidArgument,
            "pipelines.tool-failed",
            $"{tool} {how}: {(complaint.Length > 0 ? complaint : "it said nothing")}"
        );

    public static Error ToolSaysTooMuch(string tool, int most) =>
        new(ErrorKind.InvalidArgument, "pipelines.tool-failed", $"{tool} wrote more than {most} bytes");

    public static Error BadDefaults(Error error) =>
        new(ErrorKind.InvalidArgument, "pipelines.invalid-defaults", $"invalid defaults: {error.Message}");

    public static Error DefaultsBreak(PipelineRef pipeline, Error error) =>
        new(
            ErrorKind.InvalidArgument,
            "pipelines.invalid-defaults",
            $"with these defaults, pipeline \"{pipeline}\" cannot be regenerated: {error.Message}"
        );

    public static Error ReprocessWithoutRegenerate() =>
        new(
            ErrorKind.InvalidArgument,
            "pipelines.invalid-defaults",
            "cannot reprocess without regenerate: pipelines are not changed by defaults otherwise"
        );

    public static Error ChangedMeanwhile(PipelineRef pipeline) =>
        new(
            ErrorKind.Unavailable,
            "pipelines.changed-meanwhile",
            $"pipeline \"{pipeline}\" was changed while the defaults were being set; nothing was done, try again"
        );

    public static Error BadReprocessSpec(string text) =>
        Spec($"invalid reprocess_spec \"{text}\": write {ReprocessSpecs.UntilSuccess} or {ReprocessSpecs.EveryJob}");

    public static Error BadDatumTries() => Spec("datum_tries must be 1 or more");

    public static Error NotSupported(string what) =>
        new(ErrorKind.Unimplemented, "pipelines.not-supported", $"{what} is not supported yet");

    public static Error FolderOfMachine(string volume) =>
        Spec(
            $"volume \"{volume}\" of the distributed job is a folder of the machine (hostPath); a pipeline's programs see their data under /pfs, and nothing else of it"
        );

    public static Error RepoInTheWay(PipelineRef pipeline) =>
        Exists($"pipeline \"{pipeline}\" cannot be created because a repo with the same name already exists");

    public static Error PipelineExists(PipelineRef pipeline) =>
        Exists($"pipeline \"{pipeline}\" already exists; to change it, update it");

    public static Error PipelineNotFound(PipelineRef pipeline) =>
        new(ErrorKind.NotFound, "pipelines.pipeline-not-found", $"pipeline \"{pipeline}\" not found");

    public static Error VersionNotFound(PipelineRef pipeline, long version) =>
        new(
            ErrorKind.NotFound,
            "pipelines.pipeline-not-found",
            $"pipeline \"{pipeline}\" has no version {version}; the newest is at 0 ancestors"
        );

    public static Error PipelineInUse(PipelineRef pipeline, string dependant) =>
        Precondition(
            "pipeline-in-use",
            $"pipeline \"{pipeline}\" cannot be deleted because \"{dependant}\" reads its output; "
                + "delete that first, or use force"
        );

    public static Error RepoOfPipeline() =>
        Precondition(
            "repo-of-pipeline",
            "cannot delete a repo associated with a pipeline - delete the pipeline instead"
        );

    public static Error SpecCommitInUse(CommitName commit) =>
        Precondition("spec-commit-in-use", $"cannot squash commit {commit} because it updated a pipeline");

    public static Error JobNotFound(PipelineRef pipeline, string id) =>
        new(ErrorKind.NotFound, "pipelines.job-not-found", $"job {pipeline}@{id} not found");

    public static Error JobOfRunNotFound(RunId run) =>
        new(ErrorKind.NotFound, "pipelines.job-not-found", $"no job has the run {run}");

    public static Error JobSetNotFound(CommitSetId set) =>
        new(ErrorKind.NotFound, "pipelines.job-set-not-found", $"no jobs found with commitset {set}");

    public static Error DatumNotFound(string datum, CommitSetId job) =>
        new(ErrorKind.NotFound, "pipelines.datum-not-found", $"datum {datum} not found in job {job}");

    public static Error NoDatumMatches(IEnumerable<string> filters, CommitSetId job) =>
        new(
            ErrorKind.NotFound,
            "pipelines.datum-not-found",
            $"datum matching filter [{string.Join(' ', filters)}] could not be found for job ID {job}"
        );

    public static Error PreviewOfCron() =>
        new(
            ErrorKind.InvalidArgument,
            "pipelines.preview-of-cron",
            "can't list datums with a cron input, there will be no datums until the pipeline is created"
        );

    public static Error JobHasEnded(PipelineRef pipeline, CommitSetId job) =>
        Precondition("job-has-ended", $"job {pipeline}@{job} has ended, so none of its datums can be restarted");

    /// <summary>Another server planned the job at the same time; the plan is made again.</summary>
    public static Error PlanOvertaken(PipelineRef pipeline, CommitSetId job) =>
        new(ErrorKind.Conflict, "pipelines.plan-overtaken", $"job {pipeline}@{job} is being planned by somebody else");

    public static Error LogsOfNothing() =>
        new(
            ErrorKind.InvalidArgument,
            "pipelines.logs-of-nothing",
            "must specify the Job or Pipeline that the datum is from to get logs for it"
        );

    public static Error LogsWithoutPipeline() =>
        new(ErrorKind.InvalidArgument, "pipelines.logs-of-nothing", "pipeline must be specified for the given job");

    public static Error EgressFormat(SqlFileFormat format) =>
        new(
            ErrorKind.Unimplemented,
            "pipelines.egress-format",
            $"egress.sql_database.file_format.type {format} is not supported: write CSV or JSON"
        );

    public static Error EgressDatabase(string scheme) =>
        new(
            ErrorKind.Unimplemented,
            "pipelines.egress-database",
            $"egress to a database of kind \"{scheme}\" is not supported: only postgresql://user@host:port/database is"
        );

    public static Error EgressOption(string option) =>
        Spec($"egress.sql_database.url has an option that is not known: \"{option}\"; sslmode and host are");

    public static Error BadEgressUrl(string url) => Spec($"egress.sql_database.url is no URL: \"{url}\"");

    public static Error EgressFailed(string url, string why) =>
        Precondition("egress-failed", $"{url} did not take the output: {why}");

    public static Error EgressNotReached(string url, string why) =>
        new(ErrorKind.Unavailable, "pipelines.egress-not-reached", $"{url} could not be reached: {why}");

    public static Error PortTaken(int port) =>
        Precondition(
            "port-taken",
            $"port {port} of this machine is taken by another process or service; give the service another one"
        );

    public static Error NoCronInput(PipelineRef pipeline) =>
        Precondition("no-cron-input", $"pipeline doesn't have a cron input: \"{pipeline}\" has none to tick");

    public static Error BadLogPattern(string pattern, string why) =>
        new(
            ErrorKind.InvalidArgument,
            "pipelines.bad-log-pattern",
            $"\"{pattern}\" is not a regular expression (in RE2's syntax, without back-references and look-around): {why}"
        );

    public static Error NoDatumBatching() =>
        Precondition(
            "no-datum-batching",
            "this worker's program is started once for each datum: set transform.datum_batching to ask for the next one"
        );

    public static Error NoSuchUpload(string upload) =>
        new(ErrorKind.NotFound, "data.upload-not-found", $"upload {upload} does not exist");

    public static Error NoSuchPart(string upload) =>
        new(ErrorKind.InvalidArgument, "pipelines.no-such-part", $"a part of upload {upload} is missing");

    public static Error KeyInTheWay(string key) =>
        new(
            ErrorKind.InvalidArgument,
            "pipelines.key-in-the-way",
            $"{key} cannot be a file: it is a directory, or one of its directories is a file"
        );

    public static Error NoBuckets() =>
        Precondition(
            "no-buckets",
            "this server has no S3 endpoint for workers, which this pipeline reads or writes by"
        );

    public static Error NoWorkerDoor() =>
        Precondition("no-worker-door", "this server opens no doors for workers, which datum batching needs");

    /// <summary>The user's program wrote a file whose name no commit can hold.</summary>
    public static Error UnrepresentableName(string name, string why) =>
        Precondition(
            "bad-output-name",
            $"cannot upload file produced by the user code because its name cannot be represented in PFS: {name} ({why})"
        );

    public static Error SpecialOutput(string path) =>
        Precondition(
            "bad-output",
            $"cannot upload {path}: it is neither a file, a directory nor a link to one (a pipe, a device, a broken link)"
        );

    public static Error EndlessLinks(string path) =>
        Precondition(
            "bad-output",
            $"cannot upload {path}: it links to a folder that it is in, or there are too many links to folders"
        );

    public static Error UnreadableOutput(string why) =>
        Precondition("bad-output", $"cannot upload what the user code wrote to /pfs/out: {why}");

    public static Error DuplicateOutput(string path, string datum, string other) =>
        Precondition(
            "duplicate-output",
            $"duplicate path output by different datums ({path}, written by datum {datum} and by datum {other})"
        );

    private static Error Spec(string message) =>
        new(ErrorKind.InvalidArgument, "pipelines.invalid-spec", $"invalid pipeline spec: {message}");

    private static Error BadSecret(string message) =>
        new(ErrorKind.InvalidArgument, "pipelines.invalid-secret", message);

    private static Error Exists(string message) => new(ErrorKind.AlreadyExists, "pipelines.pipeline-exists", message);

    private static Error Precondition(string code, string message) =>
        new(ErrorKind.FailedPrecondition, $"pipelines.{code}", message);
}
