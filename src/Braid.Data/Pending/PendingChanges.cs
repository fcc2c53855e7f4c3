using Braid.Access.Callers;
using Braid.Data.Propagation;
using Braid.Primitives;

namespace Braid.Data.Pending;

/// <summary>The requests of a transaction, made ready together.</summary>
/// <param name="isWhole">
/// True when all of them are carried out; false when the last is rehearsed, whose own refusal needs no explanation.
/// </param>
internal sealed class PendingChanges(CommitSetId id, bool isWhole) : IDisposable
{
    private readonly List<IPendingChange> ready = [];

    public async Task<Result<Unit>> ReadAsync(
        Caller caller,
        IReadOnlyList<byte[]> requests,
        IPendingReader reader,
        CancellationToken ct
    )
    {
        foreach (var request in requests)
        {
            if (!(await reader.ReadAsync(caller, request, ct)).TryGet(out var change, out var error))
            {
                return Explain(error, ready.Count + 1, requests.Count);
            }

            ready.Add(change);
        }

        return Unit.Value;
    }

    /// <summary>Carries all of them out, in order, up to the first that is refused; their responses.</summary>
    public async Task<Result<byte[][]>> RunAsync(DataTransaction transaction, CancellationToken ct)
    {
        var responses = new byte[ready.Count][];
        foreach (var (index, change) in ready.Index())
        {
            if (!(await change.RunAsync(transaction, ct)).TryGet(out var response, out var error))
            {
                return Explain(error, index + 1, ready.Count);
            }

            responses[index] = response;
        }

        return responses;
    }

    public void Dispose() => ready.ForEach(change => change.Dispose());

    private Error Explain(Error error, int position, int count) =>
        !isWhole && position == count ? error : Errors.RequestRefused(error, id, position, count);
}
