using Braid.Data.Naming;
using Braid.Primitives;

namespace Braid.Data;

/// <summary>
/// Every refusal of this module. The beginnings of the messages are those that Pachyderm's clients look for, so a change
/// of wording is a change of the protocol.
/// </summary>
internal static class Errors
{
    public static Error BadName(string name) =>
        Invalid(
            "bad-name",
            $"name ({name}) invalid: only alphanumeric characters, underscores, and dashes are allowed"
        );

    public static Error NameTooLong(string name, int most) =>
        Invalid("bad-name", $"name ({name.AsSpan(0, 32)}...) invalid: longer than {most} characters");

    public static Error ProjectNameTooLong(string name, int most) =>
        Invalid("bad-name", $"project name \"{name}\" is {name.Length - most} characters longer than the {most} max");

    public static Error ProjectNameStart(string name) =>
        Invalid("bad-name", $"project name \"{name}\" must start with an alphanumeric character");

    public static Error BranchNamedAsCommit(string name) =>
        Invalid("bad-name", $"branch name \"{name}\" cannot have the form of a commit id");

    public static Error BadCommitText(string text) =>
        Invalid(
            "bad-commit",
            $"invalid commit \"{text}\": write a branch, an id or branch=id, then ^N (ancestors up) or .N (from the root)"
        );

    public static Error NoSuchRole(string role) =>
        Invalid("bad-role", $"a repo cannot have the role \"{role}\": it is train, validation or test, or none at all");

    public static Error GlobSignInPath(string path, char sign) =>
        Invalid("bad-path", $"path ({path}) invalid: globbing character ({sign}) not allowed in path");

    public static Error BadPathText(string path) =>
        Invalid("bad-path", $"path ({Printable(path)}) invalid: only printable characters allowed");

    public static Error RelativePath(string path) =>
        Invalid("bad-path", $"path ({path}) invalid: relative file paths are not allowed");

    public static Error EmptySegment(string path) =>
        Invalid("bad-path", $"path ({path}) invalid: empty path elements are not allowed");

    public static Error PathTooLong(string most) => Invalid("bad-path", $"path invalid: longer than {most}");

    public static Error FileNameMissing() =>
        Invalid("bad-path", "path (/) invalid: a file needs a name; write a path such as /a/b");

    public static Error BadGlob(string pattern, string why) =>
        Invalid("bad-glob", $"glob pattern ({pattern}) invalid: {why}");

    public static Error ProjectNotFound(string name) => NotFound("project-not-found", $"project \"{name}\" not found");

    public static Error ProjectExists(string name) => Exists("project-exists", $"project {name} already exists");

    public static Error ProjectHasRepos(string name, RepoName repo) =>
        Precondition(
            "project-not-empty",
            $"cannot delete project {name}: repo {repo} still exists; delete its repos first, or use force"
        );

    public static Error RepoNotFound(RepoName repo) => NotFound("repo-not-found", $"repo {repo} not found");

    public static Error RepoExists(RepoName repo) => Exists("repo-exists", $"repo {repo} already exists");

    public static Error BranchExists(BranchName branch) => Exists("branch-exists", $"branch {branch} already exists");

    public static Error RepoReserved(RepoName repo) =>
        Invalid("bad-name", $"repo {repo} invalid: the name is reserved for file sets");

    public static Error BranchNotFound(BranchName branch) =>
        NotFound("branch-not-found", $"branch \"{branch.Name}\" not found in repo {branch.Repo}");

    public static Error BranchHasSubvenance(BranchName branch, BranchName dependent) =>
        Precondition(
            "branch-in-use",
            $"branch \"{branch}\" cannot be deleted because it's in the direct provenance of \"{dependent}\""
        );

    public static Error BranchOfItself(BranchName branch) =>
        Invalid("bad-provenance", $"repo {branch.Repo} cannot be in the provenance of its own branch");

    public static Error TwoBranchesOfRepo(RepoName repo) =>
        Invalid("bad-provenance", $"multiple branches from the same repo, \"{repo}\", cannot participate in a DAG");

    public static Error ProvenanceCycle(BranchName branch) =>
        Invalid("bad-provenance", $"branch {branch} cannot be in its own provenance");

    public static Error ProvenanceAndTrigger() =>
        Invalid("bad-trigger", "a branch cannot have both provenance and a trigger");

    public static Error TriggerWithoutBranch() =>
        Invalid("bad-trigger", "triggers must specify a branch to trigger on");

    public static Error TriggerLoop() => Invalid("bad-trigger", "triggers cannot form a loop");

    public static Error TriggerSize(string size) => Invalid("bad-trigger", $"invalid trigger size: \"{size}\"");

    public static Error TriggerCommits() => Invalid("bad-trigger", "can't trigger on a negative number of commits");

    public static Error TriggerSchedule(string schedule) =>
        Invalid(
            "bad-trigger",
            $"invalid trigger cron spec: \"{schedule}\"; write five fields, @yearly to @hourly, @every 1h30m or @never"
        );

    public static Error TriggerScheduleNotAlone() =>
        Invalid(
            "bad-trigger",
            "a trigger with a cron spec cannot have other conditions; to bound how often others fire, use a rate limit"
        );

    public static Error CommitNotFound(string commit) => NotFound("commit-not-found", $"commit {commit} not found");

    public static Error ParentNotFound(string commit) =>
        NotFound("commit-not-found", $"parent commit {commit} not found");

    public static Error NoHead(BranchName branch) => NotFound("no-head", $"branch \"{branch}\" has no head");

    public static Error ParentOpen(CommitName parent) =>
        Precondition("parent-open", $"parent commit {parent} has not been finished");

    public static Error CommitFinished(CommitName commit) =>
        Precondition("commit-finished", $"commit {commit} has already finished");

    public static Error CommitOpen(CommitName commit) => Unavailable("commit-open", $"commit {commit} not finished");

    public static Error OutputCommitOpen(CommitName commit) =>
        Unavailable("output-commit-open", $"output commit {commit} not finished");

    public static Error CommitFailed(CommitName commit, string error) =>
        Precondition("commit-failed", $"commit {commit} finished with an error: {error}");

    public static Error ClearFinished(CommitName commit) =>
        Precondition("commit-finished", $"cannot clear finished commit {commit}");

    public static Error StartOnOutput(BranchName branch) =>
        Precondition("output-branch", $"cannot start a commit on an output branch: {branch}");

    public static Error WriteToOutput(CommitName commit) =>
        Precondition("output-branch", $"cannot write to the output commit {commit}: its pipeline writes it");

    public static Error FinishOutput() =>
        Precondition("output-branch", "cannot finish a pipeline output or meta commit, use 'stop job' instead");

    public static Error TwoCommitsOfRepo(BranchName branch) =>
        Precondition(
            "two-commits-of-repo",
            $"inconsistent dependencies: cannot create commit from {branch}; repo ({branch.Repo}) already has a commit in this transaction"
        );

    public static Error FromWithoutTo() => Invalid("bad-range", "cannot use `from` commit without `to` commit");

    public static Error CommitSetNotFound(CommitSetId id) =>
        NotFound("commit-set-not-found", $"no commits found for commitset {id}");

    public static Error DropParent(CommitName commit) =>
        Precondition("has-children", $"cannot drop a commit that has children: {commit}");

    public static Error SquashLeaf(CommitName commit) =>
        Precondition(
            "no-children",
            "cannot squash a commit that has no children as that would cause data loss, "
                + $"use the drop operation instead: {commit}"
        );

    public static Error SquashOpenChild(CommitName child) =>
        Precondition("commit-open", $"cannot squash until child commit {child} is finished");

    public static Error SetHasSubvenance(CommitSetId id, string what, IEnumerable<CommitSetId> sets) =>
        Precondition(
            "has-subvenance",
            $"commit set {id} cannot be {what} because it has subvenant commit sets: {string.Join(", ", sets)}"
        );

    public static Error RemoveWithSubvenance(CommitName commit, string what) =>
        Precondition("has-subvenance", $"cannot {what} commit ({commit}) with subvenance without recursive");

    public static Error CommitDeleted(CommitName commit) =>
        NotFound("commit-not-found", $"commit {commit} was deleted");

    public static Error CommitForgotten(CommitName commit) =>
        Precondition("commit-forgotten", $"the commit is forgotten: {commit} has only its record left");

    public static Error ForgetHead(CommitName commit, BranchName branch) =>
        Precondition(
            "commit-is-head",
            $"cannot forget commit {commit}: it is the head of branch \"{branch}\"; move the branch first, or drop the commit"
        );

    public static Error ForgetNeeded(CommitName commit, CommitName open) =>
        Precondition(
            "commit-needed",
            $"cannot forget commit {commit} until {open}, which is made from it, is finished"
        );

    public static Error AnnotationExists(string key) =>
        Exists("annotation-exists", $"key \"{key}\" already exists; use edit_key to change its value");

    public static Error AnnotationWithoutKey() => Invalid("bad-annotation", "metadata needs a key that is not empty");

    public static Error AnnotationsTooLong(int most) =>
        new(
            ErrorKind.ResourceExhausted,
            "data.annotations-too-long",
            $"metadata is longer than {most} characters in all"
        );

    public static Error FileNotFound(string path, CommitName commit) =>
        NotFound("file-not-found", $"file {path} not found in repo {commit.Repo} at commit {commit.Id}");

    public static Error NotRegularFile() =>
        Invalid("not-regular-file", "cannot get directory or non-regular file. Use GetFileTAR instead");

    public static Error ManyFiles() => Invalid("many-files", "matched multiple files. Use GetFileTAR instead");

    public static Error PathCollision(string why) =>
        Invalid("path-collision", $"file / directory path collision ({why})");

    public static Error DuplicatePath(string path, string one, string other) =>
        Invalid(
            "duplicate-path",
            $"duplicate path output by different datums ({path} from {one} and {path} from {other})"
        );

    public static Error DatumTagTooLong(int bytes, int most) =>
        Invalid("datum-tag", $"a datum tag of {bytes} bytes is longer than {most}");

    public static Error FileSetNotFound(Hex32 id) =>
        NotFound("file-set-not-found", $"file set {id} not found: it was never made, or it has expired; make it again");

    public static Error FileSetNeedsId(string commit) =>
        Invalid("file-set-id", $"\"{commit}\" is not the id of a file set: 32 hex digits");

    public static Error FileSetLifeTooShort(TimeSpan life) =>
        Invalid("file-set-life", $"ttl ({life.TotalSeconds} s) must be at least one second");

    public static Error FileSetLifeTooLong(TimeSpan life, TimeSpan most) =>
        Invalid("file-set-life", $"ttl ({life.TotalSeconds} s) exceeds max ttl ({most.TotalSeconds} s)");

    public static Error PartReplaced(Hex32 id, int number) =>
        new(
            ErrorKind.Conflict,
            "data.part-replaced",
            $"part {number} of upload {id} was replaced while the upload was completed; complete it again"
        );

    public static Error UploadNotFound(Hex32 id) =>
        NotFound("upload-not-found", $"upload {id} not found: it was completed, aborted or never begun");

    public static Error BadUrl(string url) => Invalid("bad-url", $"\"{url}\" is not a URL: write https://HOST/PATH");

    public static Error UrlNotSupported(string url, string scheme) =>
        new(
            ErrorKind.Unimplemented,
            "data.url-not-supported",
            $"{scheme} URLs are not supported ({url}): use http, https, s3 or file, or fetch it and put it as a file"
        );

    public static Error RemoteCannotList(string url) =>
        Invalid("remote-cannot-list", $"a web server does not list its files ({url}): name one file, or use s3");

    public static Error RemoteCannotBeWritten(string url) =>
        Invalid("remote-cannot-be-written", $"files cannot be written to a web server ({url}): use s3 or file");

    public static Error RemoteIsPrivate(string host) =>
        new(
            ErrorKind.PermissionDenied,
            "data.remote-private",
            $"{host} is not on the open Internet: this server reads such addresses only with --private-urls"
        );

    public static Error RemoteNotExposed(string path) =>
        new(
            ErrorKind.PermissionDenied,
            "data.remote-not-exposed",
            $"{path} is in no folder that this server exposes: start it with --expose FOLDER, or put the file from a client"
        );

    public static Error RemoteLink(string path) =>
        new(ErrorKind.PermissionDenied, "data.remote-link", $"{path} is a link, which the server does not follow");

    public static Error RemoteNotFound(string url) => NotFound("remote-not-found", $"nothing is at {url}");

    public static Error RemoteAnswered(string url, int status) =>
        status == 404
            ? RemoteNotFound(url)
            : Precondition("remote-answered", $"{url} answered with the status {status}");

    public static Error RemoteFailed(string url, string why) =>
        Unavailable("remote-failed", $"{url} could not be read or written: {why}");

    public static Error RemoteRefused(string url, string why) =>
        Precondition("remote-refused", $"{url} could not be read or written: {why}");

    public static Error RemoteSilent(string url, TimeSpan limit) =>
        Unavailable("remote-silent", $"{url} sent nothing for {limit.TotalSeconds} seconds; try again");

    public static Error RemoteTooLarge(string url, long most) =>
        Exhausted("remote-too-large", $"{url} has more than {most} bytes, the most that is taken from a URL");

    public static Error TransactionNotFound(string id) =>
        NotFound(
            "transaction-not-found",
            $"transaction \"{id}\" not found: it was finished or deleted, has expired, or was never started by this user"
        );

    public static Error TooManyTransactions(int most) =>
        Exhausted("too-many-transactions", $"{most} transactions are waiting to be finished; finish or delete some");

    public static Error TransactionTooLong(CommitSetId id, int most) =>
        Exhausted("transaction-too-long", $"transaction {id} has {most} requests, the most it may have; finish it");

    public static Error TransactionsTooLarge(long most) =>
        Exhausted(
            "transactions-too-large",
            $"the requests of all transactions may have {most} bytes together; finish or delete some transactions"
        );

    /// <summary>By it is told whether a finish is worth another try.</summary>
    public const string TransactionBusyCode = "data.transaction-busy";

    public static Error TransactionBusy(CommitSetId id) =>
        new(
            ErrorKind.Conflict,
            TransactionBusyCode,
            $"others kept adding to transaction {id} at the same moment; nothing was changed, try again"
        );

    /// <summary>The refusal of one of several requests, whose text comes first: clients look for it.</summary>
    public static Error RequestRefused(Error error, CommitSetId id, int position, int count) =>
        error with
        {
            Message = $"{error.Message} (request {position} of {count} in transaction {id}; nothing was changed)",
        };

    public static Error HeadMoved(RepoName repo) =>
        new(
            ErrorKind.Conflict,
            "data.head-moved",
            $"others kept writing to repo {repo} at the same moment; nothing was changed, try again"
        );

    /// <summary>What is not to reach a terminal or a log as it is.</summary>
    private static string Printable(string text) =>
        string.Concat(text.Select(sign => char.IsControl(sign) || char.IsSurrogate(sign) ? '?' : sign));

    private static Error Invalid(string code, string message) =>
        new(ErrorKind.InvalidArgument, $"data.{code}", message);

    private static Error NotFound(string code, string message) => new(ErrorKind.NotFound, $"data.{code}", message);

    private static Error Exists(string code, string message) => new(ErrorKind.AlreadyExists, $"data.{code}", message);

    private static Error Precondition(string code, string message) =>
        new(ErrorKind.FailedPrecondition, $"data.{code}", message);

    private static Error Exhausted(string code, string message) =>
        new(ErrorKind.ResourceExhausted, $"data.{code}", message);

    private static Error Unavailable(string code, string message) =>
        new(ErrorKind.Unavailable, $"data.{code}", message);
}
