using Braid.Data.Branching;
using Braid.Data.History;
using Braid.Data.Projects;
using Braid.Data.Repositories;
using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Data.Annotations;

/// <summary>Finds the row that holds a thing's annotations, whatever the thing is.</summary>
internal static class AnnotationTable
{
    private const long clusterId = 1;

    public static async Task<Result<AnnotationPlace>> FindAsync(DbRead db, AnnotationTarget target) =>
        target switch
        {
            AnnotationTarget.Cluster => new AnnotationPlace("cluster_annotation", "id", clusterId),
            AnnotationTarget.Project project => await DataProjects.FindAsync(db, project.Name) is null
                ? Errors.ProjectNotFound(project.Name)
                : new AnnotationPlace("data_project", "name", project.Name),
            AnnotationTarget.Repo repo => (await RepoTable.GetAsync(db, repo.Name)).Select(row => new AnnotationPlace(
                "repo",
                "id",
                row.Id
            )),
            AnnotationTarget.Branch branch => (await BranchTable.GetAsync(db, branch.Name)).Select(
                row => new AnnotationPlace("branch", "id", row.Id)
            ),
            AnnotationTarget.Commit commit => (await CommitResolver.ResolveAsync(db, commit.In, commit.Spec)).Select(
                row => new AnnotationPlace("data_commit", "id", row.Id)
            ),
            _ => throw new ArgumentOutOfRangeException(nameof(target), target, "a thing without a row"),
        };

    public static async Task<SortedDictionary<string, string>> ReadAsync(DbRead db, AnnotationPlace place) =>
        AnnotationText.Read(
            await db.ScalarAsync<string>(
                $"SELECT annotations FROM {place.Table} WHERE {place.Column} = @Key",
                new { place.Key }
            )
        );

    public static Task<SortedDictionary<string, string>> ReadClusterAsync(DbRead db) =>
        ReadAsync(db, new("cluster_annotation", "id", clusterId));

    public static Task WriteAsync(DbWrite db, AnnotationPlace place, string annotations) =>
        db.ExecuteAsync(
            $"UPDATE {place.Table} SET annotations = @annotations WHERE {place.Column} = @Key",
            new { annotations, place.Key }
        );
}

/// <summary>A row, by its table and key.</summary>
internal sealed record AnnotationPlace(string Table, string Column, object Key);
