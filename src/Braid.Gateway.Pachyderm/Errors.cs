namespace Braid.Gateway.Pachyderm;

/// <summary>
/// Refusals of the door itself: requests that its protocol does not allow, and calls that are not answered. Clients match on
/// some of the texts.
/// </summary>
internal static class Errors
{
    public static Error NoToken() =>
        new(
            ErrorKind.Unauthenticated,
            "pachyderm.no-token",
            "no authentication token (try logging in): put the token that 'braid env' prints into the client's configuration"
        );

    public static Error BadToken() =>
        new(
            ErrorKind.Unauthenticated,
            "pachyderm.bad-token",
            "provided auth token is corrupted or has expired (try logging in again)"
        );

    public static Error AuthNotActivated() =>
        new(ErrorKind.Unimplemented, "pachyderm.auth-off", "the auth service is not activated");

    public static Error NotSupported(string what) =>
        new(ErrorKind.Unimplemented, "pachyderm.not-supported", $"{what} is not supported yet");

    public static Error SpecCommitOnUpdate() =>
        Invalid("Cannot update a pipeline and provide a spec commit at the same time");

    public static Error NoJq() =>
        new(
            ErrorKind.Unimplemented,
            "pachyderm.not-supported",
            "jqFilter (a filter by state, for instance) needs the program jq on the server: install Debian's package jq there"
        );

    public static Error BadJq(string filter) =>
        new(
            ErrorKind.InvalidArgument,
            "pachyderm.invalid-request",
            $"jqFilter \"{filter}\" does not say one thing about each item"
        );

    public static Error OnWorkersPort(string call) =>
        new(
            ErrorKind.Unimplemented,
            "pachyderm.on-workers-port",
            $"{call} is answered by a worker, on a port of its own: the program that it runs finds it in PPS_WORKER_GRPC_PORT"
        );

    public static Error NotInTransaction(string call, string transaction) =>
        new(
            ErrorKind.FailedPrecondition,
            "pachyderm.not-in-transaction",
            $"{call} cannot be part of a transaction: finish or delete transaction {transaction} first, or stop it and go on without it"
        );

    public static Error BadTransactionId(string id) =>
        new(
            ErrorKind.NotFound,
            "pachyderm.transaction-not-found",
            $"transaction \"{id}\" not found: an id has 32 hex digits"
        );

    public static Error UnknownRequest() =>
        NotSupported("a request of a transaction that is none of those that the server knows");

    public static Error Missing(string what) => Invalid($"{what} must be specified");

    public static Error FirstMessageMustBeCommit() => Invalid("first message must be a commit");

    public static Error FirstMessageMustBeStart() => Invalid("first message must be a StartCreateDatumRequest message");

    public static Error StartedTwice() =>
        Invalid("message after the first must be a ContinueCreateDatumRequest message");

    public static Error CommitTwice() => Invalid("cannot set commit");

    public static Error EmptyModification() => Invalid("a message says neither what to add, to delete nor to copy");

    public static Error BadDatumMarker(string marker) =>
        Invalid($"paginationMarker \"{marker}\" is no datum's id: give the id of the last datum of the page before");

    public static Error ReverseNeedsNumber() => Invalid("number must be > 0 when reverse is true");

    public static Error TooManyFiles(long most) => Invalid($"cannot return more than {most} files at a time");

    public static Error NegativeOffset(long offset) =>
        Invalid($"offset {offset} is negative: it counts from the beginning of the file");

    public static Error HeadOfOtherRepo() => Invalid("branch and head commit must belong to the same repo");

    public static Error EmptyPicker(string what) => Invalid($"{what} must be picked: by its name or its id");

    public static Error NothingToEdit() => Invalid("an edit of metadata says neither what to change nor how");

    public static Error BadCommitSetId(string id) => Invalid($"\"{id}\" is not the id of a commit set: 32 hex digits");

    public static Error BadFileSetId(string id) => Invalid($"\"{id}\" is not the id of a file set: 32 hex digits");

    public static Error BadRegex(string pattern) =>
        Invalid($"path_regex \"{pattern}\" is not a regular expression (in RE2's syntax, without back-references)");

    public static Error JobOfOtherPipeline() => Invalid("job is from the wrong pipeline");

    public static Error BadInputCommit(string id) =>
        Invalid($"input commit \"{id}\" must be given by its id: 32 hex digits");

    public static Error BadAncestry(string name) =>
        Invalid($"invalid pipeline \"{name}\": write its name, then ^ or ^N for an older version");

    public static Error PipelineMissing(string pipeline) =>
        new(ErrorKind.NotFound, "pachyderm.pipeline-not-found", $"pipeline \"{pipeline}\" not found");

    public static Error BadJobId(string id) => Invalid($"\"{id}\" is not the id of a job: 32 hex digits");

    public static Error StorageDamaged(string pack, long offset, string why) =>
        Fault.DataLoss($"pack {pack} is damaged at byte {offset}: {why}");

    private static Error Invalid(string message) =>
        new(ErrorKind.InvalidArgument, "pachyderm.invalid-request", message);
}
