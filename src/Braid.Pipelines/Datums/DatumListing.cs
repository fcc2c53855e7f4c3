using System.Runtime.CompilerServices;
using Braid.Metadata;
using Braid.Pipelines.Datums.Trees;
using Braid.Pipelines.Jobs;
using Braid.Primitives;
using Braid.Storage;

namespace Braid.Pipelines.Datums;

/// <summary>
/// Lists the datums of a job: what is in its tree and, until they are folded into it, the rows of those it has to run, which
/// have the last word. Page by page, each from one snapshot, so that a page costs the same wherever it is.
/// </summary>
internal sealed class DatumListing(Database database, ContentStore content)
{
    private const int pageSize = 256;

    /// <summary>Nothing once the job is gone.</summary>
    public async IAsyncEnumerable<Datum> ListAsync(
        long job,
        DatumQuery query,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        for (var after = query.After; ; )
        {
            var page = await PageAsync(job, query with { After = after }, ct);
            foreach (var datum in page.Datums)
            {
                yield return datum;
            }

            if (page.Last is not { } last)
            {
                yield break;
            }

            after = last;
        }
    }

    public async Task<Datum?> FindAsync(long job, Sha256Hash id, CancellationToken ct)
    {
        using var hold = content.Hold();
        var (found, row) = await database.ReadAsync(
            async db => (await ReadAsync(db, job), await DatumRows.FindAsync(db, job, id)),
            ct
        );
        return found is null ? null
            : row is not null ? found.View.Show(row)
            : await found.TreeOf(content).FindAsync(id, ct) is { } record ? found.View.Show(record)
            : null;
    }

    private async Task<Page> PageAsync(long job, DatumQuery query, CancellationToken ct)
    {
        // What is read stays while it is read, whoever deletes the job.
        using var hold = content.Hold();
        var (found, rows) = await database.ReadAsync(
            async db =>
                (await ReadAsync(db, job), await DatumRows.PageAsync(db, job, query.After, pageSize, query.Backwards)),
            ct
        );
        return found is null ? new([], null) : await MergeAsync(found, rows, query, ct);
    }

    // Rows and tree are both in the order asked for. Neither is looked at behind where the other's page ends.
    private async Task<Page> MergeAsync(
        Found found,
        IReadOnlyList<DatumRow> rows,
        DatumQuery query,
        CancellationToken ct
    )
    {
        var datums = new List<Datum>();
        var tree = found.TreeOf(content);
        await using var ids = tree.IdsAsync(FolderOf(query), query.After, query.Backwards, ct).GetAsyncEnumerator(ct);
        var more = await ids.MoveNextAsync();
        Sha256Hash? last = null;
        for (int next = 0, seen = 0; seen < pageSize; seen++)
        {
            var row = next < rows.Count ? rows[next] : null;
            Sha256Hash? id = more ? ids.Current : null;
            if (row is null && (rows.Count == pageSize || id is null))
            {
                return new(datums, rows.Count == pageSize ? last : null);
            }

            var order = Order(row?.Id, id, query.Backwards);
            last = order <= 0 ? row?.Id : id;
            var datum =
                row is not null && order <= 0
                    ? found.View.Show(row)
                    : await ShowAsync(tree, id.GetValueOrDefault(), found.View, ct);
            if (datum is not null && (query.States.Count == 0 || query.States.Contains(datum.State)))
            {
                datums.Add(datum);
            }

            next += order <= 0 ? 1 : 0;
            more = order >= 0 ? await ids.MoveNextAsync() : more;
        }

        return new(datums, last);
    }

    private static async Task<Datum?> ShowAsync(DatumTree tree, Sha256Hash id, DatumView view, CancellationToken ct) =>
        await tree.FindAsync(id, ct) is { } record ? view.Show(record) : null;

    // Which of two comes first: below 0 the row, above 0 the tree's, 0 both are one datum.
    private static int Order(Sha256Hash? row, Sha256Hash? id, bool backwards) =>
        (row, id) switch
        {
            ({ } left, { } right) => backwards ? right.CompareTo(left) : left.CompareTo(right),
            _ => row is null ? 1 : -1,
        };

    // What a job had to run itself is found without looking at all that it took over.
    private static string FolderOf(DatumQuery query) =>
        query.States.Count > 0 && !query.States.Contains(DatumState.Skipped) ? DatumTree.Own : DatumTree.Records;

    private static async Task<Found?> ReadAsync(DbRead db, long job) =>
        await JobRows.FindAsync(db, job) is { } row
            ? new(row, new DatumView(row, await JobRows.InputsAsync(db, job)))
            : null;

    private sealed record Found(JobRow Job, DatumView View)
    {
        public DatumTree TreeOf(ContentStore content) => new(content, Job.Tree);
    }

    /// <param name="Last">The last id that was looked at; null when nothing follows.</param>
    private sealed record Page(IReadOnlyList<Datum> Datums, Sha256Hash? Last);
}
