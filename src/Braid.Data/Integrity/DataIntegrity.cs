using System.Runtime.CompilerServices;
using Braid.Access.Audit;
using Braid.Access.Callers;
using Braid.Data.History;
using Braid.Data.Naming;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Storage;
using Braid.Storage.Integrity;
using Braid.Storage.Trees;

namespace Braid.Data.Integrity;

/// <summary>
/// Finds what should not be: 1 read all rows that point at each other in one snapshot; 2 hold them against the rules; 3
/// look through the tree of every commit, each node once, and hold the totals in the rows against it.
/// </summary>
public sealed class DataIntegrity
{
    private readonly Database database;
    private readonly ContentStore content;

    internal DataIntegrity(Database database, ContentStore content)
    {
        this.database = database;
        this.content = content;
    }

    /// <summary>Every problem, as it is found; none is good.</summary>
    public async IAsyncEnumerable<IntegrityProblem> CheckAsync([EnumeratorCancellation] CancellationToken ct)
    {
        // 1
        var graph = await database.ReadAsync(DataGraph.ReadAsync, ct);
        // 2
        foreach (var problem in GraphCheck.Of(graph))
        {
            yield return problem;
        }

        // 3
        var check = content.Check();
        foreach (var same in graph.Commits.Values.GroupBy(commit => commit.Root))
        {
            var report = await check.CheckAsync(new TreeRoot(same.Key), ct);
            foreach (var commit in same)
            {
                var problems = Problems(graph, commit, report).ToList();
                if (problems.Count == 0 || !await IsThereAsync(commit, ct))
                {
                    continue;
                }

                foreach (var problem in problems)
                {
                    yield return problem;
                }
            }
        }
    }

    /// <summary>Puts right what can be, for a caller who may; false when there is nothing to put right any more.</summary>
    public Task<bool> RepairAsync(Caller caller, IntegrityRepair repair, CancellationToken ct) =>
        database.WriteAsync(
            async db =>
            {
                var isRepaired = await repair.RunAsync(db);
                if (isRepaired)
                {
                    await db.TellAsync(caller, new("data.repair", repair.Text), database.Clock.GetUtcNow());
                }

                return isRepaired;
            },
            ct
        );

    /// <summary>Commits that others are made into (they have provenance), and that nobody has finished.</summary>
    public static async Task<IReadOnlyList<(CommitName Commit, string Branch)>> OpenOutputsAsync(DbRead db) =>
        [
            .. (
                await db.QueryAsync<CommitRow>(
                    """
                    SELECT r.project, r.name AS repo, r.type, c.set_id, c.branch
                    FROM data_commit c JOIN repo r ON r.id = c.repo_id
                    WHERE c.finished_at IS NULL AND EXISTS (SELECT 1 FROM commit_provenance e WHERE e.commit_id = c.id)
                    ORDER BY c.id
                    """
                )
            ).Select(row => (row.FullName, row.Branch)),
        ];

    // What was deleted or written since the snapshot was read is allowed to be gone or other.
    private async Task<bool> IsThereAsync(GraphCommit commit, CancellationToken ct) =>
        await database.ReadAsync(
            db =>
                db.ScalarAsync<long>(
                    "SELECT count(*) FROM data_commit WHERE id = @Id AND root = @Root AND size = @Size AND files = @Files",
                    commit
                ),
            ct
        ) > 0;

    private static IEnumerable<IntegrityProblem> Problems(DataGraph graph, GraphCommit commit, ContentReport report)
    {
        var name = graph.NameOf(commit);
        foreach (var problem in report.Problems)
        {
            yield return new($"commit {name}: {problem.Path}: {problem.Why}");
        }

        if (report.Unlisted > 0)
        {
            yield return new($"commit {name}: {report.Unlisted} more problems in its files");
        }

        if (
            !commit.IsForgotten
            && report.Stats is { } found
            && (found.Files != commit.Files || found.Size != commit.Size)
        )
        {
            yield return Totals(name, commit, found);
        }
    }

    private static IntegrityProblem Totals(string name, GraphCommit commit, TreeStats found) =>
        new(
            $"commit {name}: it is said to hold {commit.Files} files of {commit.Size} bytes, and holds {found.Files} of {found.Size}; "
                + "run fsck again with --fix"
        )
        {
            Repair = new(
                $"commit {name}: it is said to hold {found.Files} files of {found.Size} bytes now",
                async db =>
                    await db.ExecuteAsync(
                        """
                        UPDATE data_commit SET size = @RightSize, files = @RightFiles
                        WHERE id = @Id AND root = @Root AND size = @Size AND files = @Files
                        """,
                        new
                        {
                            RightSize = found.Size,
                            RightFiles = found.Files,
                            commit.Id,
                            commit.Root,
                            commit.Size,
                            commit.Files,
                        }
                    ) > 0
            ),
        };
}
