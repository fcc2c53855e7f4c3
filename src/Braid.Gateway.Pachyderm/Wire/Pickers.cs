using Braid.Data.Naming;

namespace Braid.Gateway.Pachyderm.Wire;

/// <summary>The form in which newer calls (from 2.9 on) point at things.</summary>
internal static class Pickers
{
    /// <summary>Deeper than any client writes; a request must not make the reader run out of stack.</summary>
    private const int deepest = 64;

    public static Result<string> Project(Pfs.ProjectPicker? picker) =>
        picker?.Name is { Length: > 0 } name ? name : Errors.EmptyPicker("project");

    public static Result<RepoName> Repo(Pfs.RepoPicker? picker) =>
        picker?.Name is { Name.Length: > 0 } name
            ? new RepoName(
                name.Project?.Name is { Length: > 0 } project ? project : RepoName.DefaultProject,
                name.Name,
                name.Type.Length == 0 ? RepoName.UserType : name.Type
            )
            : Errors.EmptyPicker("repo");

    public static Result<BranchName> Branch(Pfs.BranchPicker? picker) =>
        picker?.Name is { Name.Length: > 0 } name
            ? Repo(name.Repo).Select(repo => new BranchName(repo, name.Name))
            : Errors.EmptyPicker("branch");

    public static Result<CommitAt> Commit(Pfs.CommitPicker? picker) => Commit(picker, deepest);

    private static Result<CommitAt> Commit(Pfs.CommitPicker? picker, int depth) =>
        picker?.PickerCase switch
        {
            Pfs.CommitPicker.PickerOneofCase.BranchHead => Branch(picker.BranchHead)
                .Select(branch => new CommitAt(branch.Repo, CommitSpec.OfBranch(branch.Name))),
            Pfs.CommitPicker.PickerOneofCase.Id => Repo(picker.Id.Repo)
                .Then(repo => WireNames.CommitSet(picker.Id.Id).Select(id => new CommitAt(repo, CommitSpec.OfId(id)))),
            Pfs.CommitPicker.PickerOneofCase.Ancestor when depth > 0 => Commit(picker.Ancestor.Start, depth - 1)
                .Select(at => at with { Spec = at.Spec.Ancestor(picker.Ancestor.Offset) }),
            Pfs.CommitPicker.PickerOneofCase.BranchRoot => Branch(picker.BranchRoot.Branch)
                .Select(branch => new CommitAt(
                    branch.Repo,
                    CommitSpec.OfRoot(branch.Name, Math.Max(1, picker.BranchRoot.Offset))
                )),
            _ => Errors.EmptyPicker("commit"),
        };
}
