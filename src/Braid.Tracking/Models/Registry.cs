using Braid.Access.Callers;
using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Tracking.Models;

/// <summary>Named models, their versions and aliases.</summary>
public sealed class Registry(Database database, TimeProvider clock, IdSource ids)
{
    /// <returns><c>tracking.named-model-exists</c> when the name is taken.</returns>
    public Task<Result<NamedModel>> CreateAsync(
        Caller caller,
        string name,
        string description,
        IReadOnlyList<Tag> tags,
        CancellationToken ct
    ) => throw new NotImplementedException();

    public Task<Result<NamedModel>> GetAsync(Caller caller, string name, CancellationToken ct) =>
        throw new NotImplementedException();

    public Task<Result<Page<NamedModel>>> QueryAsync(Caller caller, NamedModelQuery query, CancellationToken ct) =>
        throw new NotImplementedException();

    public Task<Result<NamedModel>> UpdateAsync(
        Caller caller,
        string name,
        NamedModelChange change,
        CancellationToken ct
    ) => throw new NotImplementedException();

    /// <summary>Removes the name with its aliases; its versions stay as models without a name.</summary>
    public Task<Result<Unit>> DeleteAsync(Caller caller, string name, CancellationToken ct) =>
        throw new NotImplementedException();

    /// <summary>Makes the next version. The named model must exist.</summary>
    public Task<Result<Model>> CreateVersionAsync(Caller caller, NewVersion version, CancellationToken ct) =>
        throw new NotImplementedException();

    public Task<Result<Model>> GetVersionAsync(Caller caller, string name, long version, CancellationToken ct) =>
        throw new NotImplementedException();

    /// <summary>Changes a version; a new stage may archive the others that are in it.</summary>
    public Task<Result<Model>> UpdateVersionAsync(
        Caller caller,
        string name,
        long version,
        ModelChange change,
        bool archiveOthersInStage,
        CancellationToken ct
    ) => throw new NotImplementedException();

    /// <summary>Takes the version off the name, with its aliases. A model that was logged stays; a copy made by registering goes.</summary>
    public Task<Result<Unit>> DeleteVersionAsync(Caller caller, string name, long version, CancellationToken ct) =>
        throw new NotImplementedException();

    /// <summary>Points an alias at a version, wherever it pointed before.</summary>
    public Task<Result<Unit>> SetAliasAsync(
        Caller caller,
        string name,
        string alias,
        long version,
        CancellationToken ct
    ) => throw new NotImplementedException();

    /// <summary>Removes an alias; one that is not there is passed over.</summary>
    public Task<Result<Unit>> RemoveAliasAsync(Caller caller, string name, string alias, CancellationToken ct) =>
        throw new NotImplementedException();

    /// <summary>The version that an alias points at.</summary>
    public Task<Result<Model>> GetByAliasAsync(Caller caller, string name, string alias, CancellationToken ct) =>
        throw new NotImplementedException();
}
