using Braid.Primitives;

namespace Braid.Gateway.ClearML;

/// <summary>What this door refuses by itself, before a domain is asked.</summary>
internal static class Errors
{
    public static Error InvalidPath(string path) =>
        new(
            ErrorKind.InvalidArgument,
            "clearml.invalid-path",
            $"'{path}' is not an endpoint's path: expected /service.action or /v2.34/service.action"
        );

    public static Error UnknownEndpoint(string name, string version) =>
        new(
            ErrorKind.NotFound,
            "clearml.unknown-endpoint",
            $"Unable to find endpoint for name {name} and version {version}"
        );

    public static Error DownloadTooLong(int length, int longest) =>
        new(
            ErrorKind.InvalidArgument,
            "clearml.download-too-long",
            $"Invalid request: prepared, it has {length} characters, and {longest} at most fit into an address; ask for fewer columns"
        );

    public static Error NoSuchDownload() =>
        new(
            ErrorKind.NotFound,
            "clearml.no-such-download",
            "Invalid prepare_id: call organization.prepare_download_for_get_all first"
        );

    public static Error Refused(string name, string why) =>
        new(ErrorKind.Unimplemented, "clearml.refused", $"{name} is refused on this server: {why}");

    public static Error BadPreference(string name) =>
        new(
            ErrorKind.InvalidArgument,
            "clearml.bad-preference",
            $"Invalid preferences: '{name}' cannot be set: take names without $ in front, a dot only between the names of a path, "
                + $"and {Users.Preferences.Deepest} levels at most"
        );

    public static Error UnknownRole(string role) =>
        new(
            ErrorKind.InvalidArgument,
            "clearml.unknown-role",
            $"Invalid role: {role}; this server knows admin and user"
        );

    public static Error AnotherCompany() =>
        new(
            ErrorKind.InvalidArgument,
            "clearml.another-company",
            $"Invalid company: this server has one workspace: company={Contract.Company}"
        );

    public static Error BadPattern(string why) =>
        new(ErrorKind.InvalidArgument, "clearml.bad-pattern", $"Invalid regular expression: {why}");

    public static Error NoSuchSetting(string path) =>
        new(ErrorKind.NotFound, "clearml.no-such-setting", $"There is no setting to show at: path={path}");

    public static Error MissingField(string name) =>
        new(ErrorKind.InvalidArgument, "clearml.missing-field", $"Missing required field: {name}");

    public static Error InvalidField(string name, string expected) =>
        new(ErrorKind.InvalidArgument, "clearml.invalid-field", $"Invalid value for field {name}: expected {expected}");

    public static Error UnknownFields(string names) =>
        new(
            ErrorKind.InvalidArgument,
            "clearml.unknown-fields",
            $"Invalid fields: there is no field {names} to ask for"
        );

    public static Error NotJson(string what, string why) =>
        new(ErrorKind.InvalidArgument, "clearml.not-json", $"Invalid request: {what} is not JSON: {why}");

    public static Error NotAnObject(string what) =>
        new(ErrorKind.InvalidArgument, "clearml.not-an-object", $"Invalid request: {what} is not a JSON object");

    public static Error EncodedBody(string encoding) =>
        new(
            ErrorKind.InvalidArgument,
            "clearml.encoded-body",
            $"Invalid request: send the body without Content-Encoding (it was '{encoding}')"
        );

    public static Error BodyTooLarge(int largest) =>
        new(
            ErrorKind.InvalidArgument,
            "clearml.body-too-large",
            $"Invalid request: the body has more than {largest} bytes; send less at once"
        );

    public static Error BadRequest(string why) =>
        new(ErrorKind.InvalidArgument, "clearml.bad-request", $"Invalid request: {why}");

    public static Error TwoIdentities() =>
        new(
            ErrorKind.InvalidArgument,
            "clearml.two-identities",
            "Invalid impersonation: send X-Clearml-Impersonate-As or X-Clearml-Act-As, not both"
        );

    public static Error MayNotImpersonate(string name) =>
        new(
            ErrorKind.InvalidArgument,
            "clearml.may-not-impersonate",
            $"Invalid impersonation: only administrators speak for others, and {name} is none"
        );

    public static Error NoKeys() =>
        new(
            ErrorKind.Unauthenticated,
            "clearml.no-keys",
            "a token is made for an access key and secret only; 'braid env' on the server shows the administrator's"
        );

    public static Error MalformedCredentials() =>
        new(
            ErrorKind.Unauthenticated,
            "clearml.malformed-credentials",
            "the Authorization header must be 'Basic base64(access key:secret key)' or 'Bearer token'"
        );

    public static Error InvalidToken() =>
        new(
            ErrorKind.Unauthenticated,
            "clearml.invalid-token",
            "the token is unknown, expired or revoked; log in again (auth.login) with an access key and secret"
        );

    public static Error UnknownOperator(string text) =>
        new(ErrorKind.InvalidArgument, "clearml.unknown-operator", $"'{text}' is not an operator of a list of values");

    public static Error NotAnOrder(string key) =>
        new(ErrorKind.InvalidArgument, "clearml.unknown-fields", $"Invalid fields: cannot order by {key}");

    public static Error InvalidScroll() =>
        new(ErrorKind.InvalidArgument, "clearml.invalid-scroll", "Invalid scroll id: start anew without one");

    public static Error NoSuchProject(string id) =>
        new(ErrorKind.NotFound, "clearml.no-such-project", $"Invalid project id: id={id}");

    public static Error NoSuchTask(string id) =>
        new(ErrorKind.NotFound, "clearml.no-such-task", $"Invalid task id: id={id}");

    public static Error NoSuchModel(string id) =>
        new(ErrorKind.NotFound, "clearml.no-such-model", $"Invalid model id: id={id}");

    public static Error CannotMoveProject(string name, string parent) =>
        new(
            ErrorKind.FailedPrecondition,
            "clearml.cannot-move-project",
            $"Cannot update project location: the new name '{name}' must stay in '{parent}'"
        );

    public static Error ProjectIsThere(string name) =>
        new(ErrorKind.FailedPrecondition, "clearml.project-is-there", $"Project '{name}' is there already");

    public static Error CannotMoveBelowItself(string name, string place) =>
        new(
            ErrorKind.FailedPrecondition,
            "clearml.below-itself",
            $"Project '{name}' cannot be moved under itself: '{place}' lies below it"
        );

    public static Error ProjectHasTasks(string name, long tasks) =>
        new(
            ErrorKind.FailedPrecondition,
            "clearml.project-has-tasks",
            $"Project '{name}' has {tasks} tasks that are not archived; use force to delete it all the same"
        );

    public static Error ProjectHasModels(string name, long models) =>
        new(
            ErrorKind.FailedPrecondition,
            "clearml.project-has-models",
            $"Project '{name}' has {models} models that are not archived; use force to delete it all the same"
        );

    public static Error NotADraft(string status) =>
        new(
            ErrorKind.FailedPrecondition,
            "clearml.not-a-draft",
            $"Invalid task status: expected created, it is {status}; use force to change the task all the same"
        );

    public static Error ReportsOnly(RunId id) =>
        new(
            ErrorKind.FailedPrecondition,
            "clearml.reports-only",
            $"Operation is only supported for reports: task {id} is none; use tasks.*"
        );

    public static Error CannotDelete(string why) =>
        new(
            ErrorKind.FailedPrecondition,
            "clearml.cannot-delete",
            $"Task cannot be deleted: {why}; use force to delete it all the same"
        );

    public static Error TaskMadeNoModel(RunId id) =>
        new(ErrorKind.NotFound, "clearml.no-such-model", $"Invalid model id: task {id} has made no model");

    public static Error CannotRemoveAllRuns(int runs) =>
        new(
            ErrorKind.FailedPrecondition,
            "clearml.cannot-remove-all-runs",
            $"Cannot remove all runs of the pipeline ({runs} were named): keep one, or delete the pipeline's project"
        );

    public static Error ProjectHasPipelines(string name, long pipelines) =>
        new(
            ErrorKind.FailedPrecondition,
            "clearml.project-has-pipelines",
            $"Project '{name}' has {pipelines} pipelines; use force to delete it all the same"
        );

    public static Error ProjectHasDatasets(string name, long datasets) =>
        new(
            ErrorKind.FailedPrecondition,
            "clearml.project-has-datasets",
            $"Project '{name}' has {datasets} datasets; use force to delete it all the same"
        );

    public static Error ModelIsReady(ModelId id) =>
        new(ErrorKind.FailedPrecondition, "clearml.model-is-ready", $"Model is already published: id={id}");

    public static Error ModelInUse(ModelId id, int tasks) =>
        new(
            ErrorKind.FailedPrecondition,
            "clearml.model-in-use",
            $"Model is used by {tasks} tasks as input: id={id}; use force to delete it all the same"
        );

    public static Error ModelMakerPublished(ModelId id) =>
        new(
            ErrorKind.FailedPrecondition,
            "clearml.model-maker-published",
            $"The task that made the model is published: id={id}; use force to delete the model all the same"
        );

    public static Error NoSuchQueue(string id) =>
        new(ErrorKind.NotFound, "clearml.no-such-queue", $"Invalid queue id: id={id}");

    public static Error EmptyBatch() =>
        new(ErrorKind.InvalidArgument, "clearml.empty-batch", "Batch contains no items");

    public static Error NoEventsAdded(string why) =>
        new(ErrorKind.InvalidArgument, "clearml.no-events-added", $"No events were added: {why}");

    public static Error TaskIsPublished(RunId id) =>
        new(
            ErrorKind.FailedPrecondition,
            "clearml.task-is-published",
            $"Task is published: id={id}; set allow_locked to add events all the same"
        );

    public static Error NoSuchArchive(string name, RunId version) =>
        new(
            ErrorKind.NotFound,
            "clearml.no-such-archive",
            $"version {version} of the dataset has no artifact '{name}'"
        );

    public static Error NotInArchive(string path, string name, RunId version) =>
        new(
            ErrorKind.DataLoss,
            "clearml.not-in-archive",
            $"'{path}' is not in artifact '{name}' of version {version} of the dataset"
        );

    public static Error DamagedArchive(string why) =>
        new(ErrorKind.DataLoss, "clearml.damaged-archive", $"an archive of the dataset is damaged: {why}");

    public static Error DatasetNotUploaded(RunId version) =>
        new(
            ErrorKind.FailedPrecondition,
            "clearml.dataset-not-uploaded",
            $"version {version} of the dataset was completed before all of it was uploaded"
        );

    public static Error OnePathTwice(string path) =>
        new(ErrorKind.InvalidArgument, "clearml.one-path-twice", $"two files of the dataset are '{path}' in its repo");

    public static Error NoSuchFile(string path) =>
        new(ErrorKind.NotFound, "clearml.no-such-file", $"there is no file '{path}'");
}
