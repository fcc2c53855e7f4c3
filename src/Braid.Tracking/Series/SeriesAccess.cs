using Braid.Access.Callers;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Tracking.Models;
using Braid.Tracking.Runs;

namespace Braid.Tracking.Series;

/// <summary>Whether a caller may read or change what hangs on a run or a model.</summary>
internal static class SeriesAccess
{
    public static async Task<Error?> CheckForChangeAsync(DbRead db, Caller caller, SeriesOwner owner) =>
        owner.IsModel
            ? (await ModelRows.FindAsync(db, caller, new ModelId(owner.Id))).Error
            : (await RunHead.FindForChangeAsync(db, caller, new RunId(owner.Id))).Error;

    /// <summary>Owners that do not exist have nothing to read, which is no error.</summary>
    public static async Task<Error?> CheckAsync(DbRead db, Caller caller, IReadOnlyList<SeriesOwner> owners)
    {
        foreach (var model in caller is Caller.Job ? owners.Where(owner => owner.IsModel) : [])
        {
            if ((await ModelRows.FindAsync(db, caller, new ModelId(model.Id))).Error is { } refused)
            {
                return refused;
            }
        }

        var runs = owners.Where(owner => !owner.IsModel).Select(owner => new RunId(owner.Id));
        return await RunHead.CheckAsync(db, caller, runs);
    }
}
