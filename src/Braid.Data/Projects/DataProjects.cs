using Braid.Access.Callers;
using Braid.Data.Propagation;
using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Data.Projects;

/// <summary>Namespaces of repos.</summary>
public sealed class DataProjects(Database database, DataTransactions transactions)
{
    /// <summary>Makes a project; with <paramref name="update"/>, changes the description of one that may exist.</summary>
    public Task<Result<Unit>> CreateAsync(
        Caller caller,
        string name,
        string description,
        bool update,
        CancellationToken ct
    ) => throw new NotImplementedException();

    public Task<Result<Unit>> CreateAsync(DataTransaction transaction, string name, string description, bool update) =>
        throw new NotImplementedException();

    public Task<Result<DataProject>> InspectAsync(Caller caller, string name, CancellationToken ct) =>
        throw new NotImplementedException();

    /// <summary>All projects, by name.</summary>
    public Task<Result<IReadOnlyList<DataProject>>> ListAsync(Caller caller, CancellationToken ct) =>
        throw new NotImplementedException();

    /// <summary>Removes a project; with repos only by <paramref name="force"/>, which removes them too.</summary>
    public Task<Result<Unit>> DeleteAsync(Caller caller, string name, bool force, CancellationToken ct) =>
        throw new NotImplementedException();
}
