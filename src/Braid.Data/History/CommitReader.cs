using Braid.Data.Annotations;
using Braid.Data.Naming;
using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Data.History;

/// <summary>Completes rows to commits: children, provenance and subvenance of all of them in three queries.</summary>
internal static class CommitReader
{
    private const string related = "r.project, r.name AS repo, r.type, o.branch, o.set_id FROM";

    public static async Task<Commit> LoadAsync(DbRead db, CommitRow row) => (await LoadAsync(db, [row]))[0];

    public static async Task<IReadOnlyList<Commit>> LoadAsync(DbRead db, IReadOnlyList<CommitRow> rows)
    {
        if (rows.Count == 0)
        {
            return [];
        }

        var ids = RowIds.Of(rows.Select(row => row.Id));
        var children = await RelatedAsync(
            db,
            ids,
            $"""
            SELECT o.parent_id AS of_id, {related} data_commit o JOIN repo r ON r.id = o.repo_id
            WHERE o.parent_id IN {ids} ORDER BY o.id
            """
        );
        var provenance = await RelatedAsync(
            db,
            ids,
            $"""
            SELECT e.commit_id AS of_id, {related} commit_provenance e
            JOIN data_commit o ON o.id = e.upstream_id JOIN repo r ON r.id = o.repo_id
            WHERE e.commit_id IN {ids} ORDER BY e.position
            """
        );
        var subvenance = await RelatedAsync(
            db,
            ids,
            $"""
            SELECT e.upstream_id AS of_id, {related} commit_provenance e
            JOIN data_commit o ON o.id = e.commit_id JOIN repo r ON r.id = o.repo_id
            WHERE e.upstream_id IN {ids} ORDER BY o.id
            """
        );
        return [.. rows.Select(row => ToCommit(row, children[row.Id], provenance[row.Id], subvenance[row.Id]))];
    }

    private static async Task<ILookup<long, RelatedRow>> RelatedAsync(DbRead db, RowIds ids, string sql) =>
        (await db.QueryAsync<RelatedRow>(sql, ids.Arguments)).ToLookup(row => row.OfId);

    private static Commit ToCommit(
        CommitRow row,
        IEnumerable<RelatedRow> children,
        IEnumerable<RelatedRow> provenance,
        IEnumerable<RelatedRow> subvenance
    ) =>
        new()
        {
            Name = row.FullName,
            Branch = new(row.RepoName, row.Branch),
            Origin = (CommitOrigin)row.Origin,
            Description = row.Description,
            Parent = row.ParentSet is { } parent ? new CommitName(row.RepoName, parent) : null,
            Children = [.. children.Select(child => child.FullName)],
            Started = row.StartedAt,
            StartedBy = row.StartedBy,
            Finishing = row.FinishingAt,
            Finished = row.FinishedAt,
            Error = row.Error,
            Size = row.Size,
            Files = row.Files,
            Root = row.Tree,
            DirectProvenance = [.. provenance.Select(from => from.FullName)],
            ProvenanceBranches = [.. provenance.Select(from => new BranchName(from.FullName.Repo, from.Branch))],
            DirectSubvenance = [.. subvenance.Select(to => to.FullName)],
            Annotations = AnnotationText.Read(row.Annotations),
            IsForgotten = row.IsForgotten,
        };

    private sealed record RelatedRow
    {
        public long OfId { get; init; }
        public string Project { get; init; } = "";
        public string Repo { get; init; } = "";
        public string Type { get; init; } = "";
        public string Branch { get; init; } = "";
        public CommitSetId SetId { get; init; }

        public CommitName FullName => new(new(Project, Repo, Type), SetId);
    }
}
