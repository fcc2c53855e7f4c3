using Braid.Primitives;
using Braid.Storage;
using Braid.Storage.Files;
using Braid.Storage.Trees;

namespace Braid.Pipelines.Datums.Trees;

/// <summary>
/// Changes to a tree of datums, applied in batches so that any number of them needs bounded memory. Given in the order of
/// the ids, each batch touches nodes of its own.
/// </summary>
internal sealed class DatumTreeEdits(ContentHold hold, TreeRoot from)
{
    /// <summary>Edits that wait at most; a datum makes up to four.</summary>
    private const int batch = 8192;

    private readonly List<TreeEdit> edits = [];
    private TreeRoot root = from;

    /// <summary>Makes the tree one of another job, which has run nothing yet.</summary>
    public void Inherit()
    {
        edits.Add(new TreeEdit.DeleteTree(DatumTree.Own));
        edits.Add(new TreeEdit.DeleteTree(DatumTree.Retry));
    }

    public Task RemoveAsync(Sha256Hash id, CancellationToken ct)
    {
        edits.Add(new TreeEdit.DeleteFile($"{DatumTree.Records}/{id}"));
        edits.Add(new TreeEdit.DeleteTree($"{DatumTree.Outputs}/{id}"));
        return FlushIfLongAsync(ct);
    }

    /// <param name="isOwn">The job had to run it.</param>
    public async Task PutAsync(DatumRecord record, TreeRoot output, bool isOwn, CancellationToken ct)
    {
        var file = await hold.WriteAsync(DatumRecordFormat.Encode(record), ct);
        Put(record.Id, file, output.IsEmpty ? null : TreeEntry.OfTree(output, await hold.Store.StatsAsync(output, ct)));
        if (isOwn)
        {
            edits.Add(new TreeEdit.Put($"{DatumTree.Own}/{record.Id}", FileContent.Empty));
        }

        if (record.State != DatumState.Success)
        {
            edits.Add(new TreeEdit.Put($"{DatumTree.Retry}/{record.Id}", FileContent.Empty));
        }

        await FlushIfLongAsync(ct);
    }

    /// <summary>A datum that another job processed: its record and output are shared.</summary>
    public async Task TakeOverAsync(DatumTree from, Sha256Hash id, CancellationToken ct)
    {
        var record =
            await hold.Store.FindAsync(from.Root, $"{DatumTree.Records}/{id}", ct)
            ?? throw new InvalidOperationException($"datum {id} is not in the tree that it is taken over from");
        Put(id, record.Content ?? FileContent.Empty, await from.OutputAsync(id, ct));
        await FlushIfLongAsync(ct);
    }

    public async Task<TreeRoot> FinishAsync(CancellationToken ct)
    {
        await FlushAsync(ct);
        return root;
    }

    private void Put(Sha256Hash id, FileContent record, TreeEntry? output)
    {
        edits.Add(new TreeEdit.Put($"{DatumTree.Records}/{id}", record));
        edits.Add(
            output is null
                ? new TreeEdit.DeleteTree($"{DatumTree.Outputs}/{id}")
                : new TreeEdit.Graft($"{DatumTree.Outputs}/{id}", output)
        );
    }

    private Task FlushIfLongAsync(CancellationToken ct) => edits.Count < batch ? Task.CompletedTask : FlushAsync(ct);

    private async Task FlushAsync(CancellationToken ct)
    {
        // The paths are the tree's own, so none can be refused.
        root = (await hold.ApplyAsync(root, edits, ct)).Value;
        edits.Clear();
    }
}
