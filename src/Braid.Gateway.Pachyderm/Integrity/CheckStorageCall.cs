using Braid.Access.Callers;
using Braid.Gateway.Pachyderm.Calls;
using Braid.Storage;
using Braid.Storage.Integrity;

namespace Braid.Gateway.Pachyderm.Integrity;

/// <summary>Counts chunks and, when asked to, reads all of them between two hashes; it repairs nothing.</summary>
internal sealed class CheckStorageCall(ContentStore content)
{
    public void Map(CallTable table) =>
        table.Unary<Pfs.CheckStorageRequest, Pfs.CheckStorageResponse>("pfs_v2.API", "CheckStorage", CheckAsync);

    private async Task<Result<Pfs.CheckStorageResponse>> CheckAsync(
        Caller caller,
        Pfs.CheckStorageRequest request,
        CancellationToken ct
    )
    {
        if (caller.MayAdminister() is { } refused)
        {
            return refused;
        }

        if (request.ReadChunkData)
        {
            await foreach (var pack in content.Scrub().RunAsync(new() { Repair = false }, ct))
            {
                if (pack.Damages.FirstOrDefault(damage => IsAsked(damage, request)) is { } damage)
                {
                    return Errors.StorageDamaged(pack.Pack, damage.Offset, damage.Why);
                }
            }
        }

        return new Pfs.CheckStorageResponse { ChunkObjectCount = content.ChunkCount };
    }

    // Damage of which nobody can tell whose chunk it was may be in any range.
    private static bool IsAsked(ChunkDamage damage, Pfs.CheckStorageRequest request) =>
        damage.Chunk is not { } chunk
        || (
            chunk.Bytes.SequenceCompareTo(request.ChunkBegin.Span) >= 0
            && (request.ChunkEnd.IsEmpty || chunk.Bytes.SequenceCompareTo(request.ChunkEnd.Span) < 0)
        );
}
