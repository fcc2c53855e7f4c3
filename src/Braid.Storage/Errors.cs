using Braid.Primitives;
using Braid.Storage.Sweeping;

namespace Braid.Storage;

internal static class Errors
{
    public static Error BadAddress(string text) =>
        new(
            ErrorKind.InvalidArgument,
            "storage.bad-address",
            $"'{text}' names no blob store: write DIR, or s3://BUCKET[/PREFIX][?endpoint=URL][&region=REGION]"
        );

    public static Error BadPath(string path, string why) =>
        new(
            ErrorKind.InvalidArgument,
            "storage.bad-path",
            $"'{path}' is not a path: {why}; write an absolute path such as /a/b"
        );

    public static Error IsDirectory(string path) =>
        new(
            ErrorKind.FailedPrecondition,
            "storage.is-directory",
            $"'{path}' is a directory, so no file can be put there; delete the directory first"
        );

    public static Error IsFile(string path, string beneath) =>
        new(
            ErrorKind.FailedPrecondition,
            "storage.is-file",
            $"'{path}' is a file, so '{beneath}' cannot be put beneath it; delete the file first"
        );

    public static Error Gone(Sha256Hash chunk) =>
        new(
            ErrorKind.Conflict,
            "storage.gone",
            $"what was to be taken over was deleted meanwhile, and its space reclaimed (chunk {chunk}); "
                + "take it from a version that is still there, or write it again"
        );

    public static Error HeldTooLong(TimeSpan held, TimeSpan longest) =>
        new(
            ErrorKind.Conflict,
            "storage.held-too-long",
            $"this write took {held.TotalHours:0.#} hours; on a store that several servers share it must end within "
                + $"{longest.TotalHours:0.#}, or its space may be reclaimed; write again in smaller steps"
        );

    public static Error SweepUnderWay(SweepState state) =>
        new(
            ErrorKind.Unavailable,
            "storage.sweep-under-way",
            state.OldestWriter is { } writer
                ? $"space is being reclaimed: since {state.Since:u} it waits for a write that began at {writer:u}; ask again later"
                : $"space is being reclaimed since {state.Since:u}; ask again in a moment"
        );

    public static Error NoSuchPlan(Hex32 id) =>
        new(
            ErrorKind.NotFound,
            "storage.no-such-plan",
            $"there is no plan {id}: the server keeps the last one it made, until it stops; make one with 'braid gc --plan'"
        );

    public static Error StalePlan(Hex32 id) =>
        new(
            ErrorKind.FailedPrecondition,
            "storage.stale-plan",
            $"plan {id} is stale: space was reclaimed since, or it is too old; make one with 'braid gc --plan'"
        );

    public static Error Collision(string path) =>
        new(
            ErrorKind.FailedPrecondition,
            "storage.collision",
            $"'{path}' is in two of the trees with different content; each path may be written by one of them only"
        );

    public static Error BucketFailed(string bucket, string why) =>
        new(
            ErrorKind.Unavailable,
            "storage.bucket-failed",
            $"the bucket '{bucket}' cannot be read or written ({why}); what the call was to change is not acknowledged, "
                + "try again when it is back"
        );
}
