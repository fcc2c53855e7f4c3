using Braid.Data.Globbing;
using Braid.Primitives;
using Braid.Primitives.Cron;

namespace Braid.Pipelines.Specs.Reading;

/// <summary>Which inputs there may be.</summary>
internal static class InputRules
{
    /// <param name="isNamed">False when the name is the repo's.</param>
    /// <param name="commit">What the spec says to read; only branches can be read.</param>
    public static Error? Check(Input.Pfs input, bool isNamed, string commit) =>
        input.Repo.Length == 0 ? Errors.InputMustSpecify("repo")
        : !isNamed && input.Repo == "out" ? Errors.InputRepoNamedOut()
        : CheckName(input) is { } badName ? badName
        : input.Glob.Length == 0 ? Errors.InputMustSpecify("glob")
        : commit.Length > 0 ? Errors.InputFromCommit()
        : Glob.Parse(input.Glob).Error is { } badGlob ? badGlob
        : input.S3 ? CheckS3(input)
        : null;

    public static Error? Check(Input.Cron input, string commit) =>
        input.Name.Length == 0 ? Errors.InputMustSpecify("name")
        : CheckName(input) is { } badName ? badName
        : commit.Length > 0 ? Errors.InputFromCommit()
        : CronSchedule.TryParse(input.Spec, out _) ? null
        : Errors.BadCronSpec(input.Spec);

    /// <summary>What parts of an input must not be together.</summary>
    public static Error? Check(Input input) =>
        InputNames.Check(input)
        ?? input
            .All.OfType<Input.Combination>()
            .Where(combination => combination is not Input.Cross)
            .Where(combination => combination.Leaves.Any(leaf => leaf.S3))
            .Select(combination => Errors.S3Within(combination.GetType().Name.ToLowerInvariant()))
            .FirstOrDefault();

    private static Error? CheckName(Input.Leaf input) =>
        input.Name is "out" or ".env" ? Errors.InputNamed(input.Name) : null;

    /// <summary>A bucket is a whole branch, and its files are never laid out.</summary>
    private static Error? CheckS3(Input.Pfs input) =>
        input.Glob != "/" ? Errors.S3With("glob", " (unless it is \"/\")")
        : input.Lazy ? Errors.S3With("lazy")
        : input.EmptyFiles ? Errors.S3With("empty_files")
        : null;
}
