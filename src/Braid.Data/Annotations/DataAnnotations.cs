using Braid.Access.Callers;
using Braid.Data.Propagation;
using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Data.Annotations;

/// <summary>Texts under keys that people attach to projects, repos, branches, commits and the installation.</summary>
public sealed class DataAnnotations
{
    private const int longest = 64 * 1024;

    private readonly Database database;
    private readonly DataTransactions transactions;

    internal DataAnnotations(Database database, DataTransactions transactions)
    {
        this.database = database;
        this.transactions = transactions;
    }

    /// <summary>Makes the changes, in order, all or none.</summary>
    public async Task<Result<Unit>> EditAsync(
        Caller caller,
        IReadOnlyList<(AnnotationTarget Target, AnnotationEdit Edit)> edits,
        CancellationToken ct
    )
    {
        if (edits.Select(edit => Refuse(caller, edit.Target)).FirstOrDefault(error => error is not null) is { } refused)
        {
            return refused;
        }

        return await transactions.RunAsync(caller.Name, tx => EditAsync(tx, edits), ct);
    }

    /// <summary>The installation's own.</summary>
    public async Task<IReadOnlyDictionary<string, string>> OfClusterAsync(CancellationToken ct) =>
        await database.ReadAsync(AnnotationTable.ReadClusterAsync, ct);

    private static Error? Refuse(Caller caller, AnnotationTarget target) =>
        target is AnnotationTarget.Cluster ? caller.MayAdminister() : caller.MayWriteData($"{target}");

    private static async Task<Result<Unit>> EditAsync(
        DataTransaction tx,
        IReadOnlyList<(AnnotationTarget Target, AnnotationEdit Edit)> edits
    )
    {
        foreach (var (target, edit) in edits)
        {
            if (!(await AnnotationTable.FindAsync(tx.Db, target)).TryGet(out var place, out var missing))
            {
                return missing;
            }

            if (!Apply(await AnnotationTable.ReadAsync(tx.Db, place), edit).TryGet(out var changed, out var error))
            {
                return error;
            }

            await AnnotationTable.WriteAsync(tx.Db, place, changed);
        }

        return Unit.Value;
    }

    private static Result<string> Apply(SortedDictionary<string, string> all, AnnotationEdit edit)
    {
        switch (edit)
        {
            case AnnotationEdit.Replace replace:
                all = new(replace.All.ToDictionary(), StringComparer.Ordinal);
                break;
            case AnnotationEdit.Add add when !all.TryAdd(add.Key, add.Value):
                return Errors.AnnotationExists(add.Key);
            case AnnotationEdit.Set set:
                all[set.Key] = set.Value;
                break;
            case AnnotationEdit.Delete delete:
                all.Remove(delete.Key);
                break;
        }

        var text = AnnotationText.Write(all);
        return all.ContainsKey("") ? Errors.AnnotationWithoutKey()
            : text.Length > longest ? Errors.AnnotationsTooLong(longest)
            : text;
    }
}
