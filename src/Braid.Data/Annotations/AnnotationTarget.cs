using Braid.Data.Naming;

namespace Braid.Data.Annotations;

/// <summary>What carries annotations.</summary>
public abstract record AnnotationTarget
{
    private AnnotationTarget() { }

    /// <summary>The installation as a whole.</summary>
    public sealed record Cluster : AnnotationTarget;

    public sealed record Project(string Name) : AnnotationTarget;

    public sealed record Repo(RepoName Name) : AnnotationTarget;

    public sealed record Branch(BranchName Name) : AnnotationTarget;

    public sealed record Commit(RepoName In, CommitSpec Spec) : AnnotationTarget;
}
