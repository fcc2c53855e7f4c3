using Braid.Access.Callers;
using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Tracking.Models;

/// <summary>Models, registered or not. A job's caller sees the models of its own run and its children.</summary>
public sealed class Models(Database database, TimeProvider clock, IdSource ids)
{
    public Task<Result<Model>> CreateAsync(Caller caller, NewModel model, CancellationToken ct) =>
        throw new NotImplementedException();

    /// <summary>The model; a trashed one too.</summary>
    public Task<Result<Model>> GetAsync(Caller caller, ModelId id, CancellationToken ct) =>
        throw new NotImplementedException();

    public Task<Result<Page<Model>>> QueryAsync(Caller caller, ModelQuery query, CancellationToken ct) =>
        throw new NotImplementedException();

    public Task<Result<long>> CountAsync(Caller caller, ModelQuery query, CancellationToken ct) =>
        throw new NotImplementedException();

    public Task<Result<Model>> UpdateAsync(Caller caller, ModelId id, ModelChange change, CancellationToken ct) =>
        ChangeAsync(caller, id, _ => change, ct);

    /// <summary>Reads the model, decides, changes: as one. <paramref name="decide"/> may run more than once, so it has no effects.</summary>
    public Task<Result<Model>> ChangeAsync(
        Caller caller,
        ModelId id,
        Func<Model, Result<ModelChange>> decide,
        CancellationToken ct
    ) => throw new NotImplementedException();

    /// <summary>Puts the model in the trash (MLflow's soft delete).</summary>
    public Task<Result<Unit>> TrashAsync(Caller caller, ModelId id, CancellationToken ct) =>
        throw new NotImplementedException();

    /// <summary>Removes the model, its aliases, links and points for good; the file it names stays.</summary>
    public Task<Result<Unit>> DeleteAsync(Caller caller, ModelId id, CancellationToken ct) =>
        throw new NotImplementedException();

    /// <summary>The runs that use the model as <paramref name="kind"/>.</summary>
    public Task<Result<IReadOnlyList<RunId>>> RunsOfAsync(
        Caller caller,
        ModelId id,
        RunModelKind kind,
        CancellationToken ct
    ) => throw new NotImplementedException();
}
