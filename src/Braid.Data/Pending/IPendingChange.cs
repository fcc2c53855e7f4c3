using Braid.Access.Callers;
using Braid.Data.Propagation;
using Braid.Primitives;

namespace Braid.Data.Pending;

/// <summary>Reads what a door recorded: the requests of a transaction are in its protocol, which nobody else knows.</summary>
public interface IPendingReader
{
    /// <summary>
    /// Makes a request ready to be carried out for this caller. What is not rows (content) is stored now, outside of any
    /// transaction, and held until the change is disposed of.
    /// </summary>
    Task<Result<IPendingChange>> ReadAsync(Caller caller, byte[] request, CancellationToken ct);
}

/// <summary>A change that can be carried out.</summary>
public interface IPendingChange : IDisposable
{
    /// <summary>
    /// Carries it out; the response as the door writes it. It may run more than once, and touches nothing but the transaction.
    /// </summary>
    Task<Result<byte[]>> RunAsync(DataTransaction transaction, CancellationToken ct);
}
